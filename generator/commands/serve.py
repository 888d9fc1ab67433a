"""The command `serve`: serves the examples of the specification until interrupted."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from generator.errors import InputError, Location
from generator.standin.serve import serve

from . import add_specification


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_specification(parser)
    parser.add_argument("--port", metavar="NUMBER", type=_port, help="the port on 127.0.0.1 (a free port)")
    parser.add_argument(
        "--fault",
        metavar="FAULT",
        action="append",
        default=[],
        help="a fault to inject, such as code=14, delay=2 or cut; several faults apply to the requests in turn",
    )


def run(options: Namespace) -> int:
    """Run the command and return its exit status."""
    return serve(options.spec, options.port, options.fault)


def _port(text: str) -> int:
    try:
        return int(text)
    except ValueError as problem:
        raise InputError("invalid port; choose one from 0 to 65535", Location(text)) from problem
