#!/usr/bin/env bash
# Closes the pull request of a drift that is gone, with its branch.
set -euo pipefail

branch=api-drift
number=$(gh pr list --head "$branch" --state open --json number --jq '.[0].number // empty')
if [ -n "$number" ]; then
    gh pr close "$number" --delete-branch --comment "The live API and specs/ agree again."
fi
