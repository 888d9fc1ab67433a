"""YAML and JSON files as plain data that remembers its lines, and `$ref`s followed through them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

import yaml
from attrs import evolve, frozen
from referencing import Registry, Resource
from referencing._core import Resolver
from referencing.exceptions import Unresolvable
from referencing.jsonschema import DRAFT202012

from .contract.places import Place, Unreadable, below

MAXIMUM_DEPTH = 100
"""Deeper nesting is refused: no specification needs it, and recursion has an end."""

MAXIMUM_UNROLLED = 20_000
"""What becomes more is refused once its references are followed: what refers twice to the next one doubles."""

MAXIMUM_DIGITS = 40
"""Longer whole numbers are refused: no keyword needs one, and Python reads them slowly."""

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
"""The keys of an OpenAPI path item that are operations."""


class Table(dict[str, Any]):
    """A mapping of a document that knows its place and the line of each of its keys."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
        self.lines: dict[str, int] = {}

    def at(self, key: str) -> Place:
        """Where a key stands; the place of the mapping where it has no such key."""
        return _below(self.place, key, self.lines[key]) if key in self.lines else self.place


class Row(list[Any]):
    """A list of a document that knows its place and the line of each of its items."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
        self.lines: list[int] = []

    def at(self, index: int) -> Place:
        """Where an item stands."""
        return _below(self.place, str(index), self.lines[index])


def _below(place: Place, token: str, line: int) -> Place:
    return Place(place.file, line, pointer=below(place.pointer, token))


_SCALARS = (
    ("null", r"^(?:null|~|)$", ("", "n", "~")),
    ("bool", r"^(?:true|false)$", "tf"),
    ("int", r"^-?(?:0|[1-9][0-9]*)$", "-0123456789"),
    ("float", r"^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?$", "-0123456789"),
)
"""YAML 1.2's core schema, as far as it is JSON's: tag, form, and the characters that such a scalar starts with."""

_RESOLVERS: dict[str, list[tuple[str, re.Pattern[str]]]] = {
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

    yaml_implicit_resolvers: dict[str, Any] = _RESOLVERS  # PyYAML declares it so


class _Dumper(yaml.SafeDumper):
    """Quotes what either YAML 1.1 or 1.2 would read as anything but a string."""

    yaml_implicit_resolvers: dict[str, Any] = {  # noqa: RUF012  # PyYAML declares it so
        first: [*yaml.SafeDumper.yaml_implicit_resolvers.get(first, ()), *_RESOLVERS.get(first, ())]
        for first in {**yaml.SafeDumper.yaml_implicit_resolvers, **_RESOLVERS}
    }


def _represent(_dumper: _Dumper, text: str) -> yaml.ScalarNode:
    """Line breaks of Unicode's are written as escapes; PyYAML would fold them into spaces."""
    return yaml.ScalarNode("tag:yaml.org,2002:str", text, style='"' if _BREAKS & set(text) else None)


_BREAKS = frozenset("\x85\u2028\u2029")
_Dumper.add_representer(str, _represent)


def dumps(plain: Mapping[str, Any] | Sequence[Any]) -> str:
    """Plain data as YAML, keys in their order; a mapping or list that holds scalars alone takes one line."""
    return yaml.dump(plain, Dumper=_Dumper, sort_keys=False, allow_unicode=True, default_flow_style=None, width=10_000)


class _Blocks(_Dumper):
    """As a person lays YAML out: lists stand further in than their key, and text of several lines as it is."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: FBT001, FBT002, ARG002  # PyYAML's
        super().increase_indent(flow, False)  # noqa: FBT003

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002  # PyYAML's
        return True


def _represent_lines(_dumper: _Blocks, text: str) -> yaml.ScalarNode:
    lines = "\n" in text and not _BREAKS & set(text)
    return yaml.ScalarNode("tag:yaml.org,2002:str", text, style="|") if lines else _represent(_dumper, text)


def _represent_list(dumper: _Blocks, items: Sequence[Any]) -> yaml.Node:
    scalars = not any(isinstance(item, Mapping | Sequence) and not isinstance(item, str) for item in items)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=scalars)


_Blocks.add_representer(str, _represent_lines)
_Blocks.add_representer(list, _represent_list)


def laid_out(plain: Mapping[str, Any]) -> str:
    """Plain data as YAML for people: mappings in blocks, a list of scalars in brackets."""
    return yaml.dump(plain, Dumper=_Blocks, sort_keys=False, allow_unicode=True, default_flow_style=False, width=110)


def load(path: Path) -> Table:
    """The document in a YAML or JSON file.

    Raises Unreadable for a file that cannot be read, is not UTF-8 or not YAML, has a key twice, a key that
    is no string, or anything but a mapping at its top.
    """
    return loads(text_in(path), str(path))


def text_in(path: Path) -> str:
    """The text in a file. Raises Unreadable for one that cannot be read or is not UTF-8."""
    return text_of(bytes_in(path), str(path))


def bytes_in(path: Path) -> bytes:
    """What a file holds. Raises Unreadable for one that cannot be read."""
    try:
        return path.read_bytes()
    except OSError as problem:
        raise Unreadable(f"cannot be read: {problem.strerror}", Place(str(path))) from problem


def text_of(content: bytes, file: str) -> str:
    """The text in what a file holds. Raises Unreadable for what is not UTF-8."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise Unreadable(f"is not UTF-8 (byte {problem.start}); save it as UTF-8", Place(file)) from problem


def loads(text: str, file: str) -> Table:
    """The document in a text; `file` is what errors and places call it. Raises Unreadable as `load` does."""
    try:
        _hold_depth(text, file)
        node = _Loader(text).get_single_node()
    except yaml.MarkedYAMLError as problem:
        line = problem.problem_mark.line + 1 if problem.problem_mark else 0
        raise Unreadable(f"is not YAML: {_explained(problem, line)}", Place(file, line)) from problem
    except (yaml.YAMLError, RecursionError) as problem:
        raise Unreadable(f"is not YAML: {str(problem).splitlines()[0]}", Place(file)) from problem
    if not isinstance(node, yaml.MappingNode):
        raise Unreadable("has no mapping at its top; an OpenAPI document starts with `openapi: 3.1.0`", Place(file))
    return _Construction(file).table(node, (id(node),), Place(file, node.start_mark.line + 1, pointer="#"))


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
            raise Unreadable(f"is nested more than {MAXIMUM_DEPTH} levels deep", Place(file, line))


class _Construction:
    """One document being built from its nodes; a node reached by two aliases is built once."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.built: dict[int, Table | Row] = {}

    def value(self, node: yaml.Node, above: tuple[int, ...], place: Place) -> Any:
        if isinstance(node, yaml.ScalarNode):
            return self.scalar(node, place)
        if id(node) in above:
            raise Unreadable("is an alias of what it stands in; write the value out", place)
        if id(node) not in self.built:
            below = (*above, id(node))
            own = evolve(place, line=node.start_mark.line + 1)
            self.built[id(node)] = (
                self.table(node, below, own) if isinstance(node, yaml.MappingNode) else self.row(node, below, own)
            )
        return self.built[id(node)]

    def scalar(self, node: yaml.ScalarNode, place: Place) -> str | int | float | bool | None:
        tag, text = node.tag.removeprefix("tag:yaml.org,2002:"), node.value
        if tag not in _READ or (len(text) > MAXIMUM_DIGITS and tag == "int"):
            raise Unreadable(f"has the tag or value {tag[:40]!r}, which JSON cannot express", place)
        return _READ[tag](text)

    def table(self, node: yaml.MappingNode, above: tuple[int, ...], place: Place) -> Table:
        table = Table(place)
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                raise Unreadable("has a key that is no string", evolve(place, line=line))
            key = str(key_node.value)
            if key in table:
                first = table.lines[key]
                sentence = f"the key {key!r} stands twice in one mapping (first in line {first})"
                raise Unreadable(sentence, evolve(table.at(key), line=line))
            table.lines[key] = line
            table[key] = self.value(value_node, above, table.at(key))
        return table

    def row(self, node: yaml.Node, above: tuple[int, ...], place: Place) -> Row:
        row = Row(place)
        for index, item in enumerate(node.value):
            row.lines.append(item.start_mark.line + 1)
            row.append(self.value(item, above, row.at(index)))
        return row


Read = Callable[[Path], Table]
"""How a document is read from its path."""


@frozen
class References:
    """Follows `$ref`s from one document, through other files too.

    The resolving itself (RFC 3986 and JSON Pointer, percent-encoding, relative files) is `referencing`'s.
    """

    _resolver: Resolver[Any]

    @classmethod
    def of(cls, document: Table, path: Path | None = None, read: Read = load) -> References:
        """References as seen from the root of a loaded document.

        `path` is where it stands, if its places have another name for that; `read` gives the other documents.
        """
        base = (path or Path(document.place.file)).resolve().as_uri()
        registry: Registry[Any] = Registry(retrieve=cache(partial(_retrieve, read)))  # type: ignore[call-arg]  # an attrs alias of theirs
        return cls(registry.with_resource(base, DRAFT202012.create_resource(document)).resolver(base))

    def follow(self, node: Any) -> tuple[Any, References]:
        """What a node stands for once its `$ref`s are followed, and the references as seen from there.

        Raises Unreadable for a reference that leads nowhere or in a circle.
        """
        *_, last = self.steps(node)
        return last

    def steps(self, node: Any) -> Iterator[tuple[Any, References]]:
        """A node and, one by one, what its `$ref`s lead to, each with the references as seen from it.

        What stands beside a `$ref` counts in a schema; hence the steps. Raises Unreadable as `follow` does.
        """
        resolver, passed = self._resolver, set[int]()
        yield node, self
        while isinstance(node, Table) and "$ref" in node:
            place, reference = node.at("$ref"), node["$ref"]
            if not isinstance(reference, str):
                raise Unreadable("`$ref` must be a string", place)
            if id(node) in passed:
                raise Unreadable(f"`$ref: {reference}` leads in a circle", place)
            passed.add(id(node))
            try:
                found = resolver.lookup(reference)
            except (Unresolvable, ValueError) as problem:
                why = _unreadable(problem)
                said = f"leads to {why}" if why else f"`$ref: {reference}` leads nowhere"
                raise Unreadable(said, place) from problem
            node, resolver = found.contents, found.resolver
            yield node, References(resolver)


def _unreadable(problem: BaseException | None) -> Unreadable | None:
    """What `_retrieve` said, which `referencing` wraps in errors of its own."""
    while problem is not None and not isinstance(problem, Unreadable):
        problem = problem.__cause__
    return problem


def _retrieve(read: Read, uri: str) -> Resource[Any]:
    parts = urlsplit(uri)
    if parts.scheme != "file":
        raise Unreadable("refers to another host; keep a copy of that document beside this one", Place(uri))
    path = Path(url2pathname(parts.path))
    shown = path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
    return DRAFT202012.create_resource(read(shown))
