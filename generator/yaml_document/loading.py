"""YAML and JSON files as plain data that remembers its lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml
from attrs import evolve

from generator.errors import InputError, Location, join_pointer

MAXIMUM_DEPTH = 100
"""Deeper nesting is refused: no specification needs it, and recursion has an end."""

MAXIMUM_DIGITS = 40
"""Longer whole numbers are refused: no keyword needs one, and Python reads them slowly."""

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
"""The keys of an OpenAPI path item that are operations."""


class Table(dict[str, Any]):
    """A mapping of a document that knows its place and the line of each of its keys."""

    def __init__(self, place: Location) -> None:
        super().__init__()
        self.place = place
        self.lines: dict[str, int] = {}

    def at(self, key: str) -> Location:
        """Where a key stands; the place of the mapping where it has no such key."""
        return _below(self.place, key, self.lines[key]) if key in self.lines else self.place


class Row(list[Any]):
    """A list of a document that knows its place and the line of each of its items."""

    def __init__(self, place: Location) -> None:
        super().__init__()
        self.place = place
        self.lines: list[int] = []

    def at(self, index: int) -> Location:
        """Where an item stands."""
        return _below(self.place, str(index), self.lines[index])


def _below(place: Location, token: str, line: int) -> Location:
    return Location(place.file, line, pointer=join_pointer(place.pointer, token))


_SCALARS = (
    ("null", r"^(?:null|~|)$", ("", "n", "~")),
    ("bool", r"^(?:true|false)$", "tf"),
    ("int", r"^-?(?:0|[1-9][0-9]*)$", "-0123456789"),
    ("float", r"^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?$", "-0123456789"),
)
"""YAML 1.2's core schema, as far as it is JSON's: tag, form, and the characters that such a scalar starts with."""

RESOLVERS: dict[str, list[tuple[str, re.Pattern[str]]]] = {
    first: [(f"tag:yaml.org,2002:{tag}", re.compile(form)) for tag, form, firsts in _SCALARS if first in tuple(firsts)]
    for first in ("", *"ntf~-0123456789")
}


_READ: Mapping[str, Callable[[str], str | int | float | bool | None]] = {
    "str": str,
    "int": int,
    "float": float,
    "bool": "true".__eq__,
    "null": lambda _text: None,
}


class _Loader(yaml.CSafeLoader):
    """YAML 1.2's core schema: `no` and `2026-11-01` are strings, as in JSON."""

    yaml_implicit_resolvers: dict[str, Any] = RESOLVERS  # PyYAML declares it so


def load(path: Path) -> Table:
    """The document in a YAML or JSON file.

    Raises InputError for a file that cannot be read, is not UTF-8 or not YAML, has a key twice, a key that
    is no string, or anything but a mapping at its top.
    """
    return loads(text_in(path), str(path))


def text_in(path: Path) -> str:
    """The text in a file. Raises InputError for one that cannot be read or is not UTF-8."""
    return text_of(bytes_in(path), str(path))


def bytes_in(path: Path) -> bytes:
    """What a file holds. Raises InputError for one that cannot be read."""
    try:
        return path.read_bytes()
    except OSError as problem:
        raise InputError(f"cannot be read: {problem.strerror}", Location(str(path))) from problem


def text_of(content: bytes, file: str) -> str:
    """The text in what a file holds. Raises InputError for what is not UTF-8."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise InputError(f"is not UTF-8 (byte {problem.start}); save it as UTF-8", Location(file)) from problem


def loads(text: str, file: str) -> Table:
    """The document in a text; `file` is what errors and places call it. Raises InputError as `load` does."""
    try:
        _hold_depth(text, file)
        node = _Loader(text).get_single_node()
    except yaml.MarkedYAMLError as problem:
        line = problem.problem_mark.line + 1 if problem.problem_mark else 0
        raise InputError(f"is not YAML: {_explained(problem, line)}", Location(file, line)) from problem
    except (yaml.YAMLError, RecursionError) as problem:
        raise InputError(f"is not YAML: {str(problem).splitlines()[0]}", Location(file)) from problem
    if not isinstance(node, yaml.MappingNode):
        raise InputError("has no mapping at its top; an OpenAPI document starts with `openapi: 3.1.0`", Location(file))
    return _Construction(file).table(node, (id(node),), Location(file, node.start_mark.line + 1, pointer="#"))


def _explained(problem: yaml.MarkedYAMLError, line: int) -> str:
    """What is wrong, and what began in another line and should have ended before."""
    began = problem.context_mark.line + 1 if problem.context_mark else line
    context = f"{problem.context} from line {began}, " if began != line else ""
    return f"{context}{problem.problem or problem.context}"


def _hold_depth(text: str, file: str) -> None:
    """Refuse nesting on which the parser, which recurses in C, would end the whole program."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAXIMUM_DEPTH:
            line = event.start_mark.line + 1 if event.start_mark else 0
            raise InputError(f"is nested more than {MAXIMUM_DEPTH} levels deep", Location(file, line))


class _Construction:
    """One document being built from its nodes; a node reached by two aliases is built once."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.built: dict[int, Table | Row] = {}

    def value(self, node: yaml.Node, above: tuple[int, ...], place: Location) -> Any:
        if isinstance(node, yaml.ScalarNode):
            return self.scalar(node, place)
        if id(node) in above:
            raise InputError("is an alias of what it stands in; write the value out", place)
        if id(node) not in self.built:
            below = (*above, id(node))
            own = evolve(place, line=node.start_mark.line + 1)
            self.built[id(node)] = (
                self.table(node, below, own) if isinstance(node, yaml.MappingNode) else self.row(node, below, own)
            )
        return self.built[id(node)]

    def scalar(self, node: yaml.ScalarNode, place: Location) -> str | int | float | bool | None:
        tag, text = node.tag.removeprefix("tag:yaml.org,2002:"), node.value
        if tag not in _READ or (len(text) > MAXIMUM_DIGITS and tag == "int"):
            raise InputError(f"has the tag or value {tag[:40]!r}, which JSON cannot express", place)
        return _READ[tag](text)

    def table(self, node: yaml.MappingNode, above: tuple[int, ...], place: Location) -> Table:
        table = Table(place)
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                raise InputError("has a key that is no string", evolve(place, line=line))
            key = str(key_node.value)
            if key in table:
                first = table.lines[key]
                sentence = f"the key {key!r} stands twice in one mapping (first in line {first})"
                raise InputError(sentence, evolve(table.at(key), line=line))
            table.lines[key] = line
            table[key] = self.value(value_node, above, table.at(key))
        return table

    def row(self, node: yaml.Node, above: tuple[int, ...], place: Location) -> Row:
        row = Row(place)
        for index, item in enumerate(node.value):
            row.lines.append(item.start_mark.line + 1)
            row.append(self.value(item, above, row.at(index)))
        return row
