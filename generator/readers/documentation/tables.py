"""Reads the rows of a section's table: checks its head, normalizes the names of its fields to paths."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from attrs import evolve

from generator.errors import InputError, Location

from .sections import Section
from .skeleton import SkeletonEntry
from .table_row import TableRow

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


def table_rows(section: Section) -> Sequence[TableRow]:
    """The rows of a section's table, the name of each a path; none if it has no table.

    Raises InputError for a second table, for an unknown head and for a row without a field name.
    """
    tables = section.tables
    if len(tables) > 1:
        location = Location(section.location.file, tables[1].head.line)
        raise InputError("is the head of a second table in one section", location)
    for table in tables:
        head = (table.head.name, table.head.text.strip())
        if head not in HEADS:
            location = Location(section.location.file, table.head.line)
            raise InputError(f"is an unknown table head: {' | '.join(head)[:80]!r}", location)
    return [_with_path(row, section.location.file) for table in tables for row in table.rows]


def _with_path(row: TableRow, file: str) -> TableRow:
    name = re.sub(r"\s*<br ?/?>\s*|[`\\]", "", row.name)
    if not _PATH.fullmatch(name):
        raise InputError(f"is a row without a field name: {row.name[:80]!r}", Location(file, row.line))
    return evolve(row, name=name)


def mark_arrays(rows: Sequence[TableRow], entries: Iterable[SkeletonEntry]) -> Sequence[TableRow]:
    """Add the `[]` of the JSON above to the rows: the oldest pages mark no array in their tables."""
    if any("[]" in row.name for row in rows):
        return rows
    paths = {entry.path.replace("[]", ""): entry.path for entry in entries}
    return [evolve(row, name=paths.get(row.name, row.name)) for row in rows]
