#!/usr/bin/env bash
# Updates the package of the descriptors in the locks, compares it with the spec, and proposes the locks as a pull request.
set -euo pipefail

mkdir -p build
make lock PACKAGE=yandexcloud
git diff --quiet requirements && exit 0

make setup
status=0
.venv/bin/python -m generator contract >build/contract.txt || status=$?
cat build/contract.txt
[ "$status" -le 1 ] || exit "$status"
{
    echo "A new version of the descriptors' package; this is what it says of the spec:"
    printf '\n```text\n'
    cat build/contract.txt
    printf '```\n'
} >build/pull_request.md
bash .github/open_pull_request.sh drift/descriptors "The descriptors have a new version" build/pull_request.md
