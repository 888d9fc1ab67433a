"""Mutations of a contract: each of its facts changed, removed or repeated."""

import re
from collections.abc import Iterator, Mapping, Sequence
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

VALUES: Mapping[str, Sequence[Value]] = {
    "type": ("string", "integer", "number", "boolean", "object"),
    "format": ("uuid", "int64", "int32", "date-time", "double"),
    "nullable": (True,),
    "required": (True,),
    "deprecated": (True,),
    "x-sunset": ("2027-06-01", "2028-06-01"),
    "readOnly": (True,),
    "writeOnly": (True,),
    "default": ("a", "b"),
    "enum": (("A", "B"), ("A",)),
    "minLength": (2,),
    "maxLength": (9,),
    "pattern": ("[a-z]+", "[a-z]*"),
    "minimum": (1,),
    "maximum": (9,),
    "exclusiveMinimum": (1,),
    "exclusiveMaximum": (9,),
    "minItems": (1,),
    "maxItems": (9,),
    "uniqueItems": (True,),
    "minProperties": (1,),
    "maxProperties": (9,),
    "x-unique-within": ("cloud", "registry", "repository", "folder"),
    "x-unit": ("second", "byte"),
    "x-one-of": (("id", "name"), ("id", "digest")),
    "x-same-as": ("$", "config"),
    "method": ("GET", "POST", "DELETE"),
    "status": (200, 201, 204),
    "in": ("path", "query"),
}
"""Keyword -> what can be said instead of a value, and first what is said of a subject without one.

A keyword that facts get has to have a line here.
"""

COUNTS = frozenset(keyword for keyword in VALUES if keyword.startswith(("min", "max", "exclusive")))
"""Keywords whose other values are the neighbours of a value."""

NOT_LEFT_OUT = frozenset({"method", "url", "status", "in"})
ADDED = VALUES.keys() - NOT_LEFT_OUT - {"type", "nullable", "x-same-as", "x-sunset"}
"""Keywords that are added to a subject; a page says `nullable` by its type, and announces no removal."""

OF_MAPS = frozenset(
    {"enum", "minLength", "maxLength", "pattern", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"}
)
"""The keywords that are added to the values and keys of maps; these have no name, and are not required."""


def _others(keyword: str, value: Value) -> Sequence[Value]:
    """Return what can be said instead of a value."""
    if keyword == "url":
        return _other_urls(str(value))
    if keyword in COUNTS and isinstance(value, int):
        return value - 1, value + 1, value * 10
    return [other for other in VALUES[keyword] if other != value]


def _other_urls(url: str) -> Sequence[Value]:
    urls = [
        url.replace("https://", "http://"),
        url.replace("://", "://eu."),
        url.replace("/v1/", "/v2/"),
        re.sub(r"(?<=\w)s(?=/|$)", "", url, count=1),
        re.sub(r"\{(\w+)\}", r"{\1Name}", url),
        url + ":read",
    ]
    return [other for other in urls if other != url]


def mutations(contract: Contract) -> Iterator[Mutation]:
    """Yield every mutation of a contract, one statement each."""
    for fact in contract.facts():
        if fact.keyword not in NOT_LEFT_OUT:
            yield Mutation(fact.part, fact.path, fact.keyword, ABSENT)
        for value in _others(fact.keyword, fact.value):
            yield Mutation(fact.part, fact.path, fact.keyword, value)
    for part, subject in subjects(contract):
        path = subject.path
        added = (OF_MAPS if of_map(path) else ADDED) - subject.constraints.values.keys()
        yield from (Mutation(part, path, keyword, VALUES[keyword][0]) for keyword in VALUES if keyword in added)
        if of_map(path):
            continue
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
