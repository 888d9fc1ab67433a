"""Generates the client from the specification, and says which facts changed."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from generator import client_writer as client
from generator.changes.describe import told
from generator.changes.diff import Change, changes
from generator.contract.compare import Absence
from generator.contract.facts import Contract
from generator.contract.serialize import from_notation, to_notation
from generator.errors import InputError
from generator.readers import openapi
from generator.yaml_document import Table, load

from . import EXIT_MISMATCH, EXIT_OK, add_client, print_stderr


def generate(specification: Path, destination: Path) -> tuple[str, ...]:
    """Put the client of a specification in its place; a line for each fact that changed, or one that none did.

    Raises InputError for a specification that cannot be read or that the client could not keep whole, and for a
    destination that cannot be written or holds what is no client.
    """
    with _pointing():
        contracts = openapi.read(specification)
        before = _facts_behind(destination)
        changed = client.generate(specification, [*map(_plain, contracts)], destination)
    lines = tuple(map(_line, changes(before, contracts)))
    return lines or ("the code changed, and no fact" if changed else "nothing changed",)


def difference(specification: Path, destination: Path) -> str:
    """The unified diff from the client in its place to what its specification gives; raises as `generate` does."""
    with _pointing():
        return client.check(specification, [*map(_plain, openapi.read(specification))], destination)


def _plain(contract: Contract) -> dict[str, Any]:
    """The facts of a contract without their lines, so that a comment in the specification changes no fact."""
    plain = to_notation(contract)
    response = plain["response"]
    lists = (plain["parameters"], plain["body"], response["fields"], plain.get("besides", ()))
    for one in (plain["operation"], response, *(one for some in lists for one in some)):
        del one["line"]
    return plain


def _facts_behind(destination: Path) -> tuple[Contract, ...]:
    """The contracts that a client was generated from; none where there is no client, or one of another make."""
    try:
        operations: list[Table] = load(destination / client.MANIFEST)["contract"]["operations"]
        return tuple(from_notation(one) for one in operations)
    except (InputError, LookupError, TypeError):
        return ()


def _line(change: Change) -> str:
    new = change.difference.right
    place = "" if isinstance(new.value, Absence) else f"  [{new.place}]"
    return f"{change.operation}: {told(change)}{place}"


@contextmanager
def _pointing() -> Generator[None]:
    """Puts the JSON pointer of its place in front of what an error says."""
    try:
        yield
    except InputError as problem:
        pointer = f"{problem.place.pointer}: " if problem.place.pointer else ""
        raise InputError(pointer + problem.message, problem.place) from problem


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_client(parser)
    parser.add_argument("--check", action="store_true", help="write nothing; show how the client differs, if it does")


def run(options: Namespace) -> int:
    """Run the command and return its exit status."""
    if not options.check:
        sys.stdout.write("".join(f"{line}\n" for line in generate(options.spec, options.client)))
        return EXIT_OK
    found = difference(options.spec, options.client)
    sys.stdout.write(found)
    if found:
        print_stderr([f"{options.client}: is not what {options.spec} generates; repair it by `make generate`"])
    return EXIT_MISMATCH if found else EXIT_OK
