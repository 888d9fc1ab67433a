"""The command `changes`: prints what changed between two specifications, and whom that breaks."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping

from generator.changes.classify import Verdict
from generator.changes.revisions import specification_at
from generator.changes.spec_diff import Judgement, judge
from generator.reports.github import changes_annotations
from generator.reports.json import changes_json
from generator.reports.markdown import changes_markdown
from generator.reports.text import changes_table

from . import EXIT_MISMATCH, EXIT_OK, add_specification

FORMS: Mapping[str, Callable[[Judgement], str]] = {
    "table": changes_table,
    "json": changes_json,
    "markdown": changes_markdown,
    "annotations": changes_annotations,
}
"""Name of a format -> its function."""


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_specification(parser)
    for name in ("old", "new"):
        parser.add_argument(name, metavar=name.upper(), help="a specification, or a revision of git that has one")
    parser.add_argument("--format", choices=tuple(FORMS), default="table", help="how to print")


def run(options: Namespace) -> int:
    """Run the command and return its exit status."""
    found = judge(*(specification_at(name, options.spec) for name in (options.old, options.new)))
    sys.stdout.write(FORMS[options.format](found))
    return EXIT_MISMATCH if found.verdict is Verdict.BREAKING else EXIT_OK
