#!/usr/bin/env bash
# Brings documents, SDK, version and changelog up to date in the checkout, and writes what the pull request says into
# target/drift. Usage: regenerate.sh [options of `cargo xtask drift` that say where the API is]
set -euo pipefail
cd "$(dirname "$0")/../.."

out=target/drift
rm -rf "$out"
mkdir -p "$out"
# The report has to come first: afterwards, nothing differs.
# shellcheck disable=SC2086 # a program and its first arguments
${XTASK:-cargo xtask} drift "$@" --fail-on none --format markdown --output "$out/body.md" >"$out/verdict.txt"
# shellcheck disable=SC2086
${XTASK:-cargo xtask} drift "$@" --fail-on none --format json --output "$out/drift.json" >/dev/null
# shellcheck disable=SC2086
${XTASK:-cargo xtask} regenerate "$@" --set-version >"$out/regenerate.txt"
version=$(sed -n 's/^version = "\([0-9A-Za-z.+-]*\)"$/\1/p' Cargo.toml | head -n 1)
{
    printf '\nThe SDK is generated anew, its version is %s, and `CHANGELOG.md` says what changes for its users. ' "$version"
    printf 'The snapshots still show the API as it was, and so the tests fail until somebody accepts it:\n\n'
    printf '```console\ngh pr checkout api-drift\ncargo insta test --review --workspace\n'
    printf 'git commit --all --message "Accept the API as it is" && git push\n```\n\n'
    printf 'To leave the API as it is in `specs/` instead, with a reason for each finding:\n\n'
    printf '```console\ncargo xtask drift --accept FINGERPRINT --reason WHY\n```\n'
} >>"$out/body.md"
