"""Verifies a draft before anybody sees it: it states the facts of its pages, and a client can be generated from it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

from generator.client_writer import render
from generator.contract.compare import compare
from generator.contract.difference import Difference
from generator.contract.facts import Contract
from generator.contract.lock import dump_lock, parse_lock
from generator.contract.match import operation_key
from generator.errors import InputError, Location, unescape_token
from generator.readers import openapi
from generator.reports.text import format_statement
from generator.yaml_document import YamlMapping, YamlSequence, loads

from .tree import without_suffix

SPECIFICATION = "openapi.yaml"
"""The name of the drafted file."""


def checked_contracts(text: str, pages: Sequence[Contract]) -> tuple[Contract, ...]:
    """Read the contracts of a draft. Raises InputError, with the line of the page, if they differ from its pages."""
    document = loads(text, SPECIFICATION)
    try:
        drafted = openapi.parse_specification(document).contracts
    except InputError as problem:
        raise _refusal(problem, document, pages) from problem
    by_key = {operation_key(contract): contract for contract in drafted}
    for page in pages:
        locked = parse_lock(loads(dump_lock(page), page.operation.location.file))
        for difference in compare(by_key[operation_key(page)], locked):
            location = subject_location(page, difference.part, difference.path)
            raise InputError(f"cannot be drafted: {_unstated(difference, page)}", location)
    return drafted


def check_client(text: str, pages: Sequence[Contract]) -> None:
    """Generate the client of a draft in a temporary folder.

    Raises InputError, with the line of the page, for what the client cannot express.
    """
    document = loads(text, SPECIFICATION)
    try:
        with TemporaryDirectory() as folder:
            render(openapi.parse_specification(document), Path(folder))
    except InputError as problem:
        raise _refusal(problem, document, pages) from problem


def subject_location(page: Contract, part: str, path: str) -> Location:
    """The location of a parameter or field on its page, or of the innermost object around it that the page has."""
    locations = {(its_part, subject.path): subject.location for its_part, subject in page.subjects()}
    while path and (part, path) not in locations:
        path = path.rpartition(".")[0]
    return locations.get((part, path), page.operation.location)


def _refusal(problem: InputError, document: YamlMapping, pages: Sequence[Contract]) -> InputError:
    name = _subject_name(problem.location.pointer, document)
    locations = (
        subject.location
        for page in pages
        for _, subject in page.subjects()
        if without_suffix(subject.path).rpartition(".")[2] == name
    )
    location = next(locations, pages[0].operation.location)
    for contradiction in (contradiction for page in pages for contradiction in page.contradictions):
        if location in {contradiction.location, contradiction.other}:
            text = f"{contradiction.text} [{contradiction.other}]; correct one of the two in a copy of the page"
            return InputError(f"cannot be drafted: {text}", contradiction.location)
    about = f"`{name}`: " if name else ""
    return InputError(f"cannot be drafted: {about}{problem.message}", location)


def _subject_name(pointer: str, document: YamlMapping) -> str:
    """The name of the innermost field or parameter that a JSON pointer leads to, or empty."""
    node: Any = document
    name = before = ""
    for token in map(unescape_token, pointer.split("/")[1:]):
        node = node[int(token)] if isinstance(node, YamlSequence) else cast("YamlMapping", node).get(token)
        if before == "properties":
            name = token
        elif before == "parameters" and isinstance(node, YamlMapping):
            name = str(node.get("name", ""))
        before = token
        if not isinstance(node, YamlMapping | YamlSequence):
            break
    return name


def _unstated(difference: Difference, page: Contract) -> str:
    """Describe a fact of a page that no specification states."""
    path, keyword = difference.path, difference.keyword
    if difference.part == "parameter" and any(other.path.startswith(f"{path}.") for other in page.parameters):
        return f"OpenAPI has only the fields of the query message `{path}`, and the page states `{keyword}` of itself"
    subject = f"{difference.part} `{path}`" if path else difference.part
    return f"a specification cannot state {keyword} {format_statement(difference.right)} of the {subject}"
