#!/usr/bin/env bash
# Packs the command for a target that this machine can run, with its completions, manual and licences: an archive and its
# SHA-256 in target/packages. Usage: package.sh TARGET
set -euo pipefail
cd "$(dirname "$0")/../.."

target=$1
name=tilt-codegen-$target
packages=target/packages
built=${TILT_CODEGEN:-}
if [ -z "$built" ]; then
    cargo build --locked --release --package tilt-codegen --bin tilt-codegen --target "$target"
    built=${CARGO_TARGET_DIR:-target}/$target/release/tilt-codegen
fi
if [ -f "$built.exe" ]; then
    built=$built.exe
fi

rm -rf "${packages:?}/$name"
mkdir -p "$packages/$name/completions"
cp "$built" tilt-codegen/README.md LICENSE-APACHE LICENSE-MIT "$packages/$name"
for shell in bash elvish fish powershell zsh; do
    "$built" completions "$shell" >"$packages/$name/completions/tilt-codegen.$shell"
done
"$built" manual --out "$packages/$name/man"

cd "$packages"
tar -czf "$name.tar.gz" "$name"
if command -v sha256sum >/dev/null; then
    sha256sum "$name.tar.gz" >"$name.tar.gz.sha256"
else
    shasum -a 256 "$name.tar.gz" >"$name.tar.gz.sha256"
fi
