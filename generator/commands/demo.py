"""The command `demo`: gets an image from a local server with the client, and prints it."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from generator.standin.demo import demo

from . import add_specification


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_specification(parser)


def run(options: Namespace) -> int:
    """Run the command and return its exit status."""
    return demo(options.spec)
