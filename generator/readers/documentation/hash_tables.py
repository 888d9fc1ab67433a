"""The `#|` … `|#` tables: a block rule for markdown-it-py, and a parser of their rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import frozen
from markdown_it.rules_block import StateBlock

from generator.errors import InputError, Location

from .table_row import TableRow

_OPEN, _CLOSE, _ROW = "#|", "|#", "||"


def hash_table_rule(
    state: StateBlock,
    start: int,
    end: int,
    silent: bool,  # noqa: FBT001  # markdown-it-py passes it by position
) -> bool:
    """Match a table from a line `#|` to a line `|#`, blank lines included, or to the end of the page."""
    if _source(state, start) != _OPEN:
        return False
    if silent:
        return True
    last = next((line for line in range(start + 1, end) if _source(state, line) == _CLOSE), end - 1)
    token = state.push("hash_table", "", 0)
    token.map = [start, last + 1]
    state.line = last + 1
    return True


def _source(state: StateBlock, line: int) -> str:
    begin, end = state.bMarks[line] + state.tShift[line], state.eMarks[line]
    return state.src[begin:end].strip() if end - begin < 80 else ""


@frozen
class _OpenRow:
    """A row that is not closed yet."""

    line: int
    parts: list[str]


def hash_rows(lines: Sequence[str], first: int, file: str) -> list[TableRow]:
    """Parse the lines of a table, its marks included; `first` is the line of `#|`.

    Raises InputError for a row or a table that is not closed, for text between rows, and for a table without rows.
    """
    last = first + len(lines) - 1
    if len(lines) < 2 or lines[-1].strip() != _CLOSE:
        raise InputError(
            f"opens a table that `{_CLOSE}` does not close; the page may be cut off", Location(file, first)
        )
    rows = list(_rows(lines[1:-1], first + 1, file))
    if not rows:
        raise InputError("is a table without a row", Location(file, last))
    return rows


def _rows(lines: Sequence[str], first: int, file: str) -> Iterator[TableRow]:
    row: _OpenRow | None = None
    for number, line in enumerate(lines, first):
        text = line.strip()
        if text.startswith(_ROW) and (row is None or text != _ROW):
            if row is not None:
                raise InputError(f"opens a row before the row of line {row.line} is closed", Location(file, number))
            row, text = _OpenRow(number, []), text.removeprefix(_ROW)
        if row is None:
            if text:
                raise InputError("is text between the rows of a table", Location(file, number))
            continue
        row.parts.append(text.removesuffix(_ROW))
        if text.endswith(_ROW):
            yield _row(row)
            row = None
    if row is not None:
        raise InputError("opens a row that `||` does not close", Location(file, row.line))


def _row(row: _OpenRow) -> TableRow:
    name, _, text = "\n".join(row.parts).partition("|")
    return TableRow(name.strip(), text.rstrip(), row.line, row.line + name.count("\n"))
