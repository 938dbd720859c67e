#!/usr/bin/env bash
# Makes the release of a tag on GitHub, as a draft with the changelog's words. Usage: draft.sh TAG
set -euo pipefail
cd "$(dirname "$0")/../.."

tag=$1
out=target/release-notes.md
version=$(sed -n '/^\[workspace.package\]/,/^\[/s/^version = "\(.*\)"/\1/p' Cargo.toml)
if [ "$tag" != "v$version" ]; then
    echo "::error title=Release::the tag is $tag, and Cargo.toml says $version"
    exit 1
fi
mkdir -p target
# From the heading of this version to that of the one before.
awk -v heading="## $version" '
    /^## / { inside = ($0 == heading || index($0, heading " ") == 1); next }
    inside { print }' CHANGELOG.md >"$out"
if ! grep -q '[^[:space:]]' "$out"; then
    echo "::error title=Release::CHANGELOG.md has nothing under \"## $version\""
    exit 1
fi
if gh release view "$tag" --json tagName >/dev/null 2>&1; then
    gh release edit "$tag" --draft --title "$version" --notes-file "$out"
else
    gh release create "$tag" --draft --verify-tag --title "$version" --notes-file "$out"
fi
