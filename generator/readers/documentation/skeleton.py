"""Parses the JSON that shows the structure of a body: `"string"` or `true` for a value, comments for a one-of."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from attrs import frozen

from generator.errors import InputError, Location

from .sections import NOT_REST

MAXIMUM_DEPTH = 50
"""The deepest nesting allowed: the deepest page has about twenty levels, and paths grow with each."""

_TYPES = frozenset({"string", "integer", "number", "boolean", "object"})
_NAME = re.compile(r'"([^"\\]*)"[ \t]*:')
_NUMBERED_NAME = re.compile(r"(\d{1,7}) (.*)")
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")


@frozen
class SkeletonEntry:
    """A value of the structure: its path in the documentation's notation, its JSON type, its line."""

    path: str
    type: str
    line: int


@frozen
class Skeleton:
    """The structure of a body: its values in their order, and its comments, each with its line."""

    entries: tuple[SkeletonEntry, ...]
    comments: tuple[tuple[str, int], ...]


@frozen
class _Object:
    """A parsed JSON object; the names of its members start with their line."""

    pairs: Sequence[tuple[str, Any]]


def parse_skeleton(text: str, start: Location) -> Skeleton:
    """Parse a JSON skeleton that starts at a location.

    Raises InputError for an invalid one, with the line of the first invalid token.
    """
    if not text.lstrip().startswith("{"):
        raise InputError(f"shows a body that is not a JSON object; {NOT_REST}", start)
    comments: list[tuple[str, int]] = []
    lines: list[str] = []
    for number, line in enumerate(text.split("\n"), start.line):
        code, slashes, comment = line.partition("//")
        comments += [(comment.strip(), number)] if slashes else []
        lines.append(_NAME.sub(r'"\0\1":', code).replace("\0", f"{number} "))  # the JSON parser keeps no lines
    try:
        members: _Object = json.loads(_TRAILING_COMMA.sub("", "\n".join(lines)), object_pairs_hook=_Object)
    except json.JSONDecodeError as problem:
        raise _invalid(problem.msg.lower(), Location(start.file, start.line + problem.lineno - 1)) from problem
    except RecursionError as problem:
        raise _too_deep(start) from problem
    return Skeleton(tuple(_members(members, "", start, 1)), tuple(comments))


def _invalid(problem: str, location: Location) -> InputError:
    return InputError(f"is invalid in the JSON of a page: {problem}", location)


def _too_deep(location: Location) -> InputError:
    return InputError(f"is nested more than {MAXIMUM_DEPTH} levels deep", location)


def _members(members: _Object, prefix: str, start: Location, depth: int) -> Iterator[SkeletonEntry]:
    if depth > MAXIMUM_DEPTH:
        raise _too_deep(start)
    for key, value in members.pairs:
        name = _NUMBERED_NAME.fullmatch(key)
        if name is None:
            raise _invalid(f"the name {key[:40]!r}", start)
        location = Location(start.file, int(name[1]))
        path = f"{prefix}{name[2]}"
        match value:
            case [element]:
                yield from _value(f"{path}[]", element, location, depth)
            case _:
                yield from _value(path, value, location, depth)


def _value(path: str, value: Any, location: Location, depth: int) -> Iterator[SkeletonEntry]:
    if isinstance(value, _Object):
        yield SkeletonEntry(path, "object", location.line)
        yield from _members(value, f"{path}.", location, depth + 1)
        return
    type_ = "boolean" if isinstance(value, bool) else value
    if not isinstance(type_, str) or type_ not in _TYPES:
        raise _invalid(f"{str(value)[:40]!r} is not a type", location)
    yield SkeletonEntry(path, type_, location.line)
