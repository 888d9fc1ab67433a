"""Loads YAML and JSON files as plain data that remembers its lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from math import isfinite
from pathlib import Path
from typing import Any

import yaml
from attrs import evolve, frozen

from generator.errors import InputError, Location

from .files import MAXIMUM_BYTES, load_text
from .nodes import YamlMapping, YamlSequence
from .syntax import syntax_error

MAXIMUM_NODES = 50_000
"""The most keys and values of a document, aliases expanded; the largest specification here has a few hundred."""

MAXIMUM_DEPTH = 100
"""The deepest nesting: no specification needs more, and recursion must end."""

MAXIMUM_DIGITS = 40
"""The longest whole number: no keyword needs a longer one, and Python parses them slowly."""

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


_PARSERS: Mapping[str, Callable[[str], str | int | float | bool | None]] = {
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

    Raises InputError for a file that cannot be read, is not UTF-8 or not YAML, repeats a key, or is not a mapping.
    """
    return loads(load_text(path), str(path))


def loads(text: str, file: str) -> YamlMapping:
    """Load the document in a text; locations name it `file`. Raises InputError as `load` does."""
    try:
        _check_size(text, file)
        node = _Loader(text).get_single_node()
    except (yaml.YAMLError, RecursionError) as problem:
        raise syntax_error(problem, text, file) from problem
    if not isinstance(node, yaml.MappingNode):
        top = "a list" if isinstance(node, yaml.SequenceNode) else "a text" if text.strip() and node else "nothing"
        raise InputError(
            f"has no mapping at its top, but {top}; write `key: value` lines, such as `openapi: 3.1.0`", Location(file)
        )
    return _Construction(file).mapping(node, (id(node),), Location(file, node.start_mark.line + 1, pointer="#"))


def _check_size(text: str, file: str) -> None:
    """Raise InputError for a document that would end the parser, which recurses in C and keeps every node."""
    depth = nodes = 0
    for event in yaml.parse(text, Loader=_Loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        nodes += isinstance(event, yaml.NodeEvent)
        if depth > MAXIMUM_DEPTH or nodes > MAXIMUM_NODES:
            line = event.start_mark.line + 1 if event.start_mark else 0
            _check_extent(_Extent(nodes, 0, depth), Location(file, line))


@frozen
class _Extent:
    """The keys and values of a part of a document, their characters and their depth, aliases expanded."""

    nodes: int
    characters: int
    depth: int


def _check_extent(extent: _Extent, location: Location) -> None:
    if extent.depth > MAXIMUM_DEPTH:
        raise InputError(f"is nested more than {MAXIMUM_DEPTH} levels deep; flatten it", location)
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
            build = self.mapping if isinstance(node, yaml.MappingNode) else self.sequence
            self.built[id(node)] = build(node, (*above, id(node)), evolve(location, line=node.start_mark.line + 1))
        return self.built[id(node)]

    def count(self, node: yaml.Node, children: Iterator[yaml.Node], location: Location) -> None:
        """Add up the extents of a collection's children. Raises InputError if they are too large."""
        extents = [self.extents.get(id(child)) or _Extent(1, len(child.value), 0) for child in children]
        extent = _Extent(
            1 + sum(child.nodes for child in extents),
            sum(child.characters for child in extents),
            1 + max((child.depth for child in extents), default=0),
        )
        _check_extent(extent, location)
        self.extents[id(node)] = extent

    def scalar(self, node: yaml.ScalarNode, location: Location) -> str | int | float | bool | None:
        tag, text = node.tag.removeprefix("tag:yaml.org,2002:"), node.value
        value = None if tag not in _PARSERS or (len(text) > MAXIMUM_DIGITS and tag == "int") else _PARSERS[tag](text)
        if (value is None and tag != "null") or (isinstance(value, float) and not isfinite(value)):
            raise InputError(f"has the tag or value {tag[:40]!r}, which JSON cannot express; quote a text", location)
        return value

    def mapping(self, node: yaml.Node, above: tuple[int, ...], location: Location) -> YamlMapping:
        mapping = YamlMapping(location)
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                raise InputError("a key must be a text; quote a bracket at its start", evolve(location, line=line))
            key = str(key_node.value)
            if key == "<<" and key_node.style not in {"'", '"'}:
                sentence = "YAML 1.2 has no merge key `<<`; write the keys out, or refer to a component with `$ref`"
                raise InputError(sentence, evolve(location, line=line))
            if key in mapping:
                sentence = f"the key {key!r} is duplicated (first in line {mapping.lines[key]}); remove one"
                raise InputError(sentence, evolve(mapping.location_of(key), line=line))
            mapping.lines[key] = line
            mapping[key] = self.value(value_node, above, mapping.location_of(key))
        self.count(node, (child for pair in node.value for child in pair), location)
        return mapping

    def sequence(self, node: yaml.Node, above: tuple[int, ...], location: Location) -> YamlSequence:
        sequence = YamlSequence(location)
        for index, item in enumerate(node.value):
            sequence.lines.append(item.start_mark.line + 1)
            sequence.append(self.value(item, above, sequence.location_of(index)))
        self.count(node, iter(node.value), location)
        return sequence
