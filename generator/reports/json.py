"""Formats reports for machines: mappings, lists and scalars, and JSON."""

from __future__ import annotations

import json
from typing import Any

from generator.changes.classify import Rule
from generator.changes.describe import describe
from generator.changes.diff import Change
from generator.changes.impact import impact_on_callers
from generator.changes.rules import rule_of
from generator.changes.spec_diff import SpecDiff
from generator.contract.check import Report
from generator.contract.compare import Absence, Difference, Statement
from generator.contract.facts import Contract
from generator.errors import Location


def report_data(report: Report) -> dict[str, Any]:
    """The whole report as mappings, lists and scalars. What a witness does not say has `says: false`."""
    rules = dict(found for comparison in report.comparisons for found in impact_on_callers(comparison))
    return {
        "holds": not report.differences,
        "comparisons": [
            {
                "operation": one.operation,
                "left": _witness(one.left),
                "right": _witness(one.right),
                "facts_held": len(one.matched),
                "differences": [
                    {**_plain(difference), **_for_callers(rules.get(difference))} for difference in one.differences
                ],
                "known": [
                    {"id": known.id, "path": known.path, "place": _location(known.location)} for known in one.accepted
                ],
            }
            for one in report.comparisons
        ],
        "others": [_plain(difference) for difference in report.others],
    }


def _for_callers(rule: Rule | None) -> dict[str, Any]:
    return {"callers": {"verdict": rule.verdicts.overall, "rule": rule.id, "why": rule.why}} if rule else {}


def _witness(contract: Contract) -> dict[str, Any]:
    return {"witness": contract.witness, "place": _location(contract.operation.location)}


def _plain(difference: Difference) -> dict[str, Any]:
    return {
        "id": difference.id,
        "part": difference.part,
        "path": difference.path,
        "keyword": difference.keyword,
        "left": _stated(difference.left),
        "right": _stated(difference.right),
        "hint": difference.hint,
    }


def _stated(statement: Statement) -> dict[str, Any]:
    return {"witness": statement.witness, **as_side(statement)}


def as_side(statement: Statement) -> dict[str, Any]:
    """One side of a difference as plain data; `says` is false where nothing is said."""
    value = statement.value
    said = {"says": False} if isinstance(value, Absence) else {"says": True, "value": value}
    return {**said, "place": _location(statement.location)}


def _location(location: Location) -> dict[str, Any]:
    origin = {"origin": _location(location.origin)} if location.origin else {}
    return {"file": location.file, "line": location.line, **origin}


def changes_json(judgement: SpecDiff) -> str:
    """For machines; a side that says nothing has `says: false`."""
    plain = {
        "before": judgement.before,
        "after": judgement.after,
        "verdict": judgement.verdict,
        "changes": [_change(change) for change in judgement.changes],
    }
    return json.dumps(plain, indent=2, ensure_ascii=False) + "\n"


def _change(change: Change) -> dict[str, Any]:
    difference, rule = change.difference, rule_of(change)
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
    }
