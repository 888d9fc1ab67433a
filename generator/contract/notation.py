"""Facts written down: the JSON/YAML form of a contract and back. The form is the design's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .facts import KEYWORDS, Constraints, Contract, Field, Operation, Page, Parameter, Response, Value, Witness
from .places import Place, Unreadable


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
    return notation


def _subject(subject: Parameter | Field, extra: Mapping[str, Value] | None = None) -> dict[str, Any]:
    values = {
        key: list(value) if isinstance(value, tuple) else value for key, value in subject.constraints.values.items()
    }
    return {"path": subject.path, **(extra or {}), **values, "line": subject.place.line}


def from_notation(notation: Mapping[str, Any], file: str, witness: Witness = Witness.LOCK) -> Contract:
    """A contract from its plain form. The lines in it are the page's; `file` is named where they are reported.

    Raises Unreadable where the form is not the design's.
    """
    try:
        return _contract(notation, file, witness)
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        raise Unreadable(f"these are not facts as `read` writes them ({problem!r})", Place(file)) from problem


def _contract(notation: Mapping[str, Any], file: str, witness: Witness) -> Contract:
    operation, response = notation["operation"], notation["response"]
    return Contract(
        witness=witness,
        operation=Operation(operation["method"], operation["url"], Place(file, operation["line"])),
        parameters=tuple(
            Parameter(one["path"], one["in"], _constraints(one), Place(file, one["line"]))
            for one in notation["parameters"]
        ),
        body=_fields(notation["body"], file),
        response=Response(response["status"], _fields(response["fields"], file), Place(file, response["line"])),
        page=Page(**notation["page"]) if "page" in notation else None,
    )


def _fields(entries: Sequence[Mapping[str, Any]], file: str) -> tuple[Field, ...]:
    return tuple(Field(one["path"], _constraints(one), Place(file, one["line"])) for one in entries)


def _constraints(entry: Mapping[str, Any]) -> Constraints:
    said = {key: value for key, value in entry.items() if key not in {"path", "in", "line"}}
    unknown = sorted(said.keys() - KEYWORDS.keys())
    if unknown:
        raise ValueError(f"unknown keyword {unknown[0]}")
    return Constraints({key: tuple(value) if isinstance(value, list) else value for key, value in said.items()})
