"""The command `release`: locks the facts of the current version as released."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from generator.changes.releases import dump_release
from generator.changes.what_if import rules_for_callers
from generator.contract.check import check
from generator.readers.witnesses import WitnessPaths, load_witnesses
from generator.reports.text import report_table, version_line
from generator.runtime import _manifest
from generator.vendoring.atomic import make_parent, write_file
from generator.vendoring.bundle import ClientBundle

from . import EXIT_MISMATCH, EXIT_OK, add_client, print_lines, required_client, today


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_client(parser)


def run(options: Namespace) -> int:
    """Run the command and return its exit status."""
    bundle = ClientBundle(options.spec, required_client(options), today())
    versions, current = bundle.versions, bundle.generated_version()
    released = versions.released()
    problem = versions.problem_of(current, released, versions.since_last(current.contracts, released))
    file = versions.folder / f"{current.number}.yaml"
    if problem:
        print_lines([version_line(str(options.spec), problem.sentence)])
        return EXIT_MISMATCH
    if file.exists():
        print_lines([f"{file}: version {current.number} was released before; nothing written"])
        return EXIT_OK
    witnesses = load_witnesses(WitnessPaths(options.spec, bundle.client))
    report = check(witnesses.pairs, witnesses.known_differences)
    if report.differences:
        sys.stdout.write(report_table(report, rules_for_callers(report)))
        print_lines([f"{file}: not written; see above"])
        return EXIT_MISMATCH
    make_parent(file)
    write_file(dump_release(_manifest.load(bundle.client)["contract"]).encode(), file)
    print_lines([f"{file}: version {current.number} released"])
    return EXIT_OK
