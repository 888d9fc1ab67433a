"""Formats the decisions of a review, the changes since the base, and the differences between witnesses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import shorten

from attrs import evolve

from generator.changes.classify import Verdict
from generator.changes.diff import Change
from generator.changes.evidence import FactStatus
from generator.contract.compare import Absence, Difference, Statement
from generator.contract.text import format_value, pluralize

from .cells import DECISION_BADGES, PLAIN, Badge, Note, StatementCell, location_note
from .values import Review


def overall_badge(review: Review) -> Badge:
    """Format the overall decision."""
    return DECISION_BADGES[review.decisions.overall]


def check_badges(review: Review) -> tuple[Badge, ...]:
    """Format the decision of each check."""
    decisions = review.decisions
    return tuple(
        evolve(DECISION_BADGES[decision], words=words, href=href) if decision else Badge("·", words, PLAIN, href)
        for decision, words, href in (
            (decisions.changes, f"Changes: {_changes(review)}", "#changes"),
            (decisions.version, f"Version: {_version(review)}", "#changes"),
            (decisions.witnesses, f"Witnesses: {_witnesses(review)}", _witnesses_href(review)),
            (decisions.style, f"Style: {_style(review)}", "#style" if review.findings else "#listing"),
            (decisions.examples, f"Examples: {_examples(review)}", "#examples-1"),
        )
    )


def _changes(review: Review) -> str:
    if review.diff is None:
        return "nothing released yet to compare with"
    if not review.diff.changes:
        return f"no fact changed since {review.diff.before}"
    verdicts = [change.verdict for change in review.diff.changes]
    counts = [f"{verdicts.count(kind)} {kind}" for kind in Verdict if kind in verdicts]
    return f"{pluralize(len(verdicts), 'change', 'changes')} since {review.diff.before}: {', '.join(counts)}"


def _version(review: Review) -> str:
    if review.version_problem:
        return shorten(review.version_problem, 110, placeholder=" …")
    return f"{review.version} matches the changes"


def _witnesses(review: Review) -> str:
    if review.differences:
        count = len(differences_by_fact(review))
        return f"they differ on {pluralize(count, 'fact', 'facts')}"
    agreed, sourced, known = (
        sum(operation.evidence.count(status) for operation in review.operations)
        for status in (FactStatus.AGREED, FactStatus.SOURCED, FactStatus.KNOWN)
    )
    counts = f"{agreed} facts agreed, {sourced} additions with a source, {known} known to differ"
    return "; ".join((counts, *review.skipped))


def _witnesses_href(review: Review) -> str:
    return "#differences" if review.differences else "#evidence-1"


def _style(review: Review) -> str:
    count = len(review.findings)
    return pluralize(count, "finding", "findings") if count else "no findings"


def _examples(review: Review) -> str:
    rows = [row for operation in review.operations for row in operation.coverage]
    return f"{sum(row.count > 0 for row in rows)} of {len(rows)} fields of the response have a value"


def sorted_changes(review: Review) -> list[Change]:
    """Return the changes since the base, breaking changes first."""
    return sorted(review.diff.changes if review.diff else (), key=lambda change: change.verdict.rank)


def change_title(review: Review, change: Change) -> str:
    """Name the changed fact, and its operation if there are several."""
    about = change.difference.subject
    return f"{about} of {change.operation}" if len(review.operations) > 1 else about


def side_cell(review: Review, statement: Statement) -> StatementCell:
    """Format one side of a change."""
    location = statement.location
    if isinstance(statement.value, Absence):
        return StatementCell(statement.value.value if location.file else "did not exist", missing=True)
    return StatementCell(format_value(statement.value), (location_note(review, location),) if location.file else ())


def differences_by_fact(review: Review) -> list[list[Difference]]:
    """Group the differences between witnesses that are about one fact."""
    by_fact: dict[tuple[str, str, str, str], list[Difference]] = {}
    for difference in review.differences:
        key = (difference.id, difference.part, difference.path, difference.keyword)
        by_fact.setdefault(key, []).append(difference)
    return [*by_fact.values()]


def witness_cells(review: Review, differences: Sequence[Difference]) -> Iterator[StatementCell]:
    """Format each statement on the fact of some differences once, with its witness and its location."""
    for side in dict.fromkeys(side for difference in differences for side in (difference.left, difference.right)):
        missing = isinstance(side.value, Absence)
        value = side.value.value if isinstance(side.value, Absence) else format_value(side.value)
        yield StatementCell(value, (Note(str(side.witness)), location_note(review, side.location)), missing)
