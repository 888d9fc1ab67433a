"""The command `vendor`: copies the client into a consumer's tree, renews the copy, or checks it."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from generator.vendoring.bundle import Source
from generator.vendoring.install import target_of
from generator.vendoring.vendor import check, vendor

from . import EXIT_MISMATCH, EXIT_OK, add_client, print_lines


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_client(parser)
    parser.add_argument("destination", metavar="DEST", type=Path, help="the folder that is to be the copy")
    parser.add_argument("--name", help="the package in DEST that is to be the copy, instead of DEST itself")
    does = parser.add_mutually_exclusive_group()
    does.add_argument("--force", action="store_true", help="renew the copy though edits or a newer version are lost")
    does.add_argument("--check", action="store_true", help="write nothing; say whether the copy is whole and current")


def run(options: Namespace) -> int:
    """Run the command and return its exit status."""
    source, target = Source(options.spec, options.client), target_of(options.destination, options.name)
    outcome = check(source, target) if options.check else vendor(source, target, force=options.force)
    print_lines(outcome.lines)
    return EXIT_OK if outcome.holds else EXIT_MISMATCH
