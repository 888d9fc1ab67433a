"""What the witnesses agree and differ on, as a text for people and as plain data for machines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.errors import Location

from .agreement import Comparison, Report
from .changes import change_of, told_apart
from .compare import Absence, Difference, Statement
from .compatibility import rule_of
from .facts import Contract, Witness
from .notation import counted, shown
from .rules import Rule


def as_text(report: Report) -> str:
    """What was compared and how much of it holds; then each difference with both values and both places."""
    lines = [line for comparison in report.comparisons for line in _compared(comparison)]
    rules = dict(found for comparison in report.comparisons for found in _judged(comparison))
    differences = [line for one in report.differences for line in _told(one, rules.get(one))]
    count = len(report.differences)
    verdict = counted(count, "difference", "differences") if count else "the witnesses agree"
    return "".join(f"{line}\n" for line in (*lines, *differences, verdict))


def _compared(comparison: Comparison) -> Iterator[str]:
    left, right = comparison.left, comparison.right
    counts = [f"{len(comparison.held)} facts hold"]
    if comparison.differences:
        counts.append(f"{len(comparison.differences)} differ")
    if comparison.known:
        counts.append(f"{len(comparison.known)} known differences")
    yield f"{comparison.operation}: {_named(left)} = {_named(right)}: {', '.join(counts)}"
    for known in comparison.known:
        yield f"    known: {known.id} {known.path} [{known.place}]: {known.reason} <{known.source}>"
    if left.witness is Witness.LOCK and right.witness is Witness.DOCUMENTATION:
        yield f"    {_standing(comparison)}"


def _named(contract: Contract) -> str:
    return f"{contract.witness} [{contract.operation.place.file}]"


def _standing(comparison: Comparison) -> str:
    """Whether a lock still stands once its page was read again."""
    locked, page = comparison.left.page, comparison.right.page
    repair = f"python -m generator read PAGE --lock {comparison.left.operation.place.file}"
    if comparison.differences:
        return f"the lock does not stand any more: {repair}"
    if locked != page:
        return f"the lock still stands, of another edition of the page; to renew its lines: {repair}"
    return "the lock still stands"


def _judged(comparison: Comparison) -> Iterator[tuple[Difference, Rule]]:
    """What a page says anew, with the rule that says what this does to callers of the specification."""
    left, right = comparison.left, comparison.right
    if (left.witness, right.witness) == (Witness.SPECIFICATION, Witness.DOCUMENTATION):
        for difference in comparison.differences:
            if difference.is_of_fact:
                changes = [change_of(left, right, one) for one in told_apart(difference)]
                yield difference, min(map(rule_of, changes), key=lambda rule: rule.verdicts.overall.rank)


def _told(difference: Difference, rule: Rule | None) -> Iterator[str]:
    left, right = difference.left, difference.right
    if difference.about:
        yield f"{left.place}: {difference.id}: {difference.about}"
        width = max(len(left.witness), len(right.witness))
        for one in (left, right):
            yield f"    {one.witness:{width}}  {told(one)}  [{one.place}]"
    else:  # A witness alone is in doubt.
        other = f" [{right.place}]" if right.place != left.place else ""
        yield f"{left.place}: {difference.id}: {told(left)}{other}"
    if rule:
        yield f"    for callers: {rule.verdicts.overall}, {rule.why} ({rule.id})"
    yield f"    {difference.hint}"


def told(statement: Statement) -> str:
    """What a witness says, for a person."""
    value = statement.value
    return value.value if isinstance(value, Absence) else shown(value)


def as_data(report: Report) -> dict[str, Any]:
    """The whole report as mappings, lists and scalars. What a witness does not say has `says: false`."""
    rules = dict(found for comparison in report.comparisons for found in _judged(comparison))
    return {
        "holds": not report.differences,
        "comparisons": [
            {
                "operation": one.operation,
                "left": _witness(one.left),
                "right": _witness(one.right),
                "facts_held": len(one.held),
                "differences": [
                    {**_plain(difference), **_for_callers(rules.get(difference))} for difference in one.differences
                ],
                "known": [{"id": known.id, "path": known.path, "place": _place(known.place)} for known in one.known],
            }
            for one in report.comparisons
        ],
        "others": [_plain(difference) for difference in report.others],
    }


def _for_callers(rule: Rule | None) -> dict[str, Any]:
    return {"callers": {"verdict": rule.verdicts.overall, "rule": rule.id, "why": rule.why}} if rule else {}


def _witness(contract: Contract) -> dict[str, Any]:
    return {"witness": contract.witness, "place": _place(contract.operation.place)}


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
    return {**said, "place": _place(statement.place)}


def _place(place: Location) -> dict[str, Any]:
    origin = {"origin": _place(place.origin)} if place.origin else {}
    return {"file": place.file, "line": place.line, **origin}
