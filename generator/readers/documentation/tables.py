"""The rows of a section's table, its head checked."""

from __future__ import annotations

from collections.abc import Sequence

from generator.contract.places import Place, Unreadable

from .rows import Row
from .sections import Section

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


def rows(section: Section) -> Sequence[Row]:
    """The rows of the one table of a section; none where it has no table.

    Raises Unreadable for a second table and for a head that is not known.
    """
    tables = section.tables
    if len(tables) > 1:
        place = Place(section.place.file, tables[1].head.line)
        raise Unreadable("is the head of a second table in one section", place)
    for table in tables:
        head = (table.head.name, table.head.text.strip())
        if head not in HEADS:
            place = Place(section.place.file, table.head.line)
            raise Unreadable(f"is the head of a table that is not known: {' | '.join(head)[:80]!r}", place)
    return tables[0].rows if tables else ()
