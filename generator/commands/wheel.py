"""The command `wheel`: builds the client as wheel and sdist."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from generator.vendoring.bundle import Source
from generator.vendoring.wheel import build

from . import EXIT_OK, add_client, print_lines


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_client(parser)
    default = Path("dist")
    parser.add_argument("destination", metavar="DEST", nargs="?", type=Path, default=default, help=f"where ({default})")


def run(options: Namespace) -> int:
    """Run the command and return its exit status."""
    paths = build(Source(options.spec, options.client).contents(), options.destination)
    print_lines(map(str, paths))
    return EXIT_OK
