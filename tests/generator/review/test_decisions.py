"""The worst check decides a review, and only `Do not merge` fails the command."""

from typing import Any

import pytest

from generator.changes.diff import Change, changes
from generator.changes.spec_diff import Decision, SpecDiff, decide
from generator.changes.version_number import VersionProblem
from generator.contract.check import operation_missing, operation_statement
from tests.generator.contracts import contract

ADDED = changes([contract()], [contract(name={})])
REMOVED = changes([contract(name={})], [contract()])
UNITS = changes([contract(name={})], [contract(name={"readOnly": True})])
MISSING = operation_missing(operation_statement(contract()), operation_statement(contract()))


BLOCKING, MINOR = (
    VersionProblem(number, "is 1.0.0", f"set version {number}", "", is_blocking=blocking)
    for number, blocking in (("2.0.0", True), ("1.1.0", False))
)


def diff(*rows: Change, problem: VersionProblem | None = None, allowed: str = "") -> SpecDiff:
    return SpecDiff("1.0.0", "openapi.yaml", rows, problem, allowed_by=allowed)


CHECKS: dict[str, tuple[dict[str, Any], Decision]] = {
    "no earlier revision": ({"diff": None}, Decision.COMPATIBLE),
    "no change": ({}, Decision.COMPATIBLE),
    "a compatible change": ({"diff": diff(*ADDED)}, Decision.COMPATIBLE),
    "a change without its minor version": ({"diff": diff(*ADDED, problem=MINOR)}, Decision.COMPATIBLE),
    "a change that no rule decides": ({"diff": diff(*UNITS)}, Decision.HUMAN_DECISION),
    "a breaking change before any release": ({"diff": diff(*REMOVED)}, Decision.DO_NOT_MERGE),
    "a breaking change that is not announced": ({"diff": diff(*REMOVED, problem=BLOCKING)}, Decision.DO_NOT_MERGE),
    "a breaking change that is announced": ({"diff": diff(*REMOVED, allowed="2.0.0")}, Decision.HUMAN_DECISION),
    "an invalid version": ({"diff": diff(problem=BLOCKING)}, Decision.DO_NOT_MERGE),
    "a difference between witnesses": ({"differences": [MISSING]}, Decision.DO_NOT_MERGE),
    "a style finding": ({"findings": 1}, Decision.DO_NOT_MERGE),
    "the worst decides": ({"diff": diff(*UNITS), "findings": 1}, Decision.DO_NOT_MERGE),
}


@pytest.mark.parametrize(("arguments", "expected"), CHECKS.values(), ids=CHECKS)
def test_the_worst_check_decides(arguments: dict[str, Any], expected: Decision) -> None:
    good: dict[str, Any] = {"diff": diff(), "differences": (), "findings": 0}
    decisions = decide(**{**good, **arguments})
    assert decisions.overall is expected
    assert decisions.holds is (expected is not Decision.DO_NOT_MERGE)
