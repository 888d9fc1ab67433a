"""Formats the facts that changed between the editions of a page, as a table for a person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from generator.contract.facts import Contract, Value
from generator.contract.match import operation_key
from generator.contract.text import format_value

_WIDEST = 24
"""A limit of characters; a longer value is cut off."""

ABSENT, OMITTED = "-", "?"
"""Cells of a fact that a page does not state, and of one that its kind of page leaves out."""

Row = tuple[str, str, str]
"""Part, path and keyword of a fact."""


def format_history(editions: Sequence[Contract]) -> str:
    """Format the numbered editions, then for each method a row for each fact that differs between its editions."""
    methods: dict[str, list[int]] = {}
    for number, edition in enumerate(editions):
        methods.setdefault(operation_key(edition), []).append(number)
    blocks = [[*_edition_lines(editions)]]
    blocks += [[method, *_rows([editions[at] for at in numbers], numbers)] for method, numbers in methods.items()]
    return "\n".join("".join(f"{line}\n" for line in block) for block in blocks)


def _edition_lines(editions: Sequence[Contract]) -> Iterator[str]:
    for number, edition in enumerate(editions, 1):
        kind = f"  {edition.page.generation}, {edition.page.language}" if edition.page else ""
        yield f"{number}  {edition.operation.location.file}{kind}"


def _rows(editions: Sequence[Contract], numbers: Sequence[int]) -> Iterator[str]:
    facts = [{(fact.part, fact.path, fact.keyword): fact.value for fact in edition.facts()} for edition in editions]
    rows = dict.fromkeys(row for of_edition in facts for row in of_edition)
    cells = {
        row: [_cell(edition, of_edition, row) for edition, of_edition in zip(editions, facts, strict=True)]
        for row in rows
    }
    changed = {row: row_cells for row, row_cells in cells.items() if len(set(row_cells) - {OMITTED}) > 1}
    table = [("", [str(number + 1) for number in numbers])]
    table += [(" ".join(filter(None, row)), row_cells) for row, row_cells in changed.items()]
    width = max(len(name) for name, _ in table)
    columns = [max(map(len, column)) for column in zip(*(row_cells for _, row_cells in table), strict=True)]
    for name, row_cells in table if changed else ():
        padded = (f"{cell:{column}}" for cell, column in zip(row_cells, columns, strict=True))
        yield f"    {name:{width}}  {'  '.join(padded)}".rstrip()
    if not changed:
        yield "    the same facts"


def _cell(edition: Contract, facts: Mapping[Row, Value], row: Row) -> str:
    if row in facts:
        text = " ".join(format_value(facts[row]).split())
        return text if len(text) <= _WIDEST else f"{text[: _WIDEST - 1]}…"
    stands = any((part, path) == row[:2] for part, path, _ in facts)
    return OMITTED if stands and row[2] not in edition.supported_keywords else ABSENT
