"""Converts results for other programs to mappings, lists and scalars, the values of JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from generator.changes.classify import Rule
from generator.changes.describe import describe
from generator.changes.diff import Change
from generator.changes.spec_diff import SpecDiff
from generator.contract.check import Comparison, Report
from generator.contract.difference import Absence, Difference, Statement
from generator.contract.facts import Contract
from generator.errors import Location
from generator.lint.linter import Finding

from .fingerprints import change_fingerprint, difference_fingerprint, finding_fingerprint


def report_data(report: Report, rules: Mapping[Difference, Rule]) -> dict[str, Any]:
    """Convert a report to mappings, lists and scalars; a missing statement has `says: false`."""
    return {
        "holds": not report.differences,
        "comparisons": [_comparison(comparison, rules) for comparison in report.comparisons],
        "others": [_plain("", difference) for difference in report.others],
    }


def _comparison(comparison: Comparison, rules: Mapping[Difference, Rule]) -> dict[str, Any]:
    return {
        "operation": comparison.operation,
        "left": _witness(comparison.left),
        "right": _witness(comparison.right),
        "facts_held": len(comparison.matched),
        "not_expressible": [
            {"part": fact.part, "path": fact.path, "keyword": fact.keyword} for fact in comparison.not_expressible
        ],
        "differences": [
            {**_plain(comparison.operation, difference), **_for_callers(rules.get(difference))}
            for difference in comparison.differences
        ],
        "known": [
            {"id": known.id, "path": known.path, "place": _location(known.location)} for known in comparison.accepted
        ],
    }


def _for_callers(rule: Rule | None) -> dict[str, Any]:
    return {"callers": {"verdict": rule.verdicts.overall, "rule": rule.id, "why": rule.why}} if rule else {}


def _witness(contract: Contract) -> dict[str, Any]:
    return {"witness": contract.witness, "place": _location(contract.operation.location)}


def _plain(operation: str, difference: Difference) -> dict[str, Any]:
    return {
        "id": difference.id,
        "part": difference.part,
        "path": difference.path,
        "keyword": difference.keyword,
        "left": _statement(difference.left),
        "right": _statement(difference.right),
        "hint": difference.hint,
        "fingerprint": difference_fingerprint(operation, difference),
    }


def _statement(statement: Statement) -> dict[str, Any]:
    return {"witness": statement.witness, **as_side(statement)}


def as_side(statement: Statement) -> dict[str, Any]:
    """Convert one side of a difference to plain data; `says` is false for a missing statement."""
    value = statement.value
    content = {"says": False} if isinstance(value, Absence) else {"says": True, "value": value}
    return {**content, "place": _location(statement.location)}


def _location(location: Location) -> dict[str, Any]:
    origin = {"origin": _location(location.origin)} if location.origin else {}
    return {"file": location.file, "line": location.line, **origin}


def findings_data(findings: Sequence[Finding]) -> dict[str, Any]:
    """Convert style findings to mappings, lists and scalars."""
    return {"holds": not findings, "findings": [_finding(finding) for finding in findings]}


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule.id,
        "message": finding.sentence,
        "fix": finding.rule.fix,
        "place": _location(finding.location),
        "fingerprint": finding_fingerprint(finding),
    }


def changes_data(diff: SpecDiff) -> dict[str, Any]:
    """Convert changes to mappings, lists and scalars; a missing statement has `says: false`."""
    return {
        "before": diff.before,
        "after": diff.after,
        "verdict": diff.verdict,
        "decision": diff.decision,
        "version_problem": diff.version_problem.sentence if diff.version_problem else None,
        "required_version": diff.version_problem.required if diff.version_problem else None,
        "changes": [_change(change) for change in diff.changes],
    }


def _change(change: Change) -> dict[str, Any]:
    difference, rule = change.difference, change.rule
    return {
        "operation": change.operation,
        "part": difference.part,
        "path": difference.path,
        "keyword": difference.keyword,
        "before": as_side(difference.left),
        "after": as_side(difference.right),
        "told": describe(change),
        "rule": rule.id,
        "why": rule.why,
        "verdicts": {**dict(rule.verdicts.by_axis), "overall": rule.verdicts.overall},
        "fingerprint": change_fingerprint(change),
    }
