#!/usr/bin/env bash
# Opens an issue while the live API cannot be compared with specs/, updates it, and closes it afterwards. REASON is
# Base64. Usage: issue.sh STATE
set -euo pipefail

state=$1
label=drift-not-comparable
title="The live API cannot be compared with specs/"
number=$(gh issue list --label "$label" --state open --json number --jq '.[0].number // empty')
if [ "$state" != not-comparable ]; then
    if [ -n "$number" ]; then
        gh issue close "$number" --comment "It can be compared again."
    fi
    exit 0
fi
body=$(mktemp)
trap 'rm -f "$body"' EXIT
{
    printf 'The daily comparison failed. To see it here:\n\n```console\ncargo xtask drift --env prod\n```\n\n'
    # An indented block, which no text in it ends, and in which nobody is mentioned.
    printf '%s' "$REASON" | base64 --decode | tr -d '\r' | sed 's/^/    /'
} >"$body"
if [ -n "$number" ]; then
    gh issue edit "$number" --body-file "$body"
else
    gh label create "$label" --force --color 8a5a00 --description "The live documents cannot be read"
    gh issue create --title "$title" --label "$label" --body-file "$body"
fi
