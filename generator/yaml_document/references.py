"""Follows `$ref`s through a document and into other files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any, Protocol, cast
from urllib.parse import quote, urlsplit
from urllib.request import url2pathname

from attrs import frozen
from referencing import Registry, Resource
from referencing.exceptions import Unresolvable
from referencing.jsonschema import DRAFT202012

from generator.errors import InputError, Location, join_pointer

from .files import real_path
from .loading import MAXIMUM_NODES, load
from .nodes import YamlMapping

MAX_EXPANDED_FIELDS = 20_000
"""The most fields once references are followed: schemas that each refer twice to the next one double."""

Read = Callable[[Path], YamlMapping]
"""A function that reads a document from its path."""


class _Resolver(Protocol):
    """The resolver of `referencing`, whose class is not public."""

    def lookup(self, ref: str) -> Any: ...


@frozen
class References:
    """Follows `$ref`s from one document, through other files too.

    `referencing` does the resolving itself: RFC 3986, JSON Pointer, percent-encoding, relative files.
    """

    _resolver: _Resolver

    @classmethod
    def of(cls, document: YamlMapping, path: Path | None = None, read: Read = load) -> References:
        """Return the references as seen from the root of a loaded document.

        `path` is its file, if its locations have another name for that; `read` loads the other documents.
        """
        base = real_path(path or Path(document.location.file)).as_uri()
        registry: Registry[Any] = Registry(retrieve=cache(_Retrieval(read)))  # type: ignore[call-arg]  # an attrs alias of theirs
        return cls(registry.with_resource(base, DRAFT202012.create_resource(document)).resolver(base))

    def lookup(self, reference: str) -> Any:
        """Return the target of a reference. Raises InputError for a reference to nothing."""
        try:
            return self._resolver.lookup(reference).contents
        except (Unresolvable, ValueError, TypeError) as problem:  # TypeError: the pointer leads through a scalar
            raise InputError("leads nowhere; correct the reference", Location(reference)) from problem

    def resolve(self, node: Any) -> tuple[Any, References]:
        """Return the target of a node's `$ref`s, or the node itself, and the references as seen from there.

        Raises InputError for a reference to nothing or in a circle.
        """
        *_, last = self.resolve_chain(node)
        return last

    def resolve_chain(self, node: Any) -> Iterator[tuple[Any, References]]:
        """Yield a node and each target of its `$ref`s, with the references as seen from it.

        The steps count, because a schema may have keywords beside its `$ref`. Raises InputError as `resolve` does.
        """
        references, passed = self, set[int]()
        yield node, self
        while isinstance(node, YamlMapping) and "$ref" in node:
            if id(node) in passed:
                raise InputError(f"`$ref: {node['$ref']}` leads in a circle", node.location_of("$ref"))
            passed.add(id(node))
            node, references = references._target(node)
            yield node, references

    def _target(self, node: YamlMapping) -> tuple[Any, References]:
        location, reference = node.location_of("$ref"), node["$ref"]
        if reference is None:
            raise InputError("`$ref` is empty; quote it, because an unquoted `#` starts a comment", location)
        if not isinstance(reference, str):
            raise InputError("`$ref` must be a text", location)
        try:
            resolved = self._resolver.lookup(reference)
        except (Unresolvable, ValueError, TypeError) as problem:  # TypeError: the pointer leads through a scalar
            cause, near = _input_error(problem), "" if "://" in reference else self._nearest(reference)
            is_file = cause and (not near or "#" in reference)
            sentence = f"leads to {cause}" if is_file else f"`$ref: {reference}` leads nowhere"
            raise InputError(f"{sentence}; did you mean `{near}`?" if near else sentence, location) from problem
        return resolved.contents, References(resolved.resolver)

    def _nearest(self, reference: str) -> str:
        """Return the reference to a component that resembles one that leads nowhere."""
        root = self.lookup("#")
        sections = root.get("components") if isinstance(root, YamlMapping) else None
        pointers = {
            quote(join_pointer(f"#/components/{section}", name), safe="#/~"): name
            for section, components in (sections.items() if isinstance(sections, YamlMapping) else ())
            for name in (components if isinstance(components, YamlMapping) else ())
        }
        same_name = [pointer for pointer, name in pointers.items() if name == reference.rpartition("/")[2]]
        return next(iter(same_name or get_close_matches(reference, pointers, n=1, cutoff=0.8)), "")


def iter_references(node: Any) -> Iterator[str]:
    """Yield the values of the `$ref`s in a part of a document, at any depth."""
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


def _input_error(problem: BaseException | None) -> InputError | None:
    """Return the error of `_Retrieval`, which `referencing` wraps in its own errors."""
    while problem is not None and not isinstance(problem, InputError):
        problem = problem.__cause__
    return problem


class _Retrieval:
    """Reads the documents that are referred to; raises InputError if they are too large together."""

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
