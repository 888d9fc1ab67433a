"""The command `generate`: generates the client from the specification, and lists the facts that changed."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from generator import client_writer as client
from generator.changes.diff import changes
from generator.changes.releases import Versions
from generator.contract.facts import Contract
from generator.contract.serialize import from_dict
from generator.errors import InputError, combine
from generator.readers import openapi
from generator.reports.text import format_changed_fact, version_line
from generator.yaml_document import YamlMapping, load

from . import EXIT_MISMATCH, EXIT_OK, add_client, print_lines, print_stderr, required_client, today


def generate(specification: Path, destination: Path) -> tuple[str, ...]:
    """Regenerate the client; return one line per changed fact, then the version that the specification needs.

    Raises InputError for a specification that is invalid or cannot be generated, and for a destination that cannot be
    written or contains other files.
    """
    with _pointer_in_errors():
        parsed = openapi.read_specification(specification)
        before, date = _previous_contracts(destination), today()
        problem = Versions(specification, today=date).problem(parsed)
        changed = client.generate(parsed, destination)
    lines = [*map(format_changed_fact, changes(before, parsed.contracts, date))]
    lines = lines or ["regenerated; no API fact changed" if changed else "nothing changed"]
    return (*lines, *([version_line(str(specification), problem.sentence)] if problem else []))


def difference(specification: Path, destination: Path) -> str:
    """Return a unified diff from the committed client to the generated one; raises as `generate` does."""
    with _pointer_in_errors():
        return client.check(openapi.read_specification(specification), destination)


def _previous_contracts(destination: Path) -> tuple[Contract, ...]:
    """Return the contracts that a client was generated from; none if its manifest is missing or of another format."""
    try:
        operations: list[YamlMapping] = load(destination / client.MANIFEST)["contract"]["operations"]
        return tuple(map(from_dict, operations))
    except (InputError, LookupError, TypeError):
        return ()


@contextmanager
def _pointer_in_errors() -> Generator[None]:
    """Put the JSON pointer of its location before each message of an InputError."""
    try:
        yield
    except InputError as error:
        pointers = (f"{problem.location.pointer}: ".removeprefix(": ") for problem in error.problems)
        raise combine(
            InputError(pointer + problem.message, problem.location)
            for pointer, problem in zip(pointers, error.problems, strict=True)
        ) from error


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_client(parser)
    parser.add_argument("--check", action="store_true", help="write nothing; print a diff if the client is out of date")


def run(options: Namespace) -> int:
    """Run the command and return its exit status."""
    folder = required_client(options)
    if not options.check:
        print_lines(generate(options.spec, folder))
        return EXIT_OK
    diff = difference(options.spec, folder)
    sys.stdout.write(diff)
    if diff:
        print_stderr([f"{folder}: differs from what {options.spec} generates; run `make generate`"])
    return EXIT_MISMATCH if diff else EXIT_OK
