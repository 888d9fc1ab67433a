"""The command `changes`: lists the changes between two specifications, and whom they break."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping

from generator.changes.classify import Verdict
from generator.changes.revisions import diff_since, read_revision
from generator.changes.spec_diff import SpecDiff
from generator.errors import InputError, Location
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
    either = "an OpenAPI file, or a git revision that contains one"
    parser.add_argument("old", metavar="OLD", nargs="?", help=f"{either} (the last release)")
    parser.add_argument("new", metavar="NEW", nargs="?", help=f"{either} (--spec)")
    parser.add_argument("--format", choices=tuple(FORMATS), default="table", help="the output format")


def run(options: Namespace) -> int:
    """Run the command and return its exit status."""
    revision = read_revision(options.new or str(options.spec), options.spec)
    diff = diff_since(options.old, revision)
    if diff is None:
        problem = "contains no released version to compare with; name a base, a git revision or a file"
        raise InputError(problem, Location(str(revision.versions.folder)))
    sys.stdout.write(FORMATS[options.format](diff))
    return EXIT_MISMATCH if diff.verdict is Verdict.BREAKING else EXIT_OK
