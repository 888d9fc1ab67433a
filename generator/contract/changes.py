"""What changed from an older contract to a newer one, fact by fact, in words that a changelog can carry."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from .agreement import Testimony, check
from .compare import ABSENT, Absence, Difference
from .facts import Contract, Value, Witness
from .notation import shown
from .places import Place


@frozen
class Change:
    """A difference from an older contract (left) to a newer one (right) of one operation.

    `required` says that the newer one demands what the difference is about.
    """

    operation: str
    difference: Difference
    required: bool = False


def changes(before: Sequence[Contract], after: Sequence[Contract]) -> tuple[Change, ...]:
    """Every change between two specifications, operation by operation; last those that came and went as a whole."""
    older, newer = (Testimony(Witness.SPECIFICATION, Place(""), tuple(one)) for one in (before, after))
    report = check([(older, newer)])
    found = [
        Change(comparison.operation, difference, _is_required(comparison.right, difference))
        for comparison in report.comparisons
        for difference in comparison.differences
    ]
    return (*found, *(Change(_operation(difference), difference) for difference in report.others))


def _is_required(contract: Contract, difference: Difference) -> bool:
    return any(
        fact.keyword == "required" for fact in contract.facts() if (fact.part, fact.path) == _subject_of(difference)
    )


def _subject_of(difference: Difference) -> tuple[str, str]:
    return difference.part, difference.path


def _operation(difference: Difference) -> str:
    stated = difference.left if difference.right.value is ABSENT else difference.right
    return str(stated.value)


def told(change: Change) -> str:
    """``changed: parameter `imageId` maxLength, `50` -> `40` ``, in Markdown; the operation is not repeated."""
    difference = change.difference
    path = f"`{difference.path}`" if difference.path else ""
    what = " ".join(filter(None, (difference.part, path, difference.keyword)))
    was, now = difference.left.value, difference.right.value
    if isinstance(was, Absence):
        return f"added: {what}{_value(now, change)}"
    if isinstance(now, Absence):
        return f"removed: {what}{_value(was, change)}"
    return f"changed: {what}, `{shown(was)}` -> `{shown(now)}`"


def _value(value: Value | Absence, change: Change) -> str:
    return "" if isinstance(value, Absence) or value is True or value == change.operation else f", `{shown(value)}`"
