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
"""What becomes more is refused once its references are followed: what refers twice to the next one doubles."""

Read = Callable[[Path], YamlMapping]
"""How a document is read from its path."""


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

        `path` is where it stands, if its locations have another name for that; `read` gives the other documents.
        """
        base = real_path(path or Path(document.location.file)).as_uri()
        registry: Registry[Any] = Registry(retrieve=cache(_Retrieval(read)))  # type: ignore[call-arg]  # an attrs alias of theirs
        return cls(registry.with_resource(base, DRAFT202012.create_resource(document)).resolver(base))

    def resolve(self, node: Any) -> tuple[Any, References]:
        """What a node stands for once its `$ref`s are followed, and the references as seen from there.

        Raises InputError for a reference that leads nowhere or in a circle.
        """
        *_, last = self.resolve_chain(node)
        return last

    def resolve_chain(self, node: Any) -> Iterator[tuple[Any, References]]:
        """A node and, one by one, what its `$ref`s lead to, each with the references as seen from it.

        What stands beside a `$ref` counts in a schema; hence the steps. Raises InputError as `follow` does.
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
                found = resolver.lookup(reference)
            except (Unresolvable, ValueError) as problem:
                why = _unreadable(problem)
                said = f"leads to {why}" if why else f"`$ref: {reference}` leads nowhere"
                raise InputError(said, location) from problem
            node, resolver = found.contents, found.resolver
            yield node, References(resolver)


def iter_references(node: Any) -> Iterator[str]:
    """What the `$ref`s in a part of a document say, at whatever depth."""
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
    """What `_retrieve` said, which `referencing` wraps in errors of its own."""
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
