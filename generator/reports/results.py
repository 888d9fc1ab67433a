"""The results of a command, of which every format takes what it prints: one row per difference, change or finding."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

from attrs import frozen

from generator.changes.classify import Rule, Verdict
from generator.changes.describe import describe, locations
from generator.changes.diff import Change
from generator.changes.spec_diff import SpecDiff
from generator.contract.check import Report
from generator.contract.difference import Difference
from generator.contract.text import escape_control, markdown_code
from generator.errors import Location
from generator.lint.linter import Finding

from .json import (
    change_fingerprint,
    changes_data,
    difference_fingerprint,
    finding_fingerprint,
    findings_data,
    fingerprint,
    report_data,
)
from .text import changes_table, describe_difference, findings_table, findings_total, report_table, report_verdict


class Level(StrEnum):
    """The severity of a row, by its name in SARIF."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


_LEVELS: Mapping[Verdict, Level] = {
    Verdict.BREAKING: Level.ERROR,
    Verdict.REVIEW: Level.WARNING,
    Verdict.COMPATIBLE: Level.NOTE,
}


@frozen
class ResultRow:
    """One difference, change or finding.

    `rule` is its id, and `reason` says why it counts or how to fix it; `message` and `reason` may have code spans.
    `label` is what it breaks, `operation` what it belongs to, and `shown` the text of its locations.
    """

    rule: str
    level: Level
    message: str
    reason: str
    location: Location
    fingerprint: str
    label: str = ""
    operation: str = ""
    shown: str = ""


@frozen
class Results:
    """The subject of one command, its outcome in words, and the functions that build what a format prints.

    `table` and `data`, for the terminal and for JSON, also have what the command compared. `patch` is the proposed
    diff; None for a command that proposes none.
    """

    command: str
    subject: str
    summary: str
    rows: Callable[[], Iterable[ResultRow]]
    table: Callable[[], str]
    data: Callable[[], Mapping[str, Any]]
    patch: str | None = None


def findings_results(findings: Sequence[Finding], file: Path) -> Results:
    """Return the results of `lint`."""
    return Results(
        command="lint",
        subject=str(file),
        summary=findings_total(findings),
        rows=lambda: map(_finding_row, findings),
        table=lambda: findings_table(findings, file),
        data=lambda: findings_data(findings),
    )


def _finding_row(finding: Finding) -> ResultRow:
    return ResultRow(
        rule=finding.rule.id,
        level=Level.ERROR,
        message=escape_control(finding.sentence),
        reason=finding.rule.fix,
        location=finding.location,
        fingerprint=finding_fingerprint(finding),
        shown=str(finding.location),
    )


def report_results(
    command: str, specification: Path, report: Report, rules: Mapping[Difference, Rule], patch: str | None = None
) -> Results:
    """Return the results of `contract` and `drift`, the latter with a patch of the specification."""
    operations = {row: comparison.operation for comparison in report.comparisons for row in comparison.differences}
    return Results(
        command=command,
        subject=str(specification),
        summary=report_verdict(report),
        rows=lambda: (_difference_row(row, rules.get(row), operations.get(row, "")) for row in report.differences),
        table=lambda: report_table(report, rules),
        data=lambda: report_data(report, rules),
        patch=patch,
    )


def _difference_row(difference: Difference, rule: Rule | None, operation: str) -> ResultRow:
    left, right = difference.left.location, difference.right.location
    callers = f"; for callers: {rule.verdicts.overall}, {rule.why} ({rule.id})" if rule else ""
    return ResultRow(
        rule=difference.id,
        level=Level.ERROR,
        message=describe_difference(difference),
        reason=f"{difference.hint}{callers}",
        location=right if "://" in left.file else left,
        fingerprint=difference_fingerprint(operation, difference),
        label=rule.verdicts.overall if rule else "",
        operation=operation,
        shown=str(left) if left == right else f"{left} -> {right}",
    )


def changes_results(diff: SpecDiff) -> Results:
    """Return the results of `changes`."""
    return Results(
        command="changes",
        subject=f"{diff.after}, compared with {diff.before}",
        summary=diff.outcome,
        rows=lambda: _changes_rows(diff),
        table=lambda: changes_table(diff),
        data=lambda: changes_data(diff),
    )


def _changes_rows(diff: SpecDiff) -> Iterator[ResultRow]:
    """Yield a row for each change, and one for the problem of the version."""
    yield from (_change_row(change, diff) for change in diff.changes)
    if diff.version_problem:
        location = diff.version_location or Location(diff.after)
        yield ResultRow(
            rule="version",
            level=Level.ERROR if diff.version_problem.is_blocking else Level.WARNING,
            message=f"{markdown_code(diff.after)}: {diff.version_problem.sentence}",
            reason="",
            location=_in_tree(location, diff.after),
            fingerprint=fingerprint("version"),
            shown=str(location),
        )


def _change_row(change: Change, diff: SpecDiff) -> ResultRow:
    verdicts = change.rule.verdicts
    is_allowed = change.verdict is Verdict.BREAKING and diff.allowed_by  # by the version
    axes = (f"{axis} {verdict}" for axis, verdict in verdicts.by_axis if verdict is not Verdict.COMPATIBLE)
    return ResultRow(
        rule=change.rule.id,
        level=Level.WARNING if is_allowed else _LEVELS[change.verdict],
        message=describe(change),
        reason=change.rule.why,
        location=_in_tree(change.difference.right.location, diff.after),
        fingerprint=change_fingerprint(change),
        label=", ".join(axes),
        operation=change.operation,
        shown=locations(change),
    )


def _in_tree(location: Location, revision: str) -> Location:
    """Return a location without the name of its git revision."""
    return Location(location.file.removeprefix(f"{revision}:"), location.line)
