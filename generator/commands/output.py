"""The option `--format` of the commands that list differences, changes or findings."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from generator.reports.formats import FORMATS
from generator.reports.results import Results


def add_format(parser: ArgumentParser) -> None:
    """Add `--format`."""
    parser.add_argument("--format", choices=tuple(FORMATS), default="table", help="the output format")


def print_results(results: Results, options: Namespace) -> None:
    """Print results to standard output in the format that is named."""
    sys.stdout.write(FORMATS[options.format](results))
