"""Facts written down: the JSON and YAML form of a contract, back from it, and the table that a person reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from attrs import evolve

from generator.errors import InputError, Location
from generator.yaml_document import YamlMapping, YamlSequence

from .facts import Constraints, Contract, Fact, Field, Operation, Page, Parameter, Response, Value, Witness


def to_dict(contract: Contract) -> dict[str, Any]:
    """The plain form of a contract: mappings, lists and scalars in a fixed order, fit for JSON and YAML."""
    page = contract.page
    plain: dict[str, Any] = {}
    if page is not None:
        plain["page"] = {
            "name": page.name,
            "sha256": page.sha256,
            "layout": page.layout,
            "language": page.language,
            "generation": page.generation,
        }
    operation = contract.operation
    plain["operation"] = {"method": operation.method, "url": operation.url, "line": operation.location.line}
    plain["parameters"] = [_subject(one, {"in": one.in_}) for one in contract.parameters]
    plain["body"] = [_subject(one) for one in contract.body]
    response = contract.response
    plain["response"] = {
        "status": response.status,
        "line": response.location.line,
        "fields": [_subject(one) for one in response.fields],
    }
    plain["unread"] = [{"line": one.location.line, "text": one.text} for one in contract.unparsed]
    if contract.contradictions:
        plain["disagreements"] = [
            {"line": one.location.line, "other_line": one.other.line, "text": one.text}
            for one in contract.contradictions
        ]
    if contract.operation_metadata:
        plain["besides"] = _metadata(contract.operation_metadata)
    return plain


def _metadata(facts: Sequence[Fact]) -> list[dict[str, Any]]:
    """The operation metadata, subject by subject; the line is that of what is said first."""
    subjects: dict[tuple[str, str], dict[str, Any]] = {}
    for one in facts:
        said = subjects.setdefault(
            (one.part, one.path), {"part": one.part, "path": one.path, "line": one.location.line}
        )
        said[one.keyword] = list(one.value) if isinstance(one.value, tuple) else one.value
    return list(subjects.values())


def _subject(subject: Parameter | Field, extra: Mapping[str, Value] | None = None) -> dict[str, Any]:
    values = {
        key: list(value) if isinstance(value, tuple) else value for key, value in subject.constraints.values.items()
    }
    return {"path": subject.path, **(extra or {}), **values, "line": subject.location.line}


def from_dict(document: YamlMapping) -> Contract:
    """The contract of a loaded lock. Its locations are those of the lock, and their origin is the page's line.

    One without a page is a specification's. Raises InputError where the form is not that of `to_dict`.
    """
    try:
        return _contract(document)
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        sentence = f"holds no facts as this version of `read --lock` writes them ({problem!r}); write it anew"
        raise InputError(sentence, document.location) from problem


def _contract(document: YamlMapping) -> Contract:
    page = Page(**document["page"]) if "page" in document else None
    operation, response = document["operation"], document["response"]
    return Contract(
        witness=Witness.LOCK if page else Witness.SPECIFICATION,
        operation=Operation(operation["method"], operation["url"], _location(operation, page)),
        parameters=tuple(
            Parameter(one["path"], one["in"], _constraints(one), _location(one, page)) for one in document["parameters"]
        ),
        body=_fields(document["body"], page),
        response=Response(response["status"], _fields(response["fields"], page), _location(response, page)),
        page=page,
        operation_metadata=tuple(_metadata_facts(document.get("besides", ()))),
    )


def _metadata_facts(entries: Sequence[YamlMapping]) -> Iterator[Fact]:
    for one in entries:
        for key, value in one.items():
            if key not in {"part", "path", "line"}:
                said = tuple(value) if isinstance(value, YamlSequence) else value
                yield Fact(one["part"], one["path"], key, said, one.location)


def _fields(entries: Sequence[YamlMapping], page: Page | None) -> tuple[Field, ...]:
    return tuple(Field(one["path"], _constraints(one), _location(one, page)) for one in entries)


def _location(entry: YamlMapping, page: Page | None) -> Location:
    return evolve(entry.location, origin=Location(page.name, entry["line"]) if page else None)


def _constraints(entry: YamlMapping) -> Constraints:
    said: dict[str, Value] = {}
    for key, value in entry.items():
        if key not in {"path", "in", "line"}:
            said[key] = tuple(value) if isinstance(value, YamlSequence) else value
    return Constraints(said)
