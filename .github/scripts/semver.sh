#!/usr/bin/env bash
# Holds the crates against those of the release before, by cargo-semver-checks. Usage: semver.sh TAG
set -euo pipefail
cd "$(dirname "$0")/../.."

before=$(git describe --tags --abbrev=0 --match 'v*' "$1^" 2>/dev/null) || true
if [ -z "$before" ]; then
    echo "::notice title=Release::$1 is the first release: there is none to hold it against"
    exit 0
fi
for package in tilt-runtime tilt-generated tilt-codegen tilt-sandbox; do
    cargo semver-checks --package "$package" --baseline-rev "$before"
done
