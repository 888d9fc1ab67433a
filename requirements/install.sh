#!/bin/sh
# Makes a virtual environment from the locks beside this file, or does nothing where it stands already.
#
#   sh requirements/install.sh FOLDER [PYTHON [LOCK]]
#
# Installed is exactly what installer.lock and LOCK name, by its hashes: dev, which is followed by the project itself,
# or another. Each step is a line on standard error. The environment counts as made only when `ready`
# lies in it, which is written last and says from which locks and which interpreter it was made. Nothing is
# written outside the folder, so pip keeps no cache.
set -eu
cd "$(dirname "$0")/.."
folder=$1
wanted=${2-}
lock=requirements/${3-dev}.lock

fail() {
    echo "$1" >&2
    exit 2
}

# Where a Python that can be used has its home, and its version; nothing for one that cannot.
identity() {
    "$1" -c 'import sys, venv, ensurepip; sys.version_info >= (3, 11) and print(sys.base_prefix, sys.version)' 2>/dev/null || true
}

state() {
    cat requirements/installer.lock "$lock" | cksum
    pwd
    identity "$1"
}

# The newest that runs, over every folder of PATH for each name: a name may be a shim without a Python.
search() (
    IFS=:
    set -f
    names=python3:python
    minor=11
    while [ "$minor" -lt 100 ]; do
        names=python3.$minor:$names
        minor=$((minor + 1))
    done
    for name in $names; do
        for place in $PATH; do
            [ ! -x "$place/$name" ] || [ -z "$(identity "$place/$name")" ] || { echo "$place/$name" && exit; }
        done
    done
)

install() {
    "$folder/bin/python" -m pip -qq --disable-pip-version-check install --no-cache-dir --no-compile --no-deps "$@"
}

# What is set up anew is removed first.
case ${folder##*/} in
.venv*) ;;
*) fail "An environment is a folder named .venv or .venv-…, not $folder." ;;
esac

if [ -f "$folder/ready" ] && [ "$(cat "$folder/ready")" = "$(state "${wanted:-$folder/bin/python}")" ]; then
    exit 0
fi

python=${wanted:-$(search)}
[ -n "$python" ] || fail 'No Python 3.11 or newer with venv was found on PATH: install one, or name it: make PYTHON=/path/to/python.'
[ -n "$(identity "$python")" ] || fail "PYTHON=$python does not run, is older than 3.11 or lacks venv: name another one."

# It may be the one of the environment that is about to be removed: taken is what that was made by.
python=$("$python" -c 'import sys; print(sys._base_executable)')
echo "Setting up $folder with $python" >&2
step() {
    echo "  $1" >&2
}
rm -f "$folder/ready"
rm -rf "$folder"
step 'creating the environment'
"$python" -m venv "$folder"
step 'installing pip'
install --require-hashes --requirement requirements/installer.lock
step "installing the $(grep -c '^[a-z]' "$lock") packages of $lock, which takes a minute or two"
install --require-hashes --requirement "$lock"
if [ "$lock" = requirements/dev.lock ]; then
    step 'installing the project itself'
    install --no-index --no-build-isolation --editable .
fi
step 'done'
state "$folder/bin/python" >"$folder/ready"
