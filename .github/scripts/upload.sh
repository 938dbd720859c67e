#!/usr/bin/env bash
# Adds what package.sh has packed to the release of a tag. Usage: upload.sh TAG
set -euo pipefail
cd "$(dirname "$0")/../.."

gh release upload "$1" target/packages/*.tar.gz target/packages/*.tar.gz.sha256 --clobber
