#!/usr/bin/env bash
# Publishes the crates, but for those that an earlier run has published, then shows the release of their tag to everyone.
# Usage: publish.sh TAG
set -euo pipefail
cd "$(dirname "$0")/../.."

version=${1#v}
names=$(cargo metadata --no-deps --format-version 1 | jq -r '.packages[] | select(.publish != []) | .name')
if [ -z "$names" ]; then
    echo "there is no crate to publish" >&2
    exit 1
fi
rest=
published=()
for name in $names; do
    # Whatever else goes wrong here, cargo refuses to publish a version again.
    if cargo info --quiet --registry crates-io "$name@$version" >/dev/null 2>&1; then
        echo "$name $version is published already"
        published+=(--exclude "$name")
    else
        rest="$rest $name"
    fi
done
if [ -n "$rest" ]; then
    cargo publish --workspace --locked ${published[@]+"${published[@]}"}
fi
gh release edit "$1" --draft=false
