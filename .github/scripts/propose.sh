#!/usr/bin/env bash
# Commits what `regenerate.sh` has left to the one branch, and opens the one pull request of it or updates it.
set -euo pipefail
cd "$(dirname "$0")/../.."

branch=api-drift
out=target/drift
remote=${REMOTE:-https://github.com/$GITHUB_REPOSITORY}
bot='41898282+github-actions[bot]@users.noreply.github.com'
# Of severities and counts alone: no text of a document.
verdict=$(head -n 1 "$out/verdict.txt")
title="API ${verdict%%: [0-9]*}"
git_with_token=(git -c credential.helper= -c 'credential.helper=!gh auth git-credential')

push() {
    git -c user.name='github-actions[bot]' -c user.email="$bot" commit --quiet --all --message "$title"
    # Only over the commit that was looked at, or over none.
    "${git_with_token[@]}" push --quiet --force-with-lease="refs/heads/$branch:$there" "$remote" "HEAD:refs/heads/$branch"
}

git add --all -- specs tilt-generated CHANGELOG.md Cargo.toml Cargo.lock
there=$("${git_with_token[@]}" ls-remote "$remote" "refs/heads/$branch" | cut -f 1)
if [ -n "$there" ]; then
    "${git_with_token[@]}" fetch --quiet --no-tags "$remote" "$there"
    # Documents are what decides: when they were fetched, which is recorded with them, is not.
    if git diff --quiet --cached FETCH_HEAD -- specs/openapi.json specs/asyncapi.json; then
        echo "the branch is up to date"
    elif [ -n "$(git log --format=%ae HEAD..FETCH_HEAD | grep -vxF "$bot")" ]; then
        echo "::error title=Drift::The API changed again, and $branch has commits of people: merge it or delete it"
        exit 1
    else
        push
    fi
else
    push
fi

number=$(gh pr list --head "$branch" --state open --json number --jq '.[0].number // empty')
if [ -z "$number" ]; then
    gh pr create --draft --head "$branch" --base "$BASE" --title "$title" --body-file "$out/body.md"
    number=$(gh pr list --head "$branch" --state open --json number --jq '.[0].number // empty')
else
    gh pr edit "$number" --title "$title" --body-file "$out/body.md"
fi
if grep -q '^  "in_use": "breaking"' "$out/drift.json"; then
    gh label create breaking --force --color b3261e --description "Programs in use may break"
    gh pr edit "$number" --add-label breaking
    gh pr ready "$number" --undo
else
    if gh pr view "$number" --json labels --jq '.labels[].name' | grep -qx breaking; then
        gh pr edit "$number" --remove-label breaking
    fi
    gh pr ready "$number"
fi
