"""Converts a contract to plain data for JSON and YAML, and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from attrs import asdict, evolve

from generator.errors import InputError, Location
from generator.yaml_document import YamlMapping, YamlSequence

from .facts import Constraints, Contract, Fact, Field, Operation, Parameter, ResponseFacts, Value, Witness
from .reader_notes import Page


def to_dict(contract: Contract) -> dict[str, Any]:
    """Return a contract as mappings, lists and scalars in a fixed order."""
    page = contract.page
    plain: dict[str, Any] = {}
    if page is not None:
        plain["page"] = asdict(page)
    operation = contract.operation
    plain["operation"] = {"method": operation.method, "url": operation.url, "line": operation.location.line}
    plain["parameters"] = [_subject(parameter, {"in": parameter.in_}) for parameter in contract.parameters]
    plain["body"] = [_subject(field) for field in contract.body]
    response = contract.response
    plain["response"] = {
        "status": response.status,
        "line": response.location.line,
        "fields": [_subject(field) for field in response.fields],
    }
    plain["unread"] = [{"line": text.location.line, "text": text.text} for text in contract.unparsed]
    if contract.contradictions:
        plain["disagreements"] = [
            {"line": contradiction.location.line, "other_line": contradiction.other.line, "text": contradiction.text}
            for contradiction in contract.contradictions
        ]
    if contract.operation_metadata:
        plain["metadata"] = _metadata(contract.operation_metadata)
    return plain


def _metadata(facts: Sequence[Fact]) -> list[dict[str, Any]]:
    """Return the operation metadata by subject, each with the line of its first fact."""
    subjects: dict[tuple[str, str], dict[str, Any]] = {}
    for fact in facts:
        first = {"part": fact.part, "path": fact.path, "line": fact.location.line}
        subject = subjects.setdefault((fact.part, fact.path), first)
        subject[fact.keyword] = list(fact.value) if isinstance(fact.value, tuple) else fact.value
    return list(subjects.values())


def _subject(subject: Parameter | Field, extra: Mapping[str, Value] | None = None) -> dict[str, Any]:
    values = {
        key: list(value) if isinstance(value, tuple) else value for key, value in subject.constraints.values.items()
    }
    return {"path": subject.path, **(extra or {}), **values, "line": subject.location.line}


def from_dict(document: YamlMapping) -> Contract:
    """Return the contract of a loaded lock; the origin of a location is the page's line.

    A contract without a page is a specification's. Raises InputError unless the data is as `to_dict` returns it.
    """
    try:
        return _contract(document)
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        sentence = f"was not written by this version of `read --lock` ({problem!r}); write it again"
        raise InputError(sentence, document.location) from problem


def _contract(document: YamlMapping) -> Contract:
    page = Page(**document["page"]) if "page" in document else None
    operation, response = document["operation"], document["response"]
    return Contract(
        witness=Witness.LOCK if page else Witness.SPECIFICATION,
        operation=Operation(operation["method"], operation["url"], _location(operation, page)),
        parameters=tuple(
            Parameter(entry["path"], entry["in"], _constraints(entry), _location(entry, page))
            for entry in document["parameters"]
        ),
        body=_fields(document["body"], page),
        response=ResponseFacts(response["status"], _fields(response["fields"], page), _location(response, page)),
        page=page,
        operation_metadata=tuple(_metadata_facts(document.get("metadata", ()))),
    )


def _metadata_facts(entries: Sequence[YamlMapping]) -> Iterator[Fact]:
    for entry in entries:
        for key, value in _values(entry, "part", "path", "line").items():
            yield Fact(entry["part"], entry["path"], key, value, entry.location)


def _fields(entries: Sequence[YamlMapping], page: Page | None) -> tuple[Field, ...]:
    return tuple(Field(entry["path"], _constraints(entry), _location(entry, page)) for entry in entries)


def _location(entry: YamlMapping, page: Page | None) -> Location:
    return evolve(entry.location, origin=Location(page.name, entry["line"]) if page else None)


def _constraints(entry: YamlMapping) -> Constraints:
    return Constraints(_values(entry, "path", "in", "line"))


def _values(entry: YamlMapping, *excluded: str) -> dict[str, Value]:
    """Return the values of an entry without some keys, with tuples for lists."""
    return {
        key: tuple(value) if isinstance(value, YamlSequence) else value
        for key, value in entry.items()
        if key not in excluded
    }
