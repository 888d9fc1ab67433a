"""Which facts came and went between the editions of a page, as a table for a person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from generator.contract.check import operation_key
from generator.contract.facts import Contract, Value
from generator.contract.text import format_value

_WIDEST = 24
"""Longer values are cut off: the table says that they changed, the pages say how."""

ABSENT, SILENT = "-", "?"
"""What stands for a fact that a page does not state, and for one that its kind of page leaves out."""

Row = tuple[str, str, str]
"""Part, path and keyword of a fact."""


def as_table(editions: Sequence[Contract]) -> str:
    """The editions with their numbers; for each method a row for each fact that they do not all state alike."""
    methods: dict[str, list[int]] = {}
    for number, edition in enumerate(editions):
        methods.setdefault(operation_key(edition), []).append(number)
    blocks = ["".join(f"{line}\n" for line in _listed(editions))]
    for method, numbers in methods.items():
        blocks.append("".join(f"{line}\n" for line in (method, *_rows([editions[one] for one in numbers], numbers))))
    return "\n".join(blocks)


def _listed(editions: Sequence[Contract]) -> Iterator[str]:
    for number, edition in enumerate(editions, 1):
        kind = f"  {edition.page.generation}, {edition.page.language}" if edition.page else ""
        yield f"{number}  {edition.operation.location.file}{kind}"


def _rows(editions: Sequence[Contract], numbers: Sequence[int]) -> Iterator[str]:
    facts = [{(one.part, one.path, one.keyword): one.value for one in edition.facts()} for edition in editions]
    rows = dict.fromkeys(row for of_edition in facts for row in of_edition)
    cells = {
        row: [_cell(edition, of_edition, row) for edition, of_edition in zip(editions, facts, strict=True)]
        for row in rows
    }
    moved = {row: found for row, found in cells.items() if len(set(found) - {SILENT}) > 1}
    table = [("", [str(number + 1) for number in numbers])]
    table += [(" ".join(filter(None, row)), found) for row, found in moved.items()]
    width = max(len(name) for name, _ in table)
    columns = [max(map(len, column)) for column in zip(*(found for _, found in table), strict=True)]
    for name, found in table if moved else ():
        cells_of_row = (f"{one:{column}}" for one, column in zip(found, columns, strict=True))
        yield f"    {name:{width}}  {'  '.join(cells_of_row)}".rstrip()
    if not moved:
        yield "    the same facts"


def _cell(edition: Contract, facts: Mapping[Row, Value], row: Row) -> str:
    if row in facts:
        text = " ".join(format_value(facts[row]).split())
        return text if len(text) <= _WIDEST else f"{text[: _WIDEST - 1]}…"
    stands = any((part, path) == row[:2] for part, path, _ in facts)
    return SILENT if stands and row[2] not in edition.supported_keywords else ABSENT
