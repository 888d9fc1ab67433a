"""The command `vendor`: copies the client into a consumer's source tree, updates the copy, or checks it."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from generator.vendoring.bundle import ClientBundle
from generator.vendoring.http_library import HTTPX, HTTPX2
from generator.vendoring.install import target_folder
from generator.vendoring.vendor import check, vendor

from . import EXIT_MISMATCH, EXIT_OK, add_client, print_lines, required_client, to_path, today


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_client(parser)
    parser.add_argument("destination", metavar="DEST", type=to_path, help="the folder of the copy")
    parser.add_argument("--name", help="make the copy a package of this name in DEST")
    parser.add_argument("--http", choices=(HTTPX, HTTPX2), help="the library of the copy (the one it uses, or httpx)")
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument("--force", action="store_true", help="update even if that discards edits or a newer version")
    mode.add_argument("--check", action="store_true", help="write nothing; report local edits and changes since")


def run(options: Namespace) -> int:
    """Run the command and return its exit status."""
    bundle = ClientBundle(options.spec, required_client(options), today())
    target = target_folder(options.destination, options.name)
    if options.check:
        result = check(bundle, target, http=options.http)
    else:
        result = vendor(bundle, target, http=options.http, force=options.force)
    print_lines(result.lines)
    return EXIT_OK if result.holds else EXIT_MISMATCH
