"""`$ref`s followed through a document and into other files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Protocol, cast
from urllib.parse import urlsplit
from urllib.request import url2pathname

from attrs import frozen
from referencing import Registry, Resource
from referencing.exceptions import Unresolvable
from referencing.jsonschema import DRAFT202012

from generator.errors import InputError, Location

from .files import real_path
from .loading import MAXIMUM_NODES, YamlMapping, load

MAX_EXPANDED_FIELDS = 20_000
"""Larger specifications are rejected: fields that refer twice to the next schema double each time."""

Read = Callable[[Path], YamlMapping]
"""Reads a document from its path."""


class _Resolver(Protocol):
    """The resolver of `referencing`, whose class is not public."""

    def lookup(self, ref: str) -> Any: ...


@frozen
class References:
    """Follows `$ref`s from one document, through other files too.

    The resolving itself (RFC 3986 and JSON Pointer, percent-encoding, relative files) is `referencing`'s.
    """

    _resolver: _Resolver

    @classmethod
    def of(cls, document: YamlMapping, path: Path | None = None, read: Read = load) -> References:
        """References as seen from the root of a loaded document.

        `path` is its real path, if its locations name another; `read` loads the other documents.
        """
        base = real_path(path or Path(document.location.file)).as_uri()
        registry: Registry[Any] = Registry(retrieve=cache(_Retrieval(read)))  # type: ignore[call-arg]  # an attrs alias of theirs
        return cls(registry.with_resource(base, DRAFT202012.create_resource(document)).resolver(base))

    def resolve(self, node: Any) -> tuple[Any, References]:
        """Follow the `$ref`s of a node; return their target, and the references as seen from there.

        Raises InputError for a reference that leads nowhere or in a circle.
        """
        *_, last = self.resolve_chain(node)
        return last

    def resolve_chain(self, node: Any) -> Iterator[tuple[Any, References]]:
        """Yield a node and the target of each of its `$ref`s, each with the references as seen from it.

        Siblings of a `$ref` count in a schema; hence the steps. Raises InputError as `resolve` does.
        """
        resolver, passed = self._resolver, set[int]()
        yield node, self
        while isinstance(node, YamlMapping) and "$ref" in node:
            location, reference = node.location_of("$ref"), node["$ref"]
            if not isinstance(reference, str):
                raise InputError("`$ref` must be a string", location)
            if id(node) in passed:
                raise InputError(f"`$ref: {reference}` leads in a circle", location)
            passed.add(id(node))
            try:
                resolved = resolver.lookup(reference)
            except (Unresolvable, ValueError) as problem:
                why = _unreadable(problem)
                sentence = f"leads to {why}" if why else f"`$ref: {reference}` leads nowhere"
                raise InputError(sentence, location) from problem
            node, resolver = resolved.contents, resolved.resolver
            yield node, References(resolver)


def iter_references(node: Any) -> Iterator[str]:
    """Yield the `$ref`s in a part of a document, at any depth."""
    if isinstance(node, dict):
        table = cast("dict[str, Any]", node)
        if isinstance(table.get("$ref"), str):
            yield table["$ref"]
        for value in table.values():
            yield from iter_references(value)
    elif isinstance(node, list):
        for item in cast("list[object]", node):
            yield from iter_references(item)


def count_nodes(node: Any) -> int:
    """Count the keys and values in a part of a document, aliases expanded."""
    if isinstance(node, dict):
        table = cast("dict[str, Any]", node)
        return 1 + len(table) + sum(map(count_nodes, table.values()))
    return 1 + sum(map(count_nodes, cast("list[object]", node))) if isinstance(node, list) else 1


def _unreadable(problem: BaseException | None) -> InputError | None:
    """Find the error of `_Retrieval`, which `referencing` wraps in its own."""
    while problem is not None and not isinstance(problem, InputError):
        problem = problem.__cause__
    return problem


class _Retrieval:
    """Reads the documents that are referred to, and rejects more of them than one document may hold."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._nodes = 0

    def __call__(self, uri: str) -> Resource[Any]:
        parts = urlsplit(uri)
        if parts.scheme != "file":
            raise InputError("refers to another host; keep a copy of that document beside this one", Location(uri))
        path = Path(url2pathname(parts.path))
        shown = path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
        document = self._read(shown)
        self._nodes += count_nodes(document)
        if self._nodes > MAXIMUM_NODES:
            sentence = f"makes the documents referred to hold more than {MAXIMUM_NODES} keys and values; describe fewer"
            raise InputError(sentence, document.location)
        return DRAFT202012.create_resource(document)
