"""Formats reports for a terminal: a comparison of witnesses, changes of the contract, a contract."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from generator.changes.classify import Rule
from generator.changes.describe import describe, locations
from generator.changes.diff import Change
from generator.changes.impact import impact_on_callers
from generator.changes.rules import rule_of
from generator.changes.spec_diff import SpecDiff
from generator.contract.check import Comparison, Report
from generator.contract.compare import Absence, Difference, Statement
from generator.contract.facts import Contract, Field, Parameter, Witness
from generator.contract.text import escape_control, format_value, pluralize


def report_text(report: Report) -> str:
    """What was compared and how much of it holds; then each difference with both values and both locations."""
    lines = [line for comparison in report.comparisons for line in _compared(comparison)]
    rules = dict(found for comparison in report.comparisons for found in impact_on_callers(comparison))
    differences = [line for one in report.differences for line in _told(one, rules.get(one))]
    count = len(report.differences)
    verdict = pluralize(count, "difference", "differences") if count else "the witnesses agree"
    return "".join(f"{line}\n" for line in (*lines, *differences, verdict))


def _compared(comparison: Comparison) -> Iterator[str]:
    left, right = comparison.left, comparison.right
    counts = [f"{len(comparison.matched)} facts hold"]
    if comparison.differences:
        counts.append(f"{len(comparison.differences)} differ")
    if comparison.accepted:
        counts.append(f"{len(comparison.accepted)} known differences")
    yield f"{comparison.operation}: {_named(left)} = {_named(right)}: {', '.join(counts)}"
    for known in comparison.accepted:
        yield f"    known: {known.id} {known.path} [{known.location}]: {known.reason} <{known.source}>"
    if left.witness is Witness.LOCK and right.witness is Witness.DOCUMENTATION:
        yield f"    {_standing(comparison)}"


def _named(contract: Contract) -> str:
    return f"{contract.witness} [{contract.operation.location.file}]"


def _standing(comparison: Comparison) -> str:
    """Whether a lock still stands once its page was read again."""
    locked, page = comparison.left.page, comparison.right.page
    repair = f"python -m generator read PAGE --lock {comparison.left.operation.location.file}"
    if comparison.differences:
        return f"the lock does not stand any more: {repair}"
    if locked != page:
        return f"the lock still stands, of another edition of the page; to renew its lines: {repair}"
    return "the lock still stands"


def _told(difference: Difference, rule: Rule | None) -> Iterator[str]:
    left, right = difference.left, difference.right
    if difference.subject:
        yield f"{left.location}: {difference.id}: {difference.subject}"
        width = max(len(left.witness), len(right.witness))
        for one in (left, right):
            yield f"    {one.witness:{width}}  {format_statement(one)}  [{one.location}]"
    else:  # A witness alone is in doubt.
        other = f" [{right.location}]" if right.location != left.location else ""
        yield f"{left.location}: {difference.id}: {format_statement(left)}{other}"
    if rule:
        yield f"    for callers: {rule.verdicts.overall}, {rule.why} ({rule.id})"
    yield f"    {difference.hint}"


def format_statement(statement: Statement) -> str:
    """What a witness says, for a person."""
    value = statement.value
    return value.value if isinstance(value, Absence) else format_value(value)


def contract_table(contract: Contract) -> str:
    """A contract for a person: a line for each parameter and field, with the location where it is said."""
    operation, response = contract.operation, contract.response
    rows = [
        ("operation", f"{operation.method} {operation.url}", "", operation.location),
        *(("parameter", one.path, f"in {one.in_}, {_constraints(one)}", one.location) for one in contract.parameters),
        *(("body", one.path, _constraints(one), one.location) for one in contract.body),
        ("response", f"status {response.status}", "", response.location),
        *(("response", one.path, _constraints(one), one.location) for one in response.fields),
    ]
    width = max(len(path) for part, path, *_ in rows if part != "operation")
    return "".join(f"{part:10} {path:{width}}  {said}  [{location}]\n" for part, path, said, location in rows)


def _constraints(subject: Parameter | Field) -> str:
    """`string, int64, x-unit byte`: what is true is named, every other value stands after its keyword."""
    values = dict(subject.constraints.values)
    bare = [str(values.pop(keyword)) for keyword in ("type", "format") if keyword in values]
    return ", ".join(
        [*bare, *(key if value is True else f"{key} {format_value(value)}" for key, value in values.items())]
    )


def changes_table(judgement: SpecDiff) -> str:
    """For a terminal: a row for each change, under it the rule with its reason, and both locations."""
    lines: list[str] = []
    for operation, of_operation in groupby(judgement.changes, lambda change: change.operation):
        lines += [escape_control(operation), "", _row("verdict", "request", "response", "source", "change")]
        lines += [line for change in of_operation for line in _rows(change)]
        lines.append("")
    return "".join(f"{line}\n" for line in (*lines, judgement.summary))


def _rows(change: Change) -> Iterator[str]:
    rule = rule_of(change)
    yield _row(rule.verdicts.overall, *rule.verdicts.each, describe(change))
    yield f"    {rule.id}: {rule.why}"
    yield f"    {locations(change)}"


def _row(*cells: str) -> str:
    return "".join(f"{cell:14}" for cell in cells).rstrip()
