"""The command `docs`: writes the API reference of a client as an HTML page."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from generator.errors import InputError, Location
from generator.reports.reference.page import format_reference
from generator.runtime._manifest import load
from generator.vendoring.atomic import make_parent, write_file

from . import CLIENT, EXIT_OK, add_path, print_lines


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_path(parser, "--client", "FOLDER", CLIENT, "the client")
    add_path(parser, "--output", "FILE", Path("build/docs/reference.html"), "the HTML file")


def run(options: Namespace) -> int:
    """Run the command and return its exit status."""
    page = reference_of(options.client)
    make_parent(options.output)
    write_file(page.encode(), options.output)
    print_lines([f"{options.output}: the reference of {options.client}"])
    return EXIT_OK


def reference_of(client: Path) -> str:
    """Return the page of a client, named as its manifest says. Raises InputError without a client."""
    try:
        contract = load(client)["contract"]
    except ValueError as problem:
        sentence = f"is not a generated client: {problem}; run `make generate`, or name another folder"
        raise InputError(sentence, Location(str(client))) from problem
    return format_reference(client, contract["title"], contract["version"])
