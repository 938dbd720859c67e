#!/usr/bin/env bash
# Publishes the crates, then shows the release of their tag to everyone. Usage: publish.sh TAG
set -euo pipefail
cd "$(dirname "$0")/../.."

cargo publish --workspace --locked
gh release edit "$1" --draft=false
