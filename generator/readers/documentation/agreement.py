"""Two statements of one page about the same thing, compared: its JSON and its table, its URL and its parameters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from generator.contract.facts import Disagreement, Field, Operation, Parameter
from generator.contract.places import Place

from .skeleton import Entry

_PLACEHOLDER = re.compile(r"\{([^{}/]*)\}")


def bodies_agree(
    entries: Sequence[Entry], fields: Sequence[Field], json: Place, table: Place
) -> Iterator[Disagreement]:
    """Where the JSON of a body and its table say different things.

    `json` and `table` are where the two start; they stand for the line of what is missing there. The values
    of a map are described by the table alone, so they are not looked for in the JSON.
    """
    stated = {entry.path: entry for entry in entries}
    described = {field.path: field for field in fields if "{" not in field.path}
    for entry in entries:
        here, field = Place(json.file, entry.line), described.get(entry.path)
        if field is None:
            yield Disagreement(f"`{entry.path}` stands in the JSON and not in the table", here, table)
        elif field.constraints.values.get("type", entry.type) != entry.type:
            said = f"{entry.type} in the JSON and {field.constraints.values['type']} in the table"
            yield Disagreement(f"`{entry.path}` is {said}", here, field.place)
    for path, field in described.items():
        if path not in stated:
            yield Disagreement(f"`{path}` stands in the table and not in the JSON", field.place, json)


def url_agrees(operation: Operation, parameters: Iterable[Parameter], table: Place) -> Iterator[Disagreement]:
    """Where the placeholders of the URL and the table of path parameters are not the same names."""
    placeholders = _PLACEHOLDER.findall(operation.url)
    described = {one.path: one for one in parameters if one.location == "path"}
    for name in placeholders:
        if name not in described:
            yield Disagreement(f"`{{{name}}}` stands in the URL and is no path parameter", operation.place, table)
    for name, parameter in described.items():
        if name not in placeholders:
            yield Disagreement(f"`{name}` is a path parameter and not in the URL", parameter.place, operation.place)
