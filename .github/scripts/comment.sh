#!/usr/bin/env bash
# Writes COMMENT, which is Base64, to a pull request: over the comment from before, if there is one.
# Usage: comment.sh NUMBER
set -euo pipefail

number=$1
mark='<!-- drift -->'
body=$(mktemp)
trap 'rm -f "$body"' EXIT
{
    printf '%s' "$COMMENT" | base64 --decode
    printf '\n%s\n' "$mark"
} >"$body"

# Only our own comment is written over.
there=$(gh api --paginate "repos/$GITHUB_REPOSITORY/issues/$number/comments" --jq \
    ".[] | select(.user.type == \"Bot\" and (.body | rtrimstr(\"\n\") | endswith(\"$mark\"))) | .id" | head -n 1)
if [ -n "$there" ]; then
    gh api --silent --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$there" --field "body=@$body"
elif ! head -n 1 "$body" | grep -q '^\*\*no drift\*\*'; then
    gh api --silent --method POST "repos/$GITHUB_REPOSITORY/issues/$number/comments" --field "body=@$body"
fi
