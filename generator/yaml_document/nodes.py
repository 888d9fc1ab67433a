"""Mappings and lists of a document that know their lines."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from generator.errors import Location, join_pointer


class YamlMapping(dict[str, Any]):
    """A mapping of a document that knows its location and the line of each of its keys."""

    def __init__(self, location: Location) -> None:
        super().__init__()
        self.location = location
        self.lines: dict[str, int] = {}

    def location_of(self, key: str) -> Location:
        """Return the location of a key; that of the mapping if it has no such key."""
        return _child(self.location, key, self.lines[key]) if key in self.lines else self.location


class YamlSequence(list[Any]):
    """A list of a document that knows its location and the line of each of its items."""

    def __init__(self, location: Location) -> None:
        super().__init__()
        self.location = location
        self.lines: list[int] = []

    def location_of(self, index: int) -> Location:
        """Return the location of an item."""
        return _child(self.location, str(index), self.lines[index])


def _child(location: Location, token: str, line: int) -> Location:
    return Location(location.file, line, pointer=join_pointer(location.pointer, token))


def location_at(owner: YamlMapping | YamlSequence, path: Iterable[str | int]) -> Location:
    """Return the location of a value inside a mapping or list, by the keys and indexes that lead to it."""
    location, node = owner.location, cast("Any", owner)
    for step in path:
        location, node = node.location_of(step), node[step]
    return location
