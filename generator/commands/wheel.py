"""The command `wheel`: builds a wheel and an sdist of the client."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from generator.vendoring.bundle import ClientBundle
from generator.vendoring.wheel import build

from . import EXIT_OK, add_client, print_lines, to_path


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_client(parser)
    default = Path("dist")
    parser.add_argument(
        "destination",
        metavar="DEST",
        nargs="?",
        type=to_path,
        default=default,
        help=f"the folder ({default})",
    )


def run(options: Namespace) -> int:
    """Run the command and return its exit status."""
    paths = build(ClientBundle(options.spec, options.client).files(), options.destination)
    print_lines(map(str, paths))
    return EXIT_OK
