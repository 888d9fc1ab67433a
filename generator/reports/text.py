"""Formats results for a terminal: comparisons of witnesses, changes of the contract, findings, a contract."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from generator.changes.classify import Rule
from generator.changes.describe import describe, locations
from generator.changes.diff import Change
from generator.changes.spec_diff import SpecDiff
from generator.contract.check import Comparison, LockStatus, Report
from generator.contract.difference import Absence, Difference, Statement
from generator.contract.facts import Contract, Field, Parameter
from generator.contract.text import escape_control, format_value, markdown_code, pluralize
from generator.lint.linter import Finding
from generator.lint.rules import RULES


def report_table(report: Report, rules: Mapping[Difference, Rule]) -> str:
    """Format the comparisons with their counts, then each difference with both values, both locations and its rule."""
    lines = [line for comparison in report.comparisons for line in _format_comparison(comparison)]
    differences = [line for row in report.differences for line in _format_difference(row, rules.get(row))]
    return "".join(f"{line}\n" for line in (*lines, *differences, report_verdict(report)))


def report_verdict(report: Report) -> str:
    """Return the number of differences, in words."""
    count = len(report.differences)
    return pluralize(count, "difference", "differences") if count else "the witnesses agree"


def describe_difference(difference: Difference) -> str:
    """Return ``response `size` format: specification `int64`, client `int32` `` in Markdown, without the operation."""
    left, right = difference.left, difference.right
    if not difference.subject:  # a difference within one witness
        return f"{left.witness}: {markdown_code(format_statement(left))}"
    path = markdown_code(difference.path) if difference.path else ""
    subject = " ".join(filter(None, (difference.part, path, difference.keyword)))
    return f"{subject}: {', '.join(f'{side.witness} {_quoted(side)}' for side in (left, right))}"


def _quoted(statement: Statement) -> str:
    text = format_statement(statement)
    return text if isinstance(statement.value, Absence) else markdown_code(text)


def _format_comparison(comparison: Comparison) -> Iterator[str]:
    left, right = comparison.left, comparison.right
    counts = [f"{len(comparison.matched)} facts hold"]
    if comparison.differences:
        counts.append(f"{len(comparison.differences)} differ")
    if comparison.accepted:
        counts.append(f"{len(comparison.accepted)} known differences")
    yield f"{comparison.operation}: {_witness(left)} = {_witness(right)}: {', '.join(counts)}"
    for known in comparison.accepted:
        yield f"    known: {known.id} {known.path} [{known.location}]: {known.reason} <{known.source}>"
    if comparison.not_expressible:
        facts = ", ".join(f"{fact.path} {fact.keyword}" for fact in comparison.not_expressible)
        yield f"    not expressible by the {right.witness}: {facts}"
    if comparison.lock_status is LockStatus.CURRENT:
        yield f"    {comparison.lock_status}"
    elif comparison.lock_status:
        update = f"python -m generator read PAGE --lock {left.operation.location.file}"
        yield f"    {comparison.lock_status}; update it with: {update}"


def _witness(contract: Contract) -> str:
    return f"{contract.witness} [{contract.operation.location.file}]"


def _format_difference(difference: Difference, rule: Rule | None) -> Iterator[str]:
    left, right = difference.left, difference.right
    if difference.subject:
        yield f"{left.location}: {difference.id}: {difference.subject}"
        width = max(len(left.witness), len(right.witness))
        for side in (left, right):
            yield f"    {side.witness:{width}}  {format_statement(side)}  [{side.location}]"
    else:  # a difference within one witness
        other = f" [{right.location}]" if right.location != left.location else ""
        yield f"{left.location}: {difference.id}: {format_statement(left)}{other}"
    if rule:
        yield f"    for callers: {rule.verdicts.overall}, {rule.why} ({rule.id})"
    yield f"    {difference.hint}"


def format_statement(statement: Statement) -> str:
    """Format the value of a statement, or the reason for its absence."""
    value = statement.value
    return value.value if isinstance(value, Absence) else format_value(value)


def contract_table(contract: Contract) -> str:
    """Format a contract: a line for each parameter and field, with its location."""
    operation, response = contract.operation, contract.response
    rows = [
        ("operation", f"{operation.method} {operation.url}", "", operation.location),
        *(("parameter", row.path, f"in {row.in_}, {_constraints(row)}", row.location) for row in contract.parameters),
        *(("body", row.path, _constraints(row), row.location) for row in contract.body),
        ("response", f"status {response.status}", "", response.location),
        *(("response", row.path, _constraints(row), row.location) for row in response.fields),
    ]
    width = max(len(path) for part, path, *_ in rows if part != "operation")
    return "".join(f"{part:10} {path:{width}}  {text}  [{location}]\n" for part, path, text, location in rows)


def _constraints(subject: Parameter | Field) -> str:
    """Format constraints as `string, int64, x-unit byte`; a keyword that is true has no value."""
    values = dict(subject.constraints.values)
    bare = [str(values.pop(keyword)) for keyword in ("type", "format") if keyword in values]
    return ", ".join(
        [*bare, *(key if value is True else f"{key} {format_value(value)}" for key, value in values.items())]
    )


def changes_table(diff: SpecDiff) -> str:
    """Format changes: the base, a row for each change with its rule and both locations, and the required version."""
    lines = [escape_control(f"{diff.after}, compared with {diff.before}"), ""]
    for operation, of_operation in groupby(diff.changes, lambda change: change.operation):
        lines += [escape_control(operation), "", _row("verdict", "request", "response", "source", "change")]
        lines += [line for change in of_operation for line in _rows(change)]
        lines.append("")
    required = [version_line(diff.after, diff.version_problem.sentence)] if diff.version_problem else []
    return "".join(f"{line}\n" for line in (*lines, diff.outcome, *required))


def version_line(specification: str, problem: str) -> str:
    """Format what is wrong with the version of a specification, alike for every command."""
    return f"{escape_control(specification)}: {problem}"


def format_changed_fact(change: Change) -> str:
    """Format a change in one line, with the location of the new fact."""
    new = change.difference.right
    location = "" if isinstance(new.value, Absence) else f"  [{new.location}]"
    return f"{change.operation}: {describe(change)}{location}"


def _rows(change: Change) -> Iterator[str]:
    rule = change.rule
    yield _row(rule.verdicts.overall, *rule.verdicts.each, describe(change))
    yield f"    {rule.id}: {rule.why}"
    yield f"    {locations(change)}"


def _row(*cells: str) -> str:
    return "".join(f"{cell:14}" for cell in cells).rstrip()


def findings_table(findings: Sequence[Finding], file: Path) -> str:
    """Format style findings: two lines each, the second one with the fix; then their number."""
    lines = [
        line
        for finding in findings
        for line in (f"{finding.location}: {finding.rule.id}: {finding.sentence}", f"    {finding.rule.fix}")
    ]
    return "".join(f"{line}\n" for line in (*lines, f"{file}: {findings_total(findings)}"))


def findings_total(findings: Sequence[Finding]) -> str:
    """Return the number of findings, in words."""
    count = len(findings)
    return pluralize(count, "finding", "findings") if count else f"no findings ({len(RULES)} rules)"
