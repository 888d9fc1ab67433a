"""A row of a table of either style."""

from __future__ import annotations

from attrs import frozen


@frozen
class TableRow:
    """The first cell and the source of the rest, each with its first line."""

    name: str
    text: str
    line: int
    text_line: int
