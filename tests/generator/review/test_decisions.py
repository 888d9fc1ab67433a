"""The decision of a review: the worst of its checks, and only `Do not merge` fails the command."""

from typing import Any

import pytest

from generator.changes.decisions import Decision, decide
from generator.changes.diff import Change, changes
from generator.changes.spec_diff import SpecDiff
from generator.contract.check import operation_missing, operation_statement
from tests.generator.contracts import contract

ADDED = changes([contract()], [contract(name={})])
REMOVED = changes([contract(name={})], [contract()])
MISSING = operation_missing(operation_statement(contract()), operation_statement(contract()))


def diff(*rows: Change, problem: str | None = None) -> SpecDiff:
    return SpecDiff("1.0.0", "openapi.yaml", rows, problem)


CHECKS: dict[str, tuple[dict[str, Any], Decision]] = {
    "no earlier revision": ({"diff": None}, Decision.COMPATIBLE),
    "no change": ({}, Decision.COMPATIBLE),
    "a compatible change": ({"diff": diff(*ADDED)}, Decision.COMPATIBLE),
    "a breaking change": ({"diff": diff(*REMOVED)}, Decision.DO_NOT_MERGE),
    "an invalid version": ({"diff": diff(problem="is too low")}, Decision.DO_NOT_MERGE),
    "a difference between witnesses": ({"differences": [MISSING]}, Decision.DO_NOT_MERGE),
    "a style finding": ({"findings": 1}, Decision.DO_NOT_MERGE),
    "a field without an example": ({"fields_without_example": 1}, Decision.HUMAN_DECISION),
    "the worst decides": ({"fields_without_example": 1, "findings": 1}, Decision.DO_NOT_MERGE),
}


@pytest.mark.parametrize(("arguments", "expected"), CHECKS.values(), ids=CHECKS)
def test_the_worst_check_decides(arguments: dict[str, Any], expected: Decision) -> None:
    good: dict[str, Any] = {
        "diff": diff(),
        "differences": (),
        "findings": 0,
        "fields_without_example": 0,
    }
    decisions = decide(**{**good, **arguments})
    assert decisions.overall is expected
    assert decisions.holds is (expected is not Decision.DO_NOT_MERGE)
