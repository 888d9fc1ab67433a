"""The command `contract`: compares the specification with the documentation, the client and the descriptors."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from generator.contract.check import check
from generator.errors import InputError, Location
from generator.readers.witnesses import Sources, call
from generator.reports.json import report_data
from generator.reports.text import report_text

from . import CLIENT, EXIT_MISMATCH, EXIT_OK, SPECIFICATION, add_specification, print_stderr


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_specification(parser)
    parser.add_argument(
        "--client", metavar="FOLDER", type=Path, help=f"the client ({CLIENT}; of another specification: none)"
    )
    parser.add_argument("--page", metavar="FILE", type=Path, help="a page of the documentation to read anew")
    parser.add_argument(
        "--patch", action="store_true", help="print the diff that lets the specification say what the page says"
    )
    parser.add_argument("--format", choices=("table", "json"), default="table", help="how to print the report")


def run(options: Namespace) -> int:
    """Run the command and return its exit status."""
    if options.patch:
        return _patch(options)
    client = options.client or (CLIENT if options.spec == SPECIFICATION else None)
    called = call(Sources(options.spec, client, options.page))
    report = check(called.claims, called.known)
    as_json = options.format == "json"
    sys.stdout.write(
        json.dumps(report_data(report), indent=2, ensure_ascii=False) + "\n" if as_json else report_text(report)
    )
    print_stderr(called.not_called)
    return EXIT_MISMATCH if report.differences else EXIT_OK


def _patch(options: Namespace) -> int:
    from generator.extras.patch.spec_patch import propose  # noqa: PLC0415  # all else works without the extras

    if options.page is None:
        raise InputError("needs the page that the specification is to follow; name it by --page", Location("--patch"))
    proposal = propose(options.spec, options.page)
    sys.stdout.write(proposal.diff)
    print_stderr(proposal.left)
    return EXIT_MISMATCH if proposal.diff or proposal.left else EXIT_OK
