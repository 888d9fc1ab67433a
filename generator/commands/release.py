"""The command `release`: locks the facts of the contract's version as released."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from generator.changes.releases import objection, text_of
from generator.runtime.__main__ import read
from generator.vendoring.atomic import put_file
from generator.vendoring.bundle import Source

from . import EXIT_MISMATCH, EXIT_OK, add_client, print_lines


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_client(parser)


def run(options: Namespace) -> int:
    """Run the command and return its exit status."""
    bundle = Source(options.spec, options.client)
    versions, current = bundle.versions, bundle.generated()
    wrong = objection(versions.released(), current, versions.notes())
    file = versions.folder / f"{current.number}.yaml"
    if wrong:
        print_lines([f"{options.spec}: {wrong}"])
        return EXIT_MISMATCH
    if file.exists():
        print_lines([f"{file}: is released already; nothing was written"])
        return EXIT_OK
    file.parent.mkdir(exist_ok=True)
    put_file(text_of(read(bundle.client)["contract"]).encode(), file)
    print_lines([f"{file}: version {current.number} is released"])
    return EXIT_OK
