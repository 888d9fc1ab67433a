"""The command `changes`: lists the changes between two specifications, and whom they break."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from generator.changes.revisions import diff_since, read_revision
from generator.changes.spec_diff import Decision
from generator.errors import InputError, Location
from generator.reports.results import changes_results

from . import EXIT_MISMATCH, EXIT_OK, add_specification, not_empty, today
from .output import add_format, print_results


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_specification(parser)
    either = "an OpenAPI file, or a git revision that contains one"
    parser.add_argument("old", metavar="OLD", nargs="?", type=not_empty, help=f"{either} (the last release)")
    parser.add_argument("new", metavar="NEW", nargs="?", type=not_empty, help=f"{either} (--spec)")
    add_format(parser)


def run(options: Namespace) -> int:
    """Run the command and return its exit status."""
    revision = read_revision(options.new or str(options.spec), options.spec, today())
    diff = diff_since(options.old, revision)
    if diff is None:
        problem = "contains no released version to compare with; name a base, a git revision or a file"
        raise InputError(problem, Location(str(revision.versions.folder)))
    print_results(changes_results(diff), options)
    return EXIT_MISMATCH if diff.decision is Decision.DO_NOT_MERGE else EXIT_OK
