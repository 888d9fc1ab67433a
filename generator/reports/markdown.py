"""Formats changes of the contract as Markdown: for a comment, and for the changelog of a copy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise

from generator.changes.classify import Verdict
from generator.changes.describe import describe, describe_with_verdict, locations
from generator.changes.diff import Change, changes
from generator.changes.releases import NO_NOTES, Version
from generator.changes.rules import rule_of
from generator.changes.spec_diff import SpecDiff
from generator.contract.text import markdown_code

_HEADER = """\
# Changes of the contract

The newest version first; each line is a fact that the comparison with the version before has found.
"""


def changelog(released: Sequence[Version], current: Version, notes: Mapping[str, str] = NO_NOTES) -> str:
    """What each version brought, as Markdown; the versions from the oldest on, then the one that is current.

    What people have written of a version stands before what was found.
    """
    versions = [*released]
    if not released or released[-1].number != current.number or changes(released[-1].contracts, current.contracts):
        versions.append(current)
    brought = (_brought(older, newer, notes.get(newer.number, "")) for older, newer in pairwise(versions))
    sections = [_first(versions[0]), *brought]
    return "\n".join([_HEADER, *reversed(sections)])


def _first(version: Version) -> str:
    operations = ", ".join(f"`{one.operation.method} {one.operation.url}`" for one in version.contracts)
    count = sum(len(list(one.facts())) for one in version.contracts)
    return f"## {version.number}\n\nThe first version: {count} facts of {operations}.\n"


def _brought(older: Version, newer: Version, note: str) -> str:
    found = changes(older.contracts, newer.contracts)
    title = f"## {newer.number}{', not released' if newer.number == older.number else ''}\n"
    groups = groupby(found, lambda change: change.operation)
    parts = [f"`{operation}`\n\n{_list(of_operation)}" for operation, of_operation in groups]
    return "\n".join([title, *([f"{note}\n"] if note else []), *(parts or ["No fact changed.\n"])])


def _list(of_operation: Iterator[Change]) -> str:
    return "".join(f"- {describe_with_verdict(change)}\n" for change in of_operation)


def changes_markdown(judgement: SpecDiff) -> str:
    """For a changelog and a comment: a list for each operation; what it breaks stands first, in bold."""
    parts = [f"Contract: {judgement.summary}.\n"]
    for operation, of_operation in groupby(judgement.changes, lambda change: change.operation):
        parts.append(f"{markdown_code(operation)}\n\n" + "".join(f"- {_item(change)}\n" for change in of_operation))
    return "\n".join(parts)


def _item(change: Change) -> str:
    rule = rule_of(change)
    found = [f"{axis} {one}" for axis, one in rule.verdicts.by_axis if one is not Verdict.COMPATIBLE]
    whom = f"**{', '.join(found)}**: " if found else ""
    return f"{whom}{describe(change)}; {rule.why} (`{rule.id}`, {markdown_code(locations(change))})"
