"""A row of a table, whichever way the table is written."""

from __future__ import annotations

from attrs import frozen


@frozen
class TableRow:
    """The first cell and the source of the rest, each with the line it starts in."""

    name: str
    text: str
    line: int
    text_line: int
