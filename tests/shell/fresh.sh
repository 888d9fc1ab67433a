#!/bin/sh
# Does as a newcomer does, with what is committed: clones into an empty folder, with an empty HOME and a bare
# PATH, and runs the README's two commands. They must leave the clone as it was, and nothing outside it.
#
#   sh tests/shell/fresh.sh [TESTS…]
#
# With TESTS, only these of the tests run: where all of them have run already.
set -eu
cd "$(dirname "$0")/../.."
tests="$*"
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
mkdir "$place/home"
git clone --quiet . "$place/a clone"

# A system's own Python can be older than 3.11: the one that made the environment here comes last.
path=/usr/bin:/bin
if [ -x .venv/bin/python ]; then
    path=$path:$(.venv/bin/python -c 'import sys; print(sys.base_prefix)')/bin
fi

newcomer() {
    echo "newcomer: $*" >&2
    env -i ${CI:+CI="$CI"} ${tests:+PYTEST_ADDOPTS="$tests"} PATH="$path" HOME="$place/home" "$@"
}

empty() {
    [ -z "$1" ] || { echo "A newcomer's run has left: $1" >&2 && exit 1; }
}

newcomer make -C "$place/a clone" generate
newcomer make -C "$place/a clone" test
empty "$(git -C "$place/a clone" status --porcelain)"
empty "$(find "$place/home" -mindepth 1)"
empty "$(find "$place" -mindepth 1 -maxdepth 1 ! -name home ! -name 'a clone')"
