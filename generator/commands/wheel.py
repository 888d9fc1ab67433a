"""The command `wheel`: builds a wheel and an sdist of the client."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from generator.reports.text import version_line
from generator.vendoring.bundle import ClientBundle
from generator.vendoring.wheel import build

from . import EXIT_MISMATCH, EXIT_OK, add_client, add_path, print_lines, required_client, today


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_client(parser)
    add_path(parser, "destination", "DEST", Path("dist"), "the folder")


def run(options: Namespace) -> int:
    """Run the command and return its exit status."""
    bundle = ClientBundle(options.spec, required_client(options), today())
    if problem := bundle.release_problem():
        print_lines([version_line(str(options.spec), problem)])
        return EXIT_MISMATCH
    print_lines(map(str, build(bundle, options.destination)))
    return EXIT_OK
