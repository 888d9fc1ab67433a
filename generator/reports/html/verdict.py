"""How the contract stands, all in all and in each respect; what changed, and on what the witnesses differ."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import shorten

from attrs import frozen

from generator.changes.classify import Verdict, worst
from generator.changes.diff import Change
from generator.changes.rules import rule_of
from generator.contract.compare import Absence, Difference, Statement
from generator.contract.text import format_value, pluralize

from .evidence import FactStatus
from .marks import BAD, GOOD, MARKS, OPEN, PLAIN, Badge, Note, StatementCell, note
from .values import Review


@frozen
class ChangeView:
    """A change against the base: what, its two sides, whom it breaks, and by which rule."""

    what: str
    was: StatementCell
    now: StatementCell
    axes: tuple[Badge, ...]
    why: str
    rule: str


def verdict(review: Review) -> tuple[Badge, ...]:
    """How the contract stands: first all in all, then in each respect."""
    parts = (_of_changes(review), _of_version(review), _of_witnesses(review), _of_style(review), _of_examples(review))
    tones = {one.tone for one in parts}
    overall = next(mark for mark in _OVERALL if mark.tone in tones or mark.tone == GOOD)
    return (overall, *parts)


_OVERALL = (
    Badge("✗", "Not as it stands", BAD),
    Badge("?", "A person decides", OPEN),
    Badge("✓", "Nothing stands against it", GOOD),
)


def _of_changes(review: Review) -> Badge:
    if review.base is None:
        return Badge("·", "Changes: there is no earlier contract to hold it against", PLAIN, "#changes")
    overall = [rule_of(change).verdicts.overall for change in review.base.changes]
    name, count = review.base.name, len(overall)
    if not overall:
        return Badge("✓", f"Changes: no fact changed against {name}", GOOD, "#changes")
    found = worst(overall)
    worse = overall.count(found)
    words = {
        Verdict.BREAKING: f"{pluralize(worse, 'of them breaks', 'of them break')} callers",
        Verdict.REVIEW: f"{pluralize(worse, 'of them is', 'of them are')} for a person to judge",
        Verdict.COMPATIBLE: "none of them breaks anybody",
    }[found]
    mark = MARKS[found]
    return Badge(
        mark.sign, f"Changes: {pluralize(count, 'change', 'changes')} against {name}; {words}", mark.tone, "#changes"
    )


def _of_version(review: Review) -> Badge:
    if review.version_problem:
        return Badge("✗", f"Version: {shorten(review.version_problem, 110, placeholder=' …')}", BAD, "#changes")
    return Badge("✓", f"Version: {review.version} says what it does to callers", GOOD, "#changes")


def _of_witnesses(review: Review) -> Badge:
    if review.differences:
        count = pluralize(len(list(differences(review))), "thing", "things")
        return Badge("✗", f"Witnesses: they differ on {count}", BAD, "#differences")
    agreed, sourced, known = (
        sum(one.evidence.count(standing) for one in review.operations)
        for standing in (FactStatus.AGREED, FactStatus.SOURCED, FactStatus.KNOWN)
    )
    told = f"{agreed} facts agreed, {sourced} beyond the page with a source, {known} known to differ"
    absent = "".join(f"; {one}" for one in review.skipped)
    return Badge("✓", f"Witnesses: {told}{absent}", GOOD, "#evidence-1")


def _of_style(review: Review) -> Badge:
    count = len(review.findings)
    if count:
        return Badge("✗", f"Style: {pluralize(count, 'finding', 'findings')}", BAD, "#style")
    return Badge("✓", "Style: nothing against the rules", GOOD, "#listing")


def _of_examples(review: Review) -> Badge:
    rows = [row for one in review.operations for row in one.coverage]
    shown_ = sum(row.shown > 0 for row in rows)
    mark = ("✓", GOOD) if shown_ == len(rows) else ("?", OPEN)
    return Badge(mark[0], f"Examples: {shown_} of {len(rows)} fields of the answer are shown", mark[1], "#examples-1")


def changes(review: Review) -> Iterator[ChangeView]:
    """What changed against the base, what breaks first."""
    found = review.base.changes if review.base else ()
    for change in sorted(found, key=lambda one: rule_of(one).verdicts.overall.rank):
        rule, difference = rule_of(change), change.difference
        yield ChangeView(
            what=_what(review, change),
            was=_side(review, difference.left),
            now=_side(review, difference.right),
            axes=tuple(MARKS[one] for one in rule.verdicts.each),
            why=rule.why,
            rule=rule.id,
        )


def _what(review: Review, change: Change) -> str:
    """What changed; of which operation, where there are several."""
    about = change.difference.subject
    return f"{about} of {change.operation}" if len(review.operations) > 1 else about


def _side(review: Review, said: Statement) -> StatementCell:
    if isinstance(said.value, Absence):
        return StatementCell("was not there" if not said.location.file else said.value.value, silent=True)
    return StatementCell(format_value(said.value), (note(review, said.location),) if said.location.file else ())


@frozen
class DifferenceView:
    """One thing on which witnesses differ from another one: what each of them says, and what to do."""

    what: str
    cells: tuple[StatementCell, ...]
    hint: str
    id: str


def differences(review: Review) -> Iterator[DifferenceView]:
    """What the witnesses differ on, each thing once with all that they say of it."""
    by_thing: dict[tuple[str, str, str, str], list[Difference]] = {}
    for one in review.differences:
        by_thing.setdefault((one.id, one.part, one.path, one.keyword), []).append(one)
    for (id_, *_), found in by_thing.items():
        said = dict.fromkeys(side for one in found for side in (one.left, one.right))
        cells = tuple(_witness(review, one) for one in said)
        yield DifferenceView(found[0].subject or "the whole", cells, found[0].hint, id_)


def _witness(review: Review, said: Statement) -> StatementCell:
    value = said.value.value if isinstance(said.value, Absence) else format_value(said.value)
    return StatementCell(value, (Note(str(said.witness)), note(review, said.location)), isinstance(said.value, Absence))
