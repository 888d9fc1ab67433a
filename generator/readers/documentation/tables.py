"""Layout: the rows of both styles of table, and a block rule for markdown-it-py that finds the `#|` … `|#` tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from attrs import frozen
from markdown_it.rules_block import StateBlock

from generator.errors import InputError, Location

PIPE_TABLE, HASH_TABLE = "pipe-table", "hash-table"
"""The older pages' tables of Markdown, and the newer ones' `#|` … `|#`."""

_OPEN, _CLOSE, _ROW = "#|", "|#", "||"
_PIPE = re.compile(r"(?<!\\)\|")


@frozen
class TableRow:
    """The first cell and the source of the rest, each with its first line."""

    name: str
    text: str
    line: int
    text_line: int


@frozen
class MarkdownTable:
    """A table: its style (`PIPE_TABLE` or `HASH_TABLE`), its head and its rows."""

    style: str
    head: TableRow
    rows: tuple[TableRow, ...]


def pipe_table(lines: Sequence[tuple[int, str]]) -> MarkdownTable:
    """Parse the lines of a table, its head first, each with its number.

    If the head ends with a pipe, so do the rows.
    """
    closed = lines[0][1].rstrip().endswith("|")
    head, *rows = (_pipe_row(line, number, closed=closed) for number, line in lines)
    return MarkdownTable(PIPE_TABLE, head, tuple(rows))


def _pipe_row(source: str, line: int, *, closed: bool) -> TableRow:
    """Split a row at its first unescaped pipe: a pattern in the text may contain others, as pages show."""
    source = source.strip().removeprefix("|")
    if closed:
        source = source.removesuffix("|")
    divider = _PIPE.search(source)
    name, text = (source[: divider.start()], source[divider.end() :]) if divider else (source, "")
    return TableRow(name.strip(), text.strip().replace("\\|", "|"), line, line)


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


def hash_table(lines: Sequence[str], first: int, file: str) -> MarkdownTable:
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
    return MarkdownTable(HASH_TABLE, rows[0], tuple(rows[1:]))


def _rows(lines: Sequence[str], first: int, file: str) -> Iterator[TableRow]:
    start, parts = 0, list[str]()  # the first line of the open row, and its text
    for number, line in enumerate(lines, first):
        text = line.strip()
        if text.startswith(_ROW) and not (start and text == _ROW):
            if start:
                raise InputError(f"opens a row before the row of line {start} is closed", Location(file, number))
            start, parts, text = number, [], text.removeprefix(_ROW)
        if not start and text:
            raise InputError("is text between the rows of a table", Location(file, number))
        parts.append(text.removesuffix(_ROW))
        if start and text.endswith(_ROW):
            name, _, cell = "\n".join(parts).partition("|")
            yield TableRow(name.strip(), cell.rstrip(), start, start + name.count("\n"))
            start = 0
    if start:
        raise InputError("opens a row that `||` does not close", Location(file, start))
