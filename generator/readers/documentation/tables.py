"""The rows of a section's table: its head checked, the names of its fields as paths."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from attrs import evolve

from generator.errors import InputError, Location

from .rows import TableRow
from .sections import Section
from .skeleton import Entry

HEADS = frozenset(
    {
        ("Field", "Description"),
        ("Name", "Description"),
        ("Parameter", "Description"),
        ("Параметр", "Описание"),
        ("Поле", "Описание"),
    }
)
"""The heads of the tables that describe fields."""


_PATH = re.compile(r"@?\w+(?:\[\])?(?:\.@?\w+(?:\[\])?)*")


def rows(section: Section) -> Sequence[TableRow]:
    """The rows of the one table of a section, the name of each a path; none where it has no table.

    Raises InputError for a second table, for a head that is not known and for a row that names no field.
    """
    tables = section.tables
    if len(tables) > 1:
        location = Location(section.location.file, tables[1].head.line)
        raise InputError("is the head of a second table in one section", location)
    for table in tables:
        head = (table.head.name, table.head.text.strip())
        if head not in HEADS:
            location = Location(section.location.file, table.head.line)
            raise InputError(f"is the head of a table that is not known: {' | '.join(head)[:80]!r}", location)
    return [_named(row, section.location.file) for table in tables for row in table.rows]


def _named(row: TableRow, file: str) -> TableRow:
    name = re.sub(r"\s*<br ?/?>\s*|[`\\]", "", row.name)
    if not _PATH.fullmatch(name):
        raise InputError(f"is a row that names no field: {row.name[:80]!r}", Location(file, row.line))
    return evolve(row, name=name)


def bracketed(rows: Sequence[TableRow], entries: Iterable[Entry]) -> Sequence[TableRow]:
    """The rows with the `[]` of the JSON above them: the oldest pages mark no array in their tables."""
    if any("[]" in row.name for row in rows):
        return rows
    paths = {entry.path.replace("[]", ""): entry.path for entry in entries}
    return [evolve(row, name=paths.get(row.name, row.name)) for row in rows]
