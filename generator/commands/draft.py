"""The command `draft`: writes a first OpenAPI file from documentation pages of methods."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from . import EXIT_MISMATCH, EXIT_OK, add_specification, print_stderr, to_path


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_specification(parser)
    parser.add_argument("pages", metavar="PAGE", nargs="+", type=to_path, help="a documentation page in Markdown")
    parser.add_argument(
        "--output",
        metavar="FOLDER",
        type=to_path,
        help="a new folder for the OpenAPI file and the locked facts of the pages",
    )


def run(options: Namespace) -> int:
    """Run the command and return its exit status."""
    from generator.extras.draft.from_pages import draft_pages, write_draft  # noqa: PLC0415  # all else works without the extras

    drafted = draft_pages(options.pages, options.spec)
    if options.output:
        write_draft(drafted, options.output)
    else:
        sys.stdout.write(drafted.document)
    print_stderr(drafted.warnings)
    return EXIT_MISMATCH if drafted.warnings else EXIT_OK
