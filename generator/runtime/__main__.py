"""The command line of this copy of the client: its origin, and its local edits.

`python -m NAME --check` and `python FOLDER --check` also work if the client cannot be imported.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING

try:
    if TYPE_CHECKING or __package__:
        from ._manifest import describe_origin, load, local_edits
    else:  # `python FOLDER`
        from _manifest import describe_origin, load, local_edits
except (ImportError, SyntaxError):
    sys.exit("_manifest.py: missing or damaged")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 1 if the copy was edited."""
    folder = files(__package__) if __package__ else Path(__file__).parent
    parser = ArgumentParser(prog=f"python -m {__package__}" if __package__ else f"python {folder}")
    options = parser.add_mutually_exclusive_group(required=True)
    options.add_argument("--check", action="store_true", help="list local edits; exit status 1 if there are any")
    options.add_argument("--version", action="store_true", help="print the contract, generator and dependencies")
    lines, status = _check(folder) if parser.parse_args(arguments).check else _version(folder)
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    return status


def _check(folder: Traversable) -> tuple[list[str], int]:
    edits = local_edits(folder)
    return (edits, 1) if edits else (["every file is as it was written"], 0)


def _version(folder: Traversable) -> tuple[list[str], int]:
    try:
        return list(describe_origin(load(folder))), 0
    except ValueError as problem:
        return [str(problem)], 1


if __name__ == "__main__":
    sys.exit(main())
