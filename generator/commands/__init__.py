"""The commands: one module each, with `add_arguments(parser)` and `run(options)`, which returns the exit status."""

from __future__ import annotations

import errno
import os
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from generator.errors import InputError, Location, option_name
from generator.yaml_document import load_bytes

COMMANDS: Mapping[str, str] = {
    "read": "print the facts of documentation pages",
    "draft": "write a first OpenAPI file from documentation pages of methods",
    "page-history": "print the facts that changed between editions of a documentation page",
    "contract": "compare the spec with the docs, the client and the descriptors",
    "drift": "fetch the documented pages and compare them with their locks and the spec",
    "review": "write an HTML page for reviewing the spec: changes, evidence, examples",
    "lint": "check the spec against the style rules",
    "changes": "list the changes between two revisions of the spec, and whom they break",
    "git-diff": "print the changes of the spec in `git diff`, which calls this command",
    "generate": "generate the client and list the facts that changed",
    "vendor": "copy the client into your source tree, update the copy, or check it",
    "wheel": "build a wheel and an sdist of the client",
    "docs": "write the API reference of the client as an HTML page",
    "release": "lock the facts of the current version as released",
    "serve": "serve the examples of the spec on a local port until interrupted",
    "demo": "get an image from a local server with the client, and print it",
}
"""Name of a command -> its help text."""

EXIT_OK, EXIT_MISMATCH, EXIT_BAD_INPUT = 0, 1, 2
"""Exit statuses of every command."""

SPECIFICATION, CLIENT = Path("spec/openapi.yaml"), Path("generated_client")
"""The specification and the client of this project."""


def not_empty(text: str) -> str:
    """Return an argument that names a file or a revision.

    Raises ArgumentTypeError for an empty one, which as a path is `.`, and for one that is too long for a path.
    """
    if not text:
        raise ArgumentTypeError("is empty; give a path")
    try:
        os.lstat(text)
    except OSError as problem:
        if problem.errno == errno.ENAMETOOLONG and "://" not in text:
            raise ArgumentTypeError("is too long for a path; give a shorter one") from problem
    return text


def to_path(text: str) -> Path:
    """Convert an argument to a path. Raises ArgumentTypeError as `not_empty` does."""
    return Path(not_empty(text))


def add_path(parser: ArgumentParser, name: str, metavar: str, default: Path, what: str) -> None:
    """Add an option, or an argument that may be left out, with the path that is its default."""
    nargs = None if name.startswith("--") else "?"
    parser.add_argument(name, metavar=metavar, type=to_path, default=default, nargs=nargs, help=f"{what} ({default})")


def add_specification(parser: ArgumentParser) -> None:
    """Add `--spec`."""
    add_path(parser, "--spec", "FILE", SPECIFICATION, "the OpenAPI file")


def add_client(parser: ArgumentParser) -> None:
    """Add `--spec` and `--client`."""
    add_specification(parser)
    shown = f"the generated client ({CLIENT}; required with another --spec)"
    parser.add_argument("--client", metavar="FOLDER", type=to_path, help=shown)


def client_of(options: Namespace) -> Path | None:
    """Return the client that is named; the default is that of the project's specification, None for another one."""
    named: Path | None = options.client
    return named or (CLIENT if options.spec == SPECIFICATION else None)


def required_client(options: Namespace) -> Path:
    """Return the client that is named, or the default.

    Raises InputError if another specification cannot be read or has none.
    """
    client = client_of(options)
    if client is None:
        load_bytes(options.spec)
        hint = f"name another folder with {option_name('client')}"
        raise InputError(f"{CLIENT} is the client of {SPECIFICATION}; {hint}", Location(str(options.spec)))
    return client


def today() -> date:
    """Return the date in UTC, of SOURCE_DATE_EPOCH if that is set. Raises InputError if that is invalid."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return datetime.now(UTC).date()
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    except (ValueError, OverflowError, OSError) as problem:
        sentence = "is invalid; write seconds since 1970, or unset it"
        raise InputError(sentence, Location("SOURCE_DATE_EPOCH")) from problem


def print_lines(lines: Iterable[str]) -> None:
    """Print lines to standard output."""
    sys.stdout.write("".join(f"{line}\n" for line in lines))


def print_stderr(lines: Iterable[str]) -> None:
    """Print lines to standard error."""
    sys.stderr.write("".join(f"{line}\n" for line in lines))
