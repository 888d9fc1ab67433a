"""The command `changes`: lists the changes between two specifications, and whom they break."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping

from generator.changes.classify import Verdict
from generator.changes.revisions import specification_at
from generator.changes.spec_diff import SpecDiff, diff_specs
from generator.reports.github import changes_annotations
from generator.reports.json import changes_json
from generator.reports.markdown import changes_markdown
from generator.reports.text import changes_table

from . import EXIT_MISMATCH, EXIT_OK, add_specification

FORMATS: Mapping[str, Callable[[SpecDiff], str]] = {
    "table": changes_table,
    "json": changes_json,
    "markdown": changes_markdown,
    "annotations": changes_annotations,
}
"""Value of `--format` -> the function that formats the changes."""


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_specification(parser)
    for name in ("old", "new"):
        parser.add_argument(name, metavar=name.upper(), help="an OpenAPI file, or a git revision that contains one")
    parser.add_argument("--format", choices=tuple(FORMATS), default="table", help="the output format")


def run(options: Namespace) -> int:
    """Run the command and return its exit status."""
    diff = diff_specs(*(specification_at(name, options.spec) for name in (options.old, options.new)))
    sys.stdout.write(FORMATS[options.format](diff))
    return EXIT_MISMATCH if diff.verdict is Verdict.BREAKING else EXIT_OK
