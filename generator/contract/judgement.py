"""What changed between two specifications and whom it breaks, in the forms in which people and machines read it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from typing import Any

from attrs import frozen

from .changes import Change, changes, code, printable, told
from .compatibility import rule_of, verdict
from .facts import Contract
from .notation import counted
from .report import as_side
from .rules import Verdict, Verdicts, worst


@frozen
class Specification:
    """The contracts that were read under a name: a file, or a revision of git."""

    name: str
    contracts: tuple[Contract, ...]


@frozen
class Judgement:
    """Two specifications by their names, and every change from the older to the newer."""

    before: str
    after: str
    changes: tuple[Change, ...]

    @property
    def verdict(self) -> Verdict:
        """The worst verdict on any of the changes."""
        return worst(map(verdict, self.changes))

    @property
    def sum(self) -> str:
        """How many changes there are and what they do, in words."""
        count = len(self.changes)
        return f"{counted(count, 'change', 'changes')}, {self.verdict}" if count else "no change"


def judge(before: Specification, after: Specification) -> Judgement:
    """Compare two specifications."""
    return Judgement(before.name, after.name, changes(before.contracts, after.contracts))


def as_table(judgement: Judgement) -> str:
    """For a terminal: a row for each change, under it the rule with its reason, and both places."""
    lines: list[str] = []
    for operation, of_operation in groupby(judgement.changes, lambda change: change.operation):
        lines += [printable(operation), "", _row("verdict", "request", "response", "source", "change")]
        lines += [line for change in of_operation for line in _rows(change)]
        lines.append("")
    return "".join(f"{line}\n" for line in (*lines, judgement.sum))


def _rows(change: Change) -> Iterator[str]:
    rule = rule_of(change)
    yield _row(rule.verdicts.overall, *rule.verdicts.each, told(change))
    yield f"    {rule.id}: {rule.why}"
    yield f"    {_places(change)}"


def _row(*cells: str) -> str:
    return "".join(f"{cell:14}" for cell in cells).rstrip()


def _axes(verdicts: Verdicts) -> tuple[tuple[str, Verdict], ...]:
    return tuple(zip(("request", "response", "source"), verdicts.each, strict=True))


def _places(change: Change) -> str:
    return f"{change.difference.left.place} -> {change.difference.right.place}"


def as_markdown(judgement: Judgement) -> str:
    """For a changelog and a comment: a list for each operation; what it breaks stands first, in bold."""
    parts = [f"Contract: {judgement.sum}.\n"]
    for operation, of_operation in groupby(judgement.changes, lambda change: change.operation):
        parts.append(f"{code(operation)}\n\n" + "".join(f"- {_item(change)}\n" for change in of_operation))
    return "\n".join(parts)


def _item(change: Change) -> str:
    rule = rule_of(change)
    found = [f"{axis} {one}" for axis, one in _axes(rule.verdicts) if one is not Verdict.COMPATIBLE]
    whom = f"**{', '.join(found)}**: " if found else ""
    return f"{whom}{told(change)}; {rule.why} (`{rule.id}`, {code(_places(change))})"


_LEVELS = {Verdict.BREAKING: "error", Verdict.REVIEW: "warning", Verdict.COMPATIBLE: "notice"}


def as_annotations(judgement: Judgement) -> str:
    """For continuous integration at GitHub: a workflow command for each change, at its line of the newer file."""
    return "".join(f"{_annotation(change, judgement.after)}\n" for change in judgement.changes)


def _annotation(change: Change, newer: str) -> str:
    rule, place = rule_of(change), change.difference.right.place
    line = {"line": str(place.line)} if place.line else {}
    properties = {"file": place.file.removeprefix(f"{newer}:"), **line, "title": f"{rule.verdicts.overall}: {rule.id}"}
    said = ",".join(f"{key}={_escaped(_escaped(value), ':,')}" for key, value in properties.items())
    message = f"{printable(change.operation)}: {told(change)}; {rule.why}"
    return f"::{_LEVELS[rule.verdicts.overall]} {said}::{_escaped(message)}"


def _escaped(text: str, characters: str = "%\r\n") -> str:
    return "".join(f"%{ord(one):02X}" if one in characters else one for one in text)


def as_json(judgement: Judgement) -> str:
    """For machines; a side that says nothing has `says: false`."""
    plain = {
        "before": judgement.before,
        "after": judgement.after,
        "verdict": judgement.verdict,
        "changes": [_plain(change) for change in judgement.changes],
    }
    return json.dumps(plain, indent=2, ensure_ascii=False) + "\n"


def _plain(change: Change) -> dict[str, Any]:
    difference, rule = change.difference, rule_of(change)
    return {
        "operation": change.operation,
        "part": difference.part,
        "path": difference.path,
        "keyword": difference.keyword,
        "before": as_side(difference.left),
        "after": as_side(difference.right),
        "told": told(change),
        "rule": rule.id,
        "why": rule.why,
        "verdicts": {**dict(_axes(rule.verdicts)), "overall": rule.verdicts.overall},
    }


FORMS: Mapping[str, Callable[[Judgement], str]] = {
    "table": as_table,
    "json": as_json,
    "markdown": as_markdown,
    "annotations": as_annotations,
}
"""Every form by its name."""
