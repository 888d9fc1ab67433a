"""Formats the decisions of a review, the changes since the base, and the differences between witnesses."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import shorten

from attrs import evolve, frozen

from generator.changes.classify import Verdict
from generator.changes.diff import Change
from generator.changes.evidence import FactStatus
from generator.contract.compare import Absence, Difference, Statement
from generator.contract.text import format_value, pluralize

from .cells import DECISION_BADGES, PLAIN, VERDICT_BADGES, Badge, Note, StatementCell, location_note
from .values import Review


@frozen
class ChangeView:
    """A change since the base: the old and the new statement, the verdicts, and the rule."""

    title: str
    before: StatementCell
    after: StatementCell
    axes: tuple[Badge, ...]
    why: str
    rule: str


@frozen
class DifferenceView:
    """A fact on which witnesses differ: all statements, and how to fix it."""

    title: str
    cells: tuple[StatementCell, ...]
    hint: str
    id: str


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
        count = len(list(difference_rows(review)))
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


def change_rows(review: Review) -> Iterator[ChangeView]:
    """Format the changes since the base, breaking changes first."""
    changes = review.diff.changes if review.diff else ()
    for change in sorted(changes, key=lambda change: change.verdict.rank):
        rule, difference = change.rule, change.difference
        yield ChangeView(
            title=_title(review, change),
            before=_side(review, difference.left),
            after=_side(review, difference.right),
            axes=tuple(VERDICT_BADGES[on_axis] for on_axis in rule.verdicts.each),
            why=rule.why,
            rule=rule.id,
        )


def _title(review: Review, change: Change) -> str:
    """Name the changed fact, and its operation if there are several."""
    about = change.difference.subject
    return f"{about} of {change.operation}" if len(review.operations) > 1 else about


def _side(review: Review, statement: Statement) -> StatementCell:
    location = statement.location
    if isinstance(statement.value, Absence):
        return StatementCell(statement.value.value if location.file else "did not exist", missing=True)
    return StatementCell(format_value(statement.value), (location_note(review, location),) if location.file else ())


def difference_rows(review: Review) -> Iterator[DifferenceView]:
    """Format the differences between witnesses, one row per fact with all statements on it."""
    by_fact: dict[tuple[str, str, str, str], list[Difference]] = {}
    for difference in review.differences:
        key = (difference.id, difference.part, difference.path, difference.keyword)
        by_fact.setdefault(key, []).append(difference)
    for (id_, *_), differences in by_fact.items():
        sides = dict.fromkeys(side for difference in differences for side in (difference.left, difference.right))
        cells = tuple(_witness_cell(review, side) for side in sides)
        yield DifferenceView(differences[0].subject or "the whole", cells, differences[0].hint, id_)


def _witness_cell(review: Review, statement: Statement) -> StatementCell:
    missing = isinstance(statement.value, Absence)
    value = statement.value.value if isinstance(statement.value, Absence) else format_value(statement.value)
    return StatementCell(value, (Note(str(statement.witness)), location_note(review, statement.location)), missing)
