#!/usr/bin/env bash
# Compares the live API with specs/. As a step's output: `state`, which is none, drift or not-comparable, and in the
# last case the `reason`, in Base64. Usage: drift.sh [options of `cargo xtask drift`]
set -euo pipefail
cd "$(dirname "$0")/../.."

out=target/drift
rm -rf "$out"
mkdir -p "$out"
status=0
# shellcheck disable=SC2086 # a program and its first arguments
${XTASK:-cargo xtask} drift "$@" --format markdown --output "$out/drift.md" >"$out/verdict.txt" 2>"$out/error.txt" \
    || status=$?
case $status in
    0) state=none ;;
    1) state=drift ;;
    *) state=not-comparable ;;
esac
{
    echo "state=$state"
    printf 'reason=%s\n' "$(head -c 20000 "$out/error.txt" | base64 | tr -d '\n')"
} >>"${GITHUB_OUTPUT:-/dev/null}"
if [ -n "${GITHUB_STEP_SUMMARY:-}" ] && [ -f "$out/drift.md" ]; then
    cat "$out/drift.md" >>"$GITHUB_STEP_SUMMARY"
fi
# It has no text of a document in it.
echo "$state $(head -n 1 "$out/verdict.txt")"
