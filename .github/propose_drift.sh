#!/usr/bin/env bash
# Compares the published pages with the spec, and proposes what is new as one pull request.
set -euo pipefail

mkdir -p build
status=0
.venv/bin/python -m generator drift >build/drift.txt 2>build/drift.log || status=$?
cat build/drift.log >&2
cat build/drift.txt
[ "$status" = 0 ] && exit 0
[ "$status" = 1 ] || exit "$status"

git apply --allow-empty build/drift.txt
{
    echo "The published documentation says something that the spec does not."
    echo "Review each fact, write the descriptions, and run \`make generate\`."
    printf '\n```text\n'
    cat build/drift.txt build/drift.log
    printf '```\n'
} >build/pull_request.md
bash .github/open_pull_request.sh drift/pages "The documentation has changed" build/pull_request.md
