"""Formats the decisions of a review, the changes since the base, and the differences between witnesses.

The decisions are also formatted for the terminal.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from attrs import evolve

from generator.changes.classify import Verdict
from generator.changes.diff import Change
from generator.changes.evidence import FactStatus
from generator.contract.difference import Absence, Difference, Statement
from generator.contract.text import format_value, pluralize
from generator.errors import Location
from generator.reports.text import format_statement, version_line

from .cells import BAD, DECISION_BADGES, GOOD, OPEN, PLAIN, VERDICT_BADGES, Badge, Note, StatementCell, location_note
from .rows import coverage_rows
from .values import Review


def reasons(review: Review) -> Iterator[str]:
    """Yield the sentences that explain the decision, with the next step; they may have code spans."""
    yield _about_changes(review)
    if review.differences:
        yield "The witnesses differ: correct the wrong one, or accept the difference."
    if review.findings:
        yield "The specification breaks a style rule: correct it."


def _about_changes(review: Review) -> str:
    diff, problem = review.diff, review.version_problem
    if diff is None:
        return "There is nothing to compare with: no version is released, and no base is named."
    if problem:
        return f"{problem.reason[:1].upper()}{problem.reason[1:]}; {problem.step}."
    if diff.verdict is Verdict.BREAKING:
        if diff.allowed_by:
            return f"Version {diff.allowed_by} breaks callers and tells them what to do: is the change worth it?"
        return "Callers break, and nothing tells them: no version is released yet."
    if diff.verdict is Verdict.REVIEW:
        return "No rule decides if callers break: read each change that needs review."
    return "Callers keep working." if diff.changes else "No fact changed; only wording or formatting may have."


def checks(review: Review) -> Mapping[str, Badge]:
    """Format the result of each check by its name, with a link to the part of the page that shows it."""
    witnesses, style = DECISION_BADGES[review.decisions.witnesses], DECISION_BADGES[review.decisions.style]
    findings = pluralize(len(review.findings), "finding", "findings") if review.findings else "no findings"
    differences = "#differences" if review.differences else "#evidence"
    return {
        "Changes": _changes(review),
        "Version": _version(review),
        "Witnesses": evolve(witnesses, words=_witnesses(review), href=differences),
        "Style": evolve(style, words=findings, href="#style" if review.findings else "#listing"),
        "Examples": Badge("·", _examples(review), PLAIN, "#evidence"),
    }


def _changes(review: Review) -> Badge:
    diff = review.diff
    if diff is None:
        return Badge("·", "nothing to compare with", PLAIN, "#changes")
    verdicts = [change.verdict for change in diff.changes]
    counts = ", ".join(f"{verdicts.count(kind)} {kind}" for kind in Verdict if kind in verdicts)
    verdict = Verdict.REVIEW if diff.verdict is Verdict.BREAKING and diff.allowed_by else diff.verdict
    return evolve(VERDICT_BADGES[verdict], words=counts or "none", href="#changes")


def _version(review: Review) -> Badge:
    problem = review.version_problem
    if problem is None:
        return Badge("✓", review.version, GOOD, "#changes")
    required = f"{problem.required} with a note" if problem.required == review.version else problem.required
    words = f"{review.version}; required: {required}"
    return Badge("✗", words, BAD, "#changes") if problem.is_blocking else Badge("!", words, OPEN, "#changes")


def _witnesses(review: Review) -> str:
    if review.differences:
        count = len(differences_by_fact(review))
        return f"they differ on {pluralize(count, 'fact', 'facts')}"
    agreed, sourced, known = (
        sum(operation.evidence.count(status) for operation in review.operations)
        for status in (FactStatus.AGREED, FactStatus.SOURCED, FactStatus.KNOWN)
    )
    facts, additions = pluralize(agreed, "fact", "facts"), pluralize(sourced, "addition", "additions")
    return "; ".join((f"{facts} agreed, {additions} with a source, {known} known to differ", *review.skipped))


def _examples(review: Review) -> str:
    counts = [count for operation in review.operations for _, count, _ in coverage_rows(operation)]
    return f"{sum(map(bool, counts))} of {len(counts)} fields of the response have a value"


def sorted_changes(review: Review) -> list[Change]:
    """Return the changes since the base, breaking changes first."""
    return sorted(review.diff.changes if review.diff else (), key=lambda change: change.verdict.rank)


def side_cell(review: Review, statement: Statement) -> StatementCell:
    """Format one side of a change."""
    location = statement.location
    if isinstance(statement.value, Absence):
        return StatementCell(statement.value.value if location.file else "did not exist", missing=True)
    return StatementCell(format_value(statement.value), (location_note(review, location),) if location.file else ())


def differences_by_fact(review: Review) -> list[list[Difference]]:
    """Group the differences between witnesses that are about one fact."""
    by_fact: dict[tuple[str, str, Location, tuple[str, ...]], list[Difference]] = {}
    for difference in review.differences:
        left, right = difference.left, difference.right
        is_whole = not difference.path and not difference.keyword
        values = (str(left.value), str(right.value)) if is_whole else ()
        by_fact.setdefault((difference.id, difference.subject, left.location, values), []).append(difference)
    return [*by_fact.values()]


def witness_cells(review: Review, differences: Sequence[Difference]) -> Iterator[StatementCell]:
    """Format each statement on the fact of some differences once, with its witness and its location."""
    for side in dict.fromkeys(side for difference in differences for side in (difference.left, difference.right)):
        missing = isinstance(side.value, Absence)
        notes = (Note(str(side.witness)), location_note(review, side.location))
        yield StatementCell(format_statement(side), notes, missing)


def review_summary(review: Review, path: Path) -> str:
    """Format the result of a review: the page, its decision, each check that does not hold, the required version."""
    failed = [
        f"    {label.lower()}: {badge.words}" for label, badge in checks(review).items() if badge.tone in {BAD, OPEN}
    ]
    required = [version_line(review.file, review.version_problem.sentence)] if review.version_problem else []
    lines = (f"{path}: {review.decisions.overall.lower()}", *failed, *required)
    return "".join(f"{line}\n" for line in lines)
