"""The command `serve`: serves the specification's examples until interrupted."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from generator.standin.serve import serve

from . import add_specification


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_specification(parser)
    parser.add_argument("--port", metavar="NUMBER", type=int, help="the port of 127.0.0.1 (a free one)")
    parser.add_argument(
        "--fault",
        metavar="FAULT",
        action="append",
        default=[],
        help="what goes wrong, such as code=14, delay=2 or cut; of several, each befalls a request in turn",
    )


def run(options: Namespace) -> int:
    """Run the command and return its exit status."""
    return serve(options.spec, options.port, options.fault)
