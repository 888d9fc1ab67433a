"""The command `review`: writes an HTML page for reviewing the specification."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from generator.errors import InputError, Location
from generator.reports.html.gather import review, summary_line
from generator.reports.html.page import page_of
from generator.vendoring.atomic import write_file

from . import EXIT_MISMATCH, EXIT_OK, add_client


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_client(parser)
    parser.add_argument("--base", metavar="REV", help="compare with this git revision or file (the last release)")
    default = Path("build/review.html")
    parser.add_argument("--output", metavar="FILE", type=Path, default=default, help=f"the HTML file ({default})")


def run(options: Namespace) -> int:
    """Run the command and return its exit status."""
    outcome = review(options.spec, options.client, options.base)
    _write(page_of(outcome.review), options.output)
    sys.stdout.write(summary_line(outcome, options.output))
    return EXIT_OK if outcome.holds else EXIT_MISMATCH


def _write(page: str, path: Path) -> None:
    """Write the page and create its folder. Raises InputError if that fails."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise InputError(f"cannot be written: {problem.strerror}", Location(str(path))) from problem
    write_file(page.encode(), path)
