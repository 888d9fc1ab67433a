"""Converts results for other programs to mappings, lists and scalars, the values of JSON.

A fingerprint is the same for the same fact, whatever its line, so that other programs recognise it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
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


def fingerprint(*identity: str) -> str:
    """Return the SHA-256 of what identifies a row."""
    return sha256(json.dumps(identity).encode()).hexdigest()


def difference_fingerprint(operation: str, difference: Difference) -> str:
    """Return the fingerprint of a difference; one that is about no parameter or field is known by its values."""
    left, right = difference.left, difference.right
    values = () if difference.path or difference.keyword else (str(left.value), str(right.value))
    subject = (difference.part, difference.path, difference.keyword)
    return fingerprint(left.witness, right.witness, operation, *subject, difference.id, *values)


def change_fingerprint(change: Change) -> str:
    """Return the fingerprint of a change: of its operation, part, path, keyword and rule."""
    difference = change.difference
    return fingerprint(change.operation, difference.part, difference.path, difference.keyword, change.rule.id)


def finding_fingerprint(finding: Finding) -> str:
    """Return the fingerprint of a finding: of its rule, its place in the document and its sentence."""
    return fingerprint(finding.rule.id, finding.location.pointer, finding.sentence)


def report_data(report: Report, rules: Mapping[Difference, Rule]) -> dict[str, Any]:
    """Convert a report; a missing statement has `says: false`."""
    return {
        "holds": not report.differences,
        "comparisons": [_comparison(comparison, rules) for comparison in report.comparisons],
        "others": [_difference("", difference) for difference in report.others],
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
            {**_difference(comparison.operation, difference), **_for_callers(rules.get(difference))}
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


def _difference(operation: str, difference: Difference) -> dict[str, Any]:
    left, right = difference.left, difference.right
    return {
        "id": difference.id,
        "part": difference.part,
        "path": difference.path,
        "keyword": difference.keyword,
        "left": {"witness": left.witness, **_side(left)},
        "right": {"witness": right.witness, **_side(right)},
        "hint": difference.hint,
        "fingerprint": difference_fingerprint(operation, difference),
    }


def _side(statement: Statement) -> dict[str, Any]:
    value = statement.value
    content = {"says": False} if isinstance(value, Absence) else {"says": True, "value": value}
    return {**content, "place": _location(statement.location)}


def _location(location: Location) -> dict[str, Any]:
    origin = {"origin": _location(location.origin)} if location.origin else {}
    return {"file": location.file, "line": location.line, **origin}


def findings_data(findings: Sequence[Finding]) -> dict[str, Any]:
    """Convert style findings."""
    rows = [
        {
            "rule": finding.rule.id,
            "message": finding.sentence,
            "fix": finding.rule.fix,
            "place": _location(finding.location),
            "fingerprint": finding_fingerprint(finding),
        }
        for finding in findings
    ]
    return {"holds": not findings, "findings": rows}


def changes_data(diff: SpecDiff) -> dict[str, Any]:
    """Convert changes; a missing statement has `says: false`."""
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
        "before": _side(difference.left),
        "after": _side(difference.right),
        "told": describe(change),
        "rule": rule.id,
        "why": rule.why,
        "verdicts": {**dict(rule.verdicts.by_axis), "overall": rule.verdicts.overall},
        "fingerprint": change_fingerprint(change),
    }
