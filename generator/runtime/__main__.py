"""The command line of this copy of the client: its origin, and its local edits.

`python -m NAME --check` and `python FOLDER --check` also work if the client cannot be imported.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Callable, Mapping, Sequence
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
    for name, (summary, command) in _COMMANDS.items():
        options.add_argument(f"--{name}", help=summary, dest="command", action="store_const", const=command)
    lines, status = parser.parse_args(arguments).command(folder)
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    return int(status)


def _check(folder: Traversable) -> tuple[list[str], int]:
    edits = local_edits(folder)
    return (edits, 1) if edits else (["every file is as it was written"], 0)


def _version(folder: Traversable) -> tuple[list[str], int]:
    try:
        return list(describe_origin(load(folder))), 0
    except ValueError as problem:
        return [str(problem)], 1


_COMMANDS: Mapping[str, tuple[str, Callable[[Traversable], tuple[list[str], int]]]] = {
    "check": ("list local edits; exit status 1 if there are any", _check),
    "version": ("print the contract, generator and dependencies", _version),
}
"""Option -> its help, and the function that returns the lines to print and the exit status."""

if __name__ == "__main__":
    sys.exit(main())
