"""The words of the command line, each a module of this package, and what those modules share.

A module has `add_arguments(parser)` and `run(options)`, which gives the exit status.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Mapping
from pathlib import Path

COMMANDS: Mapping[str, str] = {
    "read": "print the facts of documentation pages",
    "draft": "write a first specification of methods from their documentation pages",
    "page-history": "say which facts came and went between editions of a page",
    "contract": "hold the specification against its witnesses",
    "review": "write the page on which a reviewer judges the specification",
    "lint": "hold the specification against the rules of its style",
    "changes": "say what changed between two specifications and whom it breaks",
    "generate": "write the client and say which facts changed",
    "vendor": "copy the client into a consumer's tree, renew it there, or check it",
    "wheel": "build the client as wheel and sdist",
    "release": "lock the facts of the contract's version as released",
    "serve": "serve the specification's examples until interrupted",
    "demo": "get an image through the client from a stand-in, and print it",
}
"""Word -> help text."""

EXIT_OK, EXIT_MISMATCH, EXIT_BAD_INPUT = 0, 1, 2
"""Exit statuses of every command."""

SPECIFICATION, CLIENT = Path("spec/openapi.yaml"), Path("generated_client")
"""Those of this project."""


def add_specification(parser: ArgumentParser) -> None:
    """Add the option for the specification."""
    default = SPECIFICATION
    parser.add_argument("--spec", metavar="FILE", type=Path, default=default, help=f"the specification ({default})")


def add_client(parser: ArgumentParser) -> None:
    """Add the options for a specification and the client that is generated from it."""
    add_specification(parser)
    parser.add_argument("--client", metavar="FOLDER", type=Path, default=CLIENT, help=f"the client ({CLIENT})")


def print_lines(lines: Iterable[str]) -> None:
    """Print lines of a result."""
    sys.stdout.write("".join(f"{line}\n" for line in lines))


def print_stderr(lines: Iterable[str]) -> None:
    """Print lines that are no result."""
    sys.stderr.write("".join(f"{line}\n" for line in lines))
