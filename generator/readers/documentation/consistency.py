"""Two statements of one page about the same thing, compared: its JSON and its table, its URL and its parameters."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence

from generator.contract.facts import Contradiction, Field, Operation, Parameter, Value
from generator.errors import Location

from .markup import prose
from .skeleton import Skeleton
from .vocabulary import ParsedSentence, understand

_PLACEHOLDER = re.compile(r"(?<!\{)\{([^{}/]*)\}(?!\})")


def bodies_agree(json: Skeleton, fields: Sequence[Field], section: Location) -> Iterator[Contradiction]:
    """Where the JSON of a body and its table say different things.

    `section` is where both stand, for what is missing in one of them. The values of a map are described by the
    table alone, so they are not looked for in the JSON.
    """
    stated = {entry.path: entry for entry in json.entries}
    described = {field.path: field for field in fields if "{" not in field.path}
    for entry in json.entries:
        here, field = Location(section.file, entry.line), described.get(entry.path)
        if field is None:
            yield Contradiction(f"`{entry.path}` stands in the JSON and not in the table", here, section)
        elif field.constraints.values.get("type", entry.type) != entry.type:
            said = f"{entry.type} in the JSON and {field.constraints.values['type']} in the table"
            yield Contradiction(f"`{entry.path}` is {said}", here, field.location)
    for path, field in described.items():
        if path not in stated:
            yield Contradiction(f"`{path}` stands in the table and not in the JSON", field.location, section)
    shared = {path: field for path, field in described.items() if path in stated}
    yield from _groups_agree(_groups(json), shared, section)


def _groups_agree(
    groups: Mapping[str, tuple[Value, int]], described: Mapping[str, Field], section: Location
) -> Iterator[Contradiction]:
    for path, field in described.items():
        group, line = groups.get(path, (None, section.line))
        if field.constraints.values.get("x-one-of") != group:
            text = f"`{path}` is not in the same one-of in the JSON and in the table"
            yield Contradiction(text, Location(section.file, line), field.location)


def _groups(json: Skeleton) -> dict[str, tuple[Value, int]]:
    """The one-of groups that the comments of a JSON open, by the path of each member; one alone is no group."""
    groups: dict[str, tuple[Value, int]] = {}
    lines = [entry.line for entry in json.entries]
    for text, line in json.comments:
        for said in understand(prose(text, line)):
            group = said.values.get("x-one-of") if isinstance(said, ParsedSentence) else None
            if isinstance(group, tuple) and len(group) > 1:
                follows = bisect_right(lines, line)
                first = json.entries[follows].path if follows < len(lines) else ""
                groups |= {f"{first[: first.rfind('.') + 1]}{name}": (group, line) for name in group}
    return groups


def url_agrees(operation: Operation, parameters: Iterable[Parameter], table: Location) -> Iterator[Contradiction]:
    """Where the placeholders of the URL and the table of path parameters are not the same names."""
    placeholders = _PLACEHOLDER.findall(operation.url)
    described = {one.path: one for one in parameters if one.in_ == "path"}
    for name in placeholders:
        if name not in described:
            yield Contradiction(f"`{{{name}}}` stands in the URL and is no path parameter", operation.location, table)
    for name, parameter in described.items():
        if name not in placeholders:
            yield Contradiction(
                f"`{name}` is a path parameter and not in the URL", parameter.location, operation.location
            )
