"""Mutations of a contract: each of its facts changed, removed or repeated."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

from attrs import evolve, frozen

from generator.contract.difference import ABSENT, Absence
from generator.contract.facts import Constraints, Contract, Field, Parameter, Value
from generator.contract.text import format_value


@frozen
class Mutation:
    """A false statement: of a subject, by a keyword, with the value said instead; ABSENT where nothing is said.

    Three keywords are no facts: `path` says that the subject is called otherwise, `again` adds a subject, and an
    empty one drops the subject.
    """

    part: str
    path: str
    keyword: str
    value: Value | Absence

    def __str__(self) -> str:
        statements = "is left out" if isinstance(self.value, Absence) else f"is {format_value(self.value)}"
        return " ".join(word for word in (self.path or self.part, self.keyword, statements) if word)


Subject = TypeVar("Subject", Parameter, Field)

TYPES = ("string", "integer", "number", "boolean", "object")
FORMATS = ("int64", "int32", "date-time", "double", "uuid")


def _but(values: Sequence[Value]) -> Callable[[Value], Sequence[Value]]:
    return lambda value: [other for other in values if other != value]


def _about(value: Value) -> Sequence[Value]:
    assert isinstance(value, int)
    return [value - 1, value + 1, value * 10]


def _other_urls(url: Value) -> Sequence[Value]:
    assert isinstance(url, str)
    urls = [
        url.replace("https://", "http://"),
        url.replace("://", "://eu."),
        url.replace("/v1/", "/v2/"),
        re.sub(r"(?<=\w)s(?=/|$)", "", url, count=1),
        re.sub(r"\{(\w+)\}", r"{\1Name}", url),
        url + ":read",
    ]
    return [other for other in urls if other != url]


OTHERS: Mapping[str, Callable[[Value], Sequence[Value]]] = {
    "type": _but(TYPES),
    "format": _but(FORMATS),
    "nullable": _but([True]),
    "required": _but([True]),
    "deprecated": _but([True]),
    "x-sunset": _but(["2027-06-01", "2028-06-01"]),
    "readOnly": _but([True]),
    "writeOnly": _but([True]),
    "default": _but(["a", "b"]),
    "enum": _but([("A", "B"), ("A",)]),
    "minLength": _about,
    "maxLength": _about,
    "pattern": _but(["[a-z]+", "[a-z]*"]),
    "minimum": _about,
    "maximum": _about,
    "exclusiveMinimum": _about,
    "exclusiveMaximum": _about,
    "minItems": _about,
    "maxItems": _about,
    "uniqueItems": _but([True]),
    "minProperties": _about,
    "maxProperties": _about,
    "x-unique-within": _but(["registry", "repository", "folder"]),
    "x-unit": _but(["byte", "second"]),
    "x-one-of": _but([("id", "name"), ("id", "digest")]),
    "x-same-as": _but(["$", "config"]),
    "method": _but(["GET", "POST", "DELETE"]),
    "url": _other_urls,
    "status": _but([200, 201, 204]),
    "in": _but(["path", "query"]),
}
"""Keyword -> what could be said instead of a value. A keyword that facts get has to have a line here."""

ADDED: Mapping[str, Value] = {
    "format": "uuid",
    "required": True,
    "deprecated": True,
    "readOnly": True,
    "writeOnly": True,
    "default": "a",
    "enum": ("A", "B"),
    "minLength": 2,
    "maxLength": 9,
    "pattern": "[a-z]+",
    "minimum": 1,
    "maximum": 9,
    "exclusiveMinimum": 1,
    "exclusiveMaximum": 9,
    "minItems": 1,
    "maxItems": 9,
    "uniqueItems": True,
    "minProperties": 1,
    "maxProperties": 9,
    "x-unique-within": "cloud",
    "x-unit": "second",
    "x-one-of": ("id", "name"),
}
"""Keyword -> a value to say of a subject of which nothing is said by it; a page says `nullable` by its type."""

OF_MAPS = frozenset(
    {"enum", "minLength", "maxLength", "pattern", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"}
)
"""The keywords that are added to the values and keys of maps; these have no name, and are not required."""

NOT_LEFT_OUT = frozenset({"method", "url", "status", "in"})


def mutations(contract: Contract) -> Iterator[Mutation]:
    """Yield every mutation of a contract, one statement each."""
    for fact in contract.facts():
        if fact.keyword not in NOT_LEFT_OUT:
            yield Mutation(fact.part, fact.path, fact.keyword, ABSENT)
        for value in OTHERS[fact.keyword](fact.value):
            yield Mutation(fact.part, fact.path, fact.keyword, value)
    for part, subject in subjects(contract):
        path, statements = subject.path, subject.constraints.values
        added = {keyword: value for keyword, value in ADDED.items() if keyword not in statements}
        if of_map(path):
            yield from (Mutation(part, path, keyword, value) for keyword, value in added.items() if keyword in OF_MAPS)
            continue
        yield from (Mutation(part, path, keyword, value) for keyword, value in added.items())
        yield Mutation(part, path, "", ABSENT)
        yield Mutation(part, path, "path", re.sub(r"(\w)(\[\])?$", r"\1Name\2", path))
        yield Mutation(part, path, "path", path.removesuffix("[]") if path.endswith("[]") else f"{path}[]")
        yield Mutation(part, path, "again", re.sub(r"(\w)(\[\])?$", r"\1Again", path))


def of_map(path: str) -> bool:
    """Return True for the values or the keys of a map."""
    return path.endswith(("{}", "{key}"))


def is_below(path: str, other: str) -> bool:
    """Return True if a path is that of a field or of the values or keys of another one."""
    return path.startswith((f"{other}.", f"{other}{{"))


def subjects(contract: Contract) -> Iterator[tuple[str, Parameter | Field]]:
    yield from (("parameter", parameter) for parameter in contract.parameters)
    yield from (("body", field) for field in contract.body)
    yield from (("response", field) for field in contract.response.fields)


def apply(contract: Contract, mutation: Mutation) -> Contract:
    """Apply a mutation to a contract."""
    operation, response = contract.operation, contract.response
    match mutation:
        case Mutation(part="operation", value=str(text)):
            statements = evolve(operation, url=text) if mutation.keyword == "url" else evolve(operation, method=text)
            return evolve(contract, operation=statements)
        case Mutation(keyword="status", value=int(status)):
            return evolve(contract, response=evolve(response, status=status))
        case Mutation(keyword="in", value=str(location)):
            moved = [
                evolve(parameter, in_=location) if parameter.path == mutation.path else parameter
                for parameter in contract.parameters
            ]
            return evolve(contract, parameters=tuple(moved))
        case Mutation(part="parameter"):
            return evolve(contract, parameters=tuple(_apply_each(contract.parameters, mutation)))
        case Mutation(part="body"):
            return evolve(contract, body=tuple(_apply_each(contract.body, mutation)))
        case _:
            return evolve(contract, response=evolve(response, fields=tuple(_apply_each(response.fields, mutation))))


def _apply_each(fields: Sequence[Subject], mutation: Mutation) -> Iterator[Subject]:
    for field in fields:
        if field.path == mutation.path and mutation.keyword not in {"path", ""}:
            yield from _changed(field, mutation)
        elif field.path == mutation.path or is_below(field.path, mutation.path):
            if mutation.keyword == "path":
                yield evolve(field, path=f"{mutation.value}{field.path.removeprefix(mutation.path)}")
            elif mutation.keyword:
                yield field
        else:
            yield field


def _changed(subject: Subject, mutation: Mutation) -> Iterator[Subject]:
    if mutation.keyword == "again":
        yield from (subject, evolve(subject, path=str(mutation.value)))
    else:
        values = {**subject.constraints.values, mutation.keyword: mutation.value}
        statements = {keyword: value for keyword, value in values.items() if not isinstance(value, Absence)}
        yield evolve(subject, constraints=Constraints(statements))
