"""The command `review`: writes the page on which a reviewer judges the specification."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from generator.errors import InputError, Location
from generator.reports.html.gather import review, told
from generator.reports.html.page import page_of
from generator.vendoring.atomic import put_file

from . import EXIT_MISMATCH, EXIT_OK, add_client


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_client(parser)
    parser.add_argument("--base", metavar="REV", help="a revision of git, or a file, to hold it against (last release)")
    default = Path("build/review.html")
    parser.add_argument("--output", metavar="FILE", type=Path, default=default, help=f"where the page goes ({default})")


def run(options: Namespace) -> int:
    """Run the command and return its exit status."""
    outcome = review(options.spec, options.client, options.base)
    _write(page_of(outcome.review), options.output)
    sys.stdout.write(told(outcome, options.output))
    return EXIT_OK if outcome.holds else EXIT_MISMATCH


def _write(page: str, path: Path) -> None:
    """Write the page, with the folder that it goes to. Raises InputError where that cannot be."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise InputError(f"cannot be written: {problem.strerror}", Location(str(path))) from problem
    put_file(page.encode(), path)
