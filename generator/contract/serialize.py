"""Facts written down: the JSON and YAML form of a contract, back from it, and the table that a person reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from attrs import evolve

from generator.errors import InputError, Location
from generator.yaml_document import Row, Table

from .facts import Constraints, Contract, Fact, Field, Operation, Page, Parameter, Response, Value, Witness


def to_notation(contract: Contract) -> dict[str, Any]:
    """The plain form of a contract: mappings, lists and scalars in a fixed order, fit for JSON and YAML."""
    page = contract.page
    notation: dict[str, Any] = {}
    if page is not None:
        notation["page"] = {
            "name": page.name,
            "sha256": page.sha256,
            "layout": page.layout,
            "language": page.language,
            "generation": page.generation,
        }
    operation = contract.operation
    notation["operation"] = {"method": operation.method, "url": operation.url, "line": operation.place.line}
    notation["parameters"] = [_subject(one, {"in": one.location}) for one in contract.parameters]
    notation["body"] = [_subject(one) for one in contract.body]
    response = contract.response
    notation["response"] = {
        "status": response.status,
        "line": response.place.line,
        "fields": [_subject(one) for one in response.fields],
    }
    notation["unread"] = [{"line": one.place.line, "text": one.text} for one in contract.unread]
    if contract.disagreements:
        notation["disagreements"] = [
            {"line": one.place.line, "other_line": one.other.line, "text": one.text} for one in contract.disagreements
        ]
    if contract.besides:
        notation["besides"] = _besides(contract.besides)
    return notation


def _besides(facts: Sequence[Fact]) -> list[dict[str, Any]]:
    """What is said besides facts, subject by subject; the line is that of what is said first."""
    subjects: dict[tuple[str, str], dict[str, Any]] = {}
    for one in facts:
        said = subjects.setdefault((one.part, one.path), {"part": one.part, "path": one.path, "line": one.place.line})
        said[one.keyword] = list(one.value) if isinstance(one.value, tuple) else one.value
    return list(subjects.values())


def _subject(subject: Parameter | Field, extra: Mapping[str, Value] | None = None) -> dict[str, Any]:
    values = {
        key: list(value) if isinstance(value, tuple) else value for key, value in subject.constraints.values.items()
    }
    return {"path": subject.path, **(extra or {}), **values, "line": subject.place.line}


def from_notation(document: Table) -> Contract:
    """The contract of a loaded lock. Its places are those of the lock, and their origin is the page's line.

    One without a page is a specification's. Raises InputError where the form is not that of `to_notation`.
    """
    try:
        return _contract(document)
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        sentence = f"holds no facts as this version of `read --lock` writes them ({problem!r}); write it anew"
        raise InputError(sentence, document.place) from problem


def _contract(document: Table) -> Contract:
    page = Page(**document["page"]) if "page" in document else None
    operation, response = document["operation"], document["response"]
    return Contract(
        witness=Witness.LOCK if page else Witness.SPECIFICATION,
        operation=Operation(operation["method"], operation["url"], _place(operation, page)),
        parameters=tuple(
            Parameter(one["path"], one["in"], _constraints(one), _place(one, page)) for one in document["parameters"]
        ),
        body=_fields(document["body"], page),
        response=Response(response["status"], _fields(response["fields"], page), _place(response, page)),
        page=page,
        besides=tuple(_facts_besides(document.get("besides", ()))),
    )


def _facts_besides(entries: Sequence[Table]) -> Iterator[Fact]:
    for one in entries:
        for key, value in one.items():
            if key not in {"part", "path", "line"}:
                said = tuple(value) if isinstance(value, Row) else value
                yield Fact(one["part"], one["path"], key, said, one.place)


def _fields(entries: Sequence[Table], page: Page | None) -> tuple[Field, ...]:
    return tuple(Field(one["path"], _constraints(one), _place(one, page)) for one in entries)


def _place(entry: Table, page: Page | None) -> Location:
    return evolve(entry.place, origin=Location(page.name, entry["line"]) if page else None)


def _constraints(entry: Table) -> Constraints:
    said: dict[str, Value] = {}
    for key, value in entry.items():
        if key not in {"path", "in", "line"}:
            said[key] = tuple(value) if isinstance(value, Row) else value
    return Constraints(said)
