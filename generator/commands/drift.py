"""The command `drift`: fetches the documented pages and compares them with their locks and the specification."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from generator.changes.what_if import rules_for_callers
from generator.contract.facts import Contract
from generator.errors import InputError
from generator.readers.witnesses import WitnessPaths
from generator.reports.results import report_results

from . import EXIT_BAD_INPUT, EXIT_MISMATCH, EXIT_OK, add_specification, print_stderr
from .output import add_format, print_results
from .pages import read_page


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_specification(parser)
    add_format(parser)


def run(options: Namespace) -> int:
    """Run the command and return its exit status."""
    from generator.extras.drift import find_drift  # noqa: PLC0415  # all else works without the extras

    pages, errors = dict[Path, Contract](), list[str]()
    for lock, url in WitnessPaths(options.spec).read_page_urls().items():
        try:
            pages[lock] = read_page(url)
        except InputError as problem:
            errors.append(str(problem))
    print_stderr(errors)
    if not pages:
        return EXIT_BAD_INPUT
    drift = find_drift(options.spec, pages)
    rules = rules_for_callers(drift.report)
    print_results(report_results("drift", options.spec, drift.report, rules, drift.proposal.diff), options)
    print_stderr(drift.proposal.unresolved)
    if errors:
        return EXIT_BAD_INPUT
    return EXIT_MISMATCH if drift.report.differences else EXIT_OK
