"""The command `page-history`: prints the facts that changed between editions of a documentation page."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from generator.readers import documentation

from . import EXIT_OK, to_path


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("pages", metavar="PAGE", nargs="+", type=to_path, help="an edition of the page, oldest first")


def run(options: Namespace) -> int:
    """Run the command and return its exit status."""
    from generator.extras.page_history import format_history  # noqa: PLC0415  # all else works without the extras

    sys.stdout.write(format_history([documentation.read(page) for page in options.pages]))
    return EXIT_OK
