"""Load YAML and JSON files as plain data that remembers its lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from attrs import evolve, frozen

from generator.errors import InputError, Location, join_pointer

from .files import MAXIMUM_BYTES, load_text

MAXIMUM_NODES = 50_000
"""The most keys and values, aliases expanded: the largest specification here has a few hundred."""

MAXIMUM_DEPTH = 100
"""The deepest nesting: no specification needs more, and recursion has an end."""

MAXIMUM_DIGITS = 40
"""The longest integer: no keyword needs more digits, and Python parses them slowly."""

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
"""The keys of an OpenAPI path item that are operations."""


class YamlMapping(dict[str, Any]):
    """A mapping of a document that knows its location and the line of each of its keys."""

    def __init__(self, location: Location) -> None:
        super().__init__()
        self.location = location
        self.lines: dict[str, int] = {}

    def location_of(self, key: str) -> Location:
        """Return the location of a key; that of the mapping if it has no such key."""
        return _child_location(self.location, key, self.lines[key]) if key in self.lines else self.location


class YamlSequence(list[Any]):
    """A list of a document that knows its location and the line of each of its items."""

    def __init__(self, location: Location) -> None:
        super().__init__()
        self.location = location
        self.lines: list[int] = []

    def location_of(self, index: int) -> Location:
        """Return the location of an item."""
        return _child_location(self.location, str(index), self.lines[index])


def _child_location(location: Location, token: str, line: int) -> Location:
    return Location(location.file, line, pointer=join_pointer(location.pointer, token))


_SCALARS = (
    ("null", r"^(?:null|~|)$", ("", "n", "~")),
    ("bool", r"^(?:true|false)$", "tf"),
    ("int", r"^-?(?:0|[1-9][0-9]*)$", "-0123456789"),
    ("float", r"^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?$", "-0123456789"),
)
"""The part of YAML 1.2's core schema that is JSON's: tag, pattern, and the first characters of such a scalar."""

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


def load(path: Path) -> YamlMapping:
    """Load the document in a YAML or JSON file.

    Raises InputError for a file that cannot be read, is not UTF-8 or not YAML, has a duplicate key, a key that
    is not a string, or anything but a mapping at its top.
    """
    return loads(load_text(path), str(path))


def loads(text: str, file: str) -> YamlMapping:
    """Load the document in a text; `file` is its name in errors and locations. Raises InputError as `load` does."""
    try:
        _hold_size(text, file)
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
    """Format a syntax error; if it began in an earlier line, name that too."""
    began = problem.context_mark.line + 1 if problem.context_mark else line
    context = f"{problem.context} from line {began}, " if began != line else ""
    return f"{context}{problem.problem or problem.context}"


def _hold_size(text: str, file: str) -> None:
    """Reject a text that would crash the parser, which recurses in C and keeps every node."""
    depth = nodes = 0
    for event in yaml.parse(text, Loader=_Loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        nodes += isinstance(event, yaml.NodeEvent)
        if depth > MAXIMUM_DEPTH or nodes > MAXIMUM_NODES:
            line = event.start_mark.line + 1 if event.start_mark else 0
            _hold_extent(_Extent(nodes, 0, depth), Location(file, line))


@frozen
class _Extent:
    """The keys and values of a part of a document, their characters and their depth, aliases expanded."""

    nodes: int
    characters: int
    depth: int


def _hold_extent(extent: _Extent, location: Location) -> None:
    if extent.depth > MAXIMUM_DEPTH:
        raise InputError(f"is nested more than {MAXIMUM_DEPTH} levels deep", location)
    if extent.nodes > MAXIMUM_NODES:
        raise InputError(f"holds more than {MAXIMUM_NODES} keys and values, aliases expanded; describe fewer", location)
    if extent.characters > MAXIMUM_BYTES:
        raise InputError(f"holds more than {MAXIMUM_BYTES} characters, aliases expanded; describe fewer", location)


class _Construction:
    """One document being built from its nodes; a node reached by two aliases is built once and counted twice."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.built: dict[int, YamlMapping | YamlSequence] = {}
        self.extents: dict[int, _Extent] = {}

    def value(self, node: yaml.Node, above: tuple[int, ...], location: Location) -> Any:
        if isinstance(node, yaml.ScalarNode):
            return self.scalar(node, location)
        if id(node) in above:
            raise InputError("is an alias of what it stands in; write the value out", location)
        if id(node) not in self.built:
            below = (*above, id(node))
            own = evolve(location, line=node.start_mark.line + 1)
            self.built[id(node)] = (
                self.table(node, below, own) if isinstance(node, yaml.MappingNode) else self.row(node, below, own)
            )
        return self.built[id(node)]

    def count(self, node: yaml.Node, children: Iterator[yaml.Node], location: Location) -> None:
        """Add up the extents of a collection's children. Raises InputError if they are too large."""
        below = [self.extents.get(id(child)) or _Extent(1, len(child.value), 0) for child in children]
        extent = _Extent(
            1 + sum(extent.nodes for extent in below),
            sum(extent.characters for extent in below),
            1 + max((extent.depth for extent in below), default=0),
        )
        _hold_extent(extent, location)
        self.extents[id(node)] = extent

    def scalar(self, node: yaml.ScalarNode, location: Location) -> str | int | float | bool | None:
        tag, text = node.tag.removeprefix("tag:yaml.org,2002:"), node.value
        if tag not in _READ or (len(text) > MAXIMUM_DIGITS and tag == "int"):
            raise InputError(f"has the tag or value {tag[:40]!r}, which JSON cannot express", location)
        return _READ[tag](text)

    def table(self, node: yaml.MappingNode, above: tuple[int, ...], location: Location) -> YamlMapping:
        table = YamlMapping(location)
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                raise InputError("has a key that is not a string; use a string", evolve(location, line=line))
            key = str(key_node.value)
            if key in table:
                first = table.lines[key]
                sentence = f"the key {key!r} is duplicated (first in line {first}); remove one"
                raise InputError(sentence, evolve(table.location_of(key), line=line))
            table.lines[key] = line
            table[key] = self.value(value_node, above, table.location_of(key))
        self.count(node, (child for pair in node.value for child in pair), location)
        return table

    def row(self, node: yaml.Node, above: tuple[int, ...], location: Location) -> YamlSequence:
        row = YamlSequence(location)
        for index, item in enumerate(node.value):
            row.lines.append(item.start_mark.line + 1)
            row.append(self.value(item, above, row.location_of(index)))
        self.count(node, iter(node.value), location)
        return row
