"""The command `draft`: writes a first specification of methods from their documentation pages."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from . import EXIT_MISMATCH, EXIT_OK, add_specification, print_stderr


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_specification(parser)
    parser.add_argument("pages", metavar="PAGE", nargs="+", type=Path, help="a page of the documentation, in Markdown")
    parser.add_argument(
        "--output",
        metavar="FOLDER",
        type=Path,
        help="write the document there, with the facts of the pages beside it; a new folder",
    )


def run(options: Namespace) -> int:
    """Run the command and return its exit status."""
    from generator.extras.draft.from_pages import draft, write  # noqa: PLC0415  # all else works without the extras

    drafted = draft(options.pages, options.spec)
    if options.output:
        write(drafted, options.output)
    else:
        sys.stdout.write(drafted.document)
    print_stderr(drafted.doubts)
    return EXIT_MISMATCH if drafted.doubts else EXIT_OK
