"""Formats the changes of the contract as Markdown, for the changelog in a copy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise

from generator.changes.describe import describe_with_verdict
from generator.changes.diff import Change, changes
from generator.changes.version_number import Version

_HEADER = """\
# Changes of the contract

The newest version comes first; each line is a changed fact, found by comparing with the version before.
"""


def changelog(released: Sequence[Version], current: Version, notes: Mapping[str, str]) -> str:
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
