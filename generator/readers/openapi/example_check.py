"""Checks the examples of a document, its defaults and its enumerations against their schemas."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from urllib.parse import quote

from attrs import frozen
from jsonschema_rs import Draft202012, Draft202012Validator, Registry, ValidationError, ValidationErrorKind

from generator.contract.formats import INTEGER_LIMITS
from generator.errors import InputError, Location
from generator.yaml_document import References, YamlMapping, YamlSequence, location_at, real_path

from .grammar import Visited, WalkRoot, walk
from .values import shown_value


@frozen
class _Example:
    """A value in a document: its schema, a name for it, the table that holds it, and the path to it from there."""

    schema: YamlMapping
    name: str
    table: YamlMapping
    path: tuple[str | int, ...]

    def location(self, *path: str | int) -> Location:
        """Return the location of a part of the value."""
        return location_at(self.table, (*self.path, *path))

    @property
    def value(self) -> Any:
        """The value itself."""
        value: Any = self.table
        for step in self.path:
            value = value[step]
        return value


def example_problems(document: YamlMapping, references: References) -> Iterator[InputError]:
    """Yield the problems of the examples, defaults and enumerations.

    A schema that is invalid itself, which is a problem of its own, accepts any value.
    """
    problems: list[InputError] = []
    objects = list(walk(WalkRoot(document, "document", references, document.location), on_problem=problems.append))
    schemas = {_key(visited.table.location) for visited in objects if visited.kind == "schema"}
    owners = {(problem.location.file, problem.location.pointer.rpartition("/")[0]) for problem in problems}
    validators = _Validators(references, {file for file, _ in schemas}, frozenset(schemas & owners))
    for visited in objects:
        for example in _examples(visited):
            yield from _problems(example, validators)


def _key(location: Location) -> tuple[str, str]:
    """Return what identifies a schema: its file and its pointer."""
    return location.file, location.pointer


def _examples(visited: Visited) -> Iterator[_Example]:
    table = visited.table
    if visited.kind == "schema":
        for keyword in ("default", "example"):
            if keyword in table:
                yield _Example(table, keyword, table, (keyword,))
        for keyword, name in (("enum", "value of `enum`"), ("examples", "example")):
            if isinstance(table.get(keyword), YamlSequence):
                yield from (_Example(table, name, table, (keyword, index)) for index in range(len(table[keyword])))
    elif isinstance(schema := table.get("schema"), YamlMapping):
        if "example" in table:
            yield _Example(schema, "example", table, ("example",))
        for node in table["examples"].values() if isinstance(table.get("examples"), YamlMapping) else ():
            example = _resolved(node, visited.references)
            if isinstance(example, YamlMapping) and "value" in example:
                yield _Example(schema, "example", example, ("value",))


def _resolved(node: Any, references: References) -> Any:
    """Return the target of a node; None if its `$ref` leads nowhere, which is a problem of its own."""
    try:
        return references.resolve(node)[0]
    except InputError:
        return None


class _Validators:
    """Makes a validator of a schema, in which no object has more properties than those of its schema."""

    def __init__(self, references: References, files: Iterable[str], invalid: frozenset[tuple[str, str]]) -> None:
        """Make validators for the documents in some files; `invalid` are the files and pointers of invalid schemas."""
        self._references = references
        documents: list[tuple[str, Any]] = []
        for file in files:
            with suppress(InputError):  # a revision, which has no path
                documents.append((_uri(file), _closed(references.lookup(_uri(file)), invalid)))
        self._registry = Registry(documents, draft=Draft202012)

    def validator(self, schema: YamlMapping) -> Draft202012Validator:
        """Return the validator of a schema. Raises ValidationError for an invalid one."""
        reference = f"{_uri(schema.location.file)}#{quote(schema.location.pointer.removeprefix('#'))}"
        return Draft202012Validator(
            {"$ref": reference}, registry=self._registry, formats=_FORMATS, validate_formats=True
        )

    def properties(self, error: ValidationError) -> list[str]:
        """Return the properties of the schema that an error is about."""
        location = (error.absolute_keyword_location or "").removesuffix("additionalProperties")
        return list(self._references.lookup(f"{location}properties"))


def _uri(file: str) -> str:
    return real_path(Path(file)).as_uri()


def _closed(node: Any, invalid: frozenset[tuple[str, str]]) -> Any:
    """Return a document as plain data: schemas with properties allow no others, and invalid schemas allow anything."""
    if isinstance(node, YamlMapping):
        if _key(node.location) in invalid:
            return True
        plain = {key: _closed(value, invalid) for key, value in node.items()}
        return {"additionalProperties": False, **plain} if isinstance(node.get("properties"), YamlMapping) else plain
    return [_closed(item, invalid) for item in node] if isinstance(node, YamlSequence) else node


def _problems(example: _Example, validators: _Validators) -> Iterator[InputError]:
    try:
        validator = validators.validator(example.schema)
    except (ValidationError, InputError):
        return
    for error in validator.iter_errors(example.value):
        if isinstance(error.kind, ValidationErrorKind.AdditionalProperties):
            near = validators.properties(error)
            yield from (_unknown_property(example, error, name, near) for name in error.kind.unexpected)
        else:
            sentence = f"the {example.name} does not match its schema: {_reason(error)}"
            yield InputError(sentence, example.location(*error.instance_path))


def _unknown_property(example: _Example, error: ValidationError, name: str, properties: list[str]) -> InputError:
    near = get_close_matches(name, properties, n=1)
    advice = f"did you mean `{near[0]}`?" if near else "remove it, or add it to the schema"
    sentence = f"the {example.name} has `{name}`, which is not a property of its schema; {advice}"
    return InputError(sentence, example.location(*error.instance_path, name))


def _reason(error: ValidationError) -> str:
    if isinstance(error.kind, ValidationErrorKind.Format):
        return f"{shown_value(error.instance)} is not a valid {error.kind.format}"
    return " ".join(error.message.split())[:200]


def _is_base64(text: str) -> bool:
    try:
        b64decode(text.replace("-", "+").replace("_", "/"), validate=True)
    except ValueError:
        return False
    return True


def _matching(pattern: str) -> Callable[[str], bool]:
    return lambda text: re.fullmatch(pattern, text, re.ASCII) is not None


def _integer(least: int, most: int) -> Callable[[str], bool]:
    return lambda text: re.fullmatch(r"-?\d{1,20}", text, re.ASCII) is not None and least <= int(text) <= most


_FORMATS: dict[str, Callable[[str], bool]] = {
    **{name: _integer(least, most) for name, (least, most) in INTEGER_LIMITS.items()},
    "byte": _is_base64,
    "duration": _matching(r"-?\d{1,12}(\.\d{1,9})?s"),
    "field-mask": _matching(r"(\w+(\.\w+)*(,\w+(\.\w+)*)*)?"),
}
"""Format of a text in proto3 JSON -> its test; the library knows the other formats."""
