"""The command `contract`: compares the specification with the documentation, the client and the descriptors."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from generator.changes.what_if import rules_for_callers
from generator.contract.check import check
from generator.errors import InputError, Location
from generator.readers.witnesses import WitnessPaths, load_witnesses
from generator.reports.results import report_results

from . import EXIT_MISMATCH, EXIT_OK, add_client, client_of, not_empty, print_stderr
from .output import add_format, print_results
from .pages import read_page


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_client(parser)
    parser.add_argument(
        "--page", metavar="PAGE", type=not_empty, help="also compare with this documentation page, a file or a URL"
    )
    parser.add_argument("--patch", action="store_true", help="print a diff of the spec that adds what the page says")
    add_format(parser)


def run(options: Namespace) -> int:
    """Run the command and return its exit status."""
    if options.patch:
        return _patch(options)
    page = None if options.page is None else read_page(options.page)
    witnesses = load_witnesses(WitnessPaths(options.spec, client_of(options)), page)
    report = check(witnesses.pairs, witnesses.known_differences, witnesses.wrong_examples)
    print_results(report_results("contract", options.spec, report, rules_for_callers(report)), options)
    print_stderr(witnesses.skipped)
    return EXIT_MISMATCH if report.differences else EXIT_OK


def _patch(options: Namespace) -> int:
    from generator.extras.patch.spec_patch import propose_patch  # noqa: PLC0415  # all else works without the extras

    if options.page is None:
        raise InputError("needs a documentation page; name it with --page", Location("--patch"))
    proposal = propose_patch(options.spec, [read_page(options.page)])
    sys.stdout.write(proposal.diff)
    print_stderr(proposal.unresolved)
    return EXIT_MISMATCH if proposal.diff or proposal.unresolved else EXIT_OK
