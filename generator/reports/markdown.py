"""Formats results as Markdown, for a comment, and changes of the contract for the changelog in a copy."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise

from generator.changes.describe import describe_with_verdict
from generator.changes.diff import Change, changes
from generator.changes.releases import NO_NOTES, Version
from generator.contract.text import markdown_code, markdown_text

from .results import ResultRow, Results

_HEADER = """\
# Changes of the contract

The newest version comes first; each line is a changed fact, found by comparing with the version before.
"""


def changelog(released: Sequence[Version], current: Version, notes: Mapping[str, str] = NO_NOTES) -> str:
    """Format the changes of each version, newest first. `released` starts with the oldest version.

    The notes on a version come before its changes.
    """
    versions = [*released]
    if not released or released[-1].number != current.number or changes(released[-1].contracts, current.contracts):
        versions.append(current)
    sections = (_changes_section(older, newer, notes.get(newer.number, "")) for older, newer in pairwise(versions))
    all_sections = [_first_section(versions[0]), *sections]
    return "\n".join([_HEADER, *reversed(all_sections)])


def _first_section(version: Version) -> str:
    operations = ", ".join(f"`{contract.operation.method} {contract.operation.url}`" for contract in version.contracts)
    count = sum(len(list(contract.facts())) for contract in version.contracts)
    return f"## {version.number}\n\nThe first version: {count} facts of {operations}.\n"


def _changes_section(older: Version, newer: Version, note: str) -> str:
    changed = changes(older.contracts, newer.contracts)
    title = f"## {newer.number}{', not released' if newer.number == older.number else ''}\n"
    groups = groupby(changed, lambda change: change.operation)
    parts = [f"`{operation}`\n\n{_list(of_operation)}" for operation, of_operation in groups]
    return "\n".join([title, *([f"{note}\n"] if note else []), *(parts or ["No fact changed.\n"])])


def _list(of_operation: Iterator[Change]) -> str:
    return "".join(f"- {describe_with_verdict(change)}\n" for change in of_operation)


def format_markdown(results: Results) -> str:
    """Format results as a list per operation, with what is broken first, in bold; after it, the proposed diff."""
    parts = [f"{markdown_code(results.subject)}: **{results.summary}**.\n"]
    for operation, rows in groupby(results.rows, lambda row: row.operation):
        heading = f"{markdown_code(operation)}\n\n" if operation else ""
        parts.append(heading + "".join(f"- {_item(row)}\n" for row in rows))
    parts += [_code_block(results.patch)] if results.patch else []
    return "\n".join(parts)


def _item(row: ResultRow) -> str:
    broken = f"**{row.label}**: " if row.label else ""
    text = "; ".join(markdown_text(part) for part in (row.message, row.reason) if part)
    return f"{broken}{text} (`{row.rule}`, {markdown_code(row.shown)})"


def _code_block(patch: str) -> str:
    """Fence a diff with more backticks than it has in a row."""
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", patch)), default=0))
    return f"{fence}diff\n{patch}{fence}\n"
