#!/usr/bin/env bash
# Compares the documents of a commit with those that are checked out: annotations for GitHub on standard output, the
# comment, in Base64, as a step's output. Usage: compare.sh COMMIT
set -euo pipefail
cd "$(dirname "$0")/../.."

base=$1
diff=${TILT_CODEGEN:-cargo run --quiet --package tilt-codegen -- }
out=target/drift
old=$out/old
rm -rf "$out"
mkdir -p "$old"

git show "$base:specs/openapi.json" >"$old/openapi.json"
git show "$base:specs/asyncapi.json" >"$old/asyncapi.json"
arguments=("$old/openapi.json" specs/openapi.json --asyncapi-old "$old/asyncapi.json"
    --asyncapi-new specs/asyncapi.json --fail-on none)
[ ! -f specs/codegen.toml ] || arguments+=(--config specs/codegen.toml)
[ ! -f specs/overlay.json ] || arguments+=(--overlay specs/overlay.json)
if git show "$base:tilt-generated/names.lock" >"$old/names.lock" 2>/dev/null; then
    arguments+=(--names "$old/names.lock")
fi

status=0
# Split where the caller wants it: a program and its first arguments.
# shellcheck disable=SC2086
$diff diff "${arguments[@]}" --format markdown --output "$out/comment.md" >"$out/verdict.txt" 2>"$out/error.txt" \
    || status=$?
if [ "$status" -ne 0 ]; then
    {
        echo "**The documents of this pull request cannot be compared with those before.**"
        echo
        # An indented block, which no text in it ends.
        head -c 20000 "$out/error.txt" | tr -d '\r' | sed 's/^/    /'
    } >"$out/comment.md"
    echo "::error title=Drift::The documents of this pull request cannot be compared with those before"
else
    # shellcheck disable=SC2086
    $diff diff "${arguments[@]}" --format github
fi
if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then
    cat "$out/comment.md" >>"$GITHUB_STEP_SUMMARY"
fi
printf 'comment=%s\n' "$(base64 <"$out/comment.md" | tr -d '\n')" >>"${GITHUB_OUTPUT:-/dev/null}"
exit "$status"
