"""The evidence as it stands on the page: each fact in a row, what every witness says, and what a change would do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from attrs import evolve, frozen

from generator.changes.what_if import Impact
from generator.contract.compare import ABSENT, Absence, Statement
from generator.contract.facts import KEYWORDS, Witness
from generator.contract.text import format_value
from generator.contract.urls import url_path

from .evidence import WITNESSES, FactRow, FactStatus, NotStated, Subject
from .marks import BAD, GOOD, OPEN, PLAIN, Badge, Note, StatementCell, combined_badge, note, safe_href
from .values import Review, Reviewed


@frozen
class MoveView:
    """What would happen if a fact were moved."""

    move: str
    mark: Badge
    why: str
    rule: str


@frozen
class RowView:
    """A fact: its keyword, what that means, what each witness says, how it stands, and what a change would do."""

    id: str
    keyword: str
    meaning: str
    brief: str
    cells: tuple[StatementCell, ...]
    mark: Badge
    notes: tuple[Note, ...]
    moves: tuple[MoveView, ...]


@frozen
class SubjectView:
    """A parameter, a field, or the call itself, with its facts."""

    id: str
    name: str
    kind: str
    rows: tuple[RowView, ...]
    moves: tuple[MoveView, ...]


STANDINGS: Mapping[FactStatus, Badge] = {
    FactStatus.AGREED: Badge("✓", "agreed", GOOD),
    FactStatus.SOURCED: Badge("+", "beyond the page", PLAIN),
    FactStatus.KNOWN: Badge("≈", "known difference", OPEN),
    FactStatus.DIFFERS: Badge("✗", "differs", BAD),
}

SPEAKERS: Mapping[Witness, str] = {
    Witness.LOCK: "Page",
    Witness.SPECIFICATION: "Contract",
    Witness.CLIENT: "Client",
    Witness.DESCRIPTORS: "Descriptors",
}

_MEANINGS = {
    "method": "HTTP method",
    "url": "where the call goes",
    "status": "of a call that went well",
    "in": "where the caller puts it",
    "type": "JSON type",
    "": "whether it is described",
}
_KINDS = {"parameter": "parameter", "body": "field of the request", "response": "field of the answer"}


def subjects(review: Review, reviewed: Reviewed) -> Iterator[SubjectView]:
    """The subjects of an operation in the contract's order."""
    number = review.operations.index(reviewed) + 1
    for one in reviewed.evidence.subjects:
        id_ = f"o{number}-{one.part}-{_plain(one.path)}".rstrip("-")
        rows = tuple(_row(review, reviewed, one, row, id_) for row in one.rows)
        yield SubjectView(id_, _name(one), _kind(one), rows, tuple(map(_move, one.impacts)))


def _plain(path: str) -> str:
    """A path as a part of an anchor, which stays the same from page to page."""
    for sign, word in _SIGNS.items():
        path = path.replace(sign, word)
    return re.sub(r"[^\w.-]", lambda found: f"_{ord(found[0]):x}", path)


_SIGNS = {"[]": "_items", "{key}": "_keys", "{}": "_values"}


def _name(subject: Subject) -> str:
    return subject.path or {"operation": "The call", "response": "The answer"}.get(subject.part, subject.part)


def _kind(subject: Subject) -> str:
    return _KINDS.get(subject.part, subject.part) if subject.path else ""


def _row(review: Review, reviewed: Reviewed, subject: Subject, row: FactRow, prefix: str) -> RowView:
    odd = {one.right.witness for one in row.differences} | {one.witness for one in row.accepted}
    cells = tuple(
        evolve(_cell(review, reviewed, subject, witness, row.said[witness]), differs=witness in odd)
        for witness in WITNESSES
    )
    return RowView(
        id=f"{prefix}-{row.keyword or 'whole'}",
        keyword=row.keyword or "there at all",
        meaning=_MEANINGS.get(row.keyword) or KEYWORDS.get(row.keyword, ""),
        brief=_brief(row),
        cells=cells,
        mark=STANDINGS[row.status],
        notes=tuple(_grounds(row)),
        moves=tuple(map(_move, row.impacts)),
    )


def _brief(row: FactRow) -> str:
    """The fact in two words, as the contract has it, or else who does."""
    if not row.keyword:
        return "not in the contract" if isinstance(row.said[Witness.SPECIFICATION], NotStated) else "not in all of them"
    said = (row.said[Witness.SPECIFICATION], *row.said.values())
    value = next(
        (format_value(one.value) for one in said if isinstance(one, Statement) and one.value is not ABSENT), ""
    )
    return row.keyword if value == "true" else f"{row.keyword} {url_path(value) or value}"


def _cell(
    review: Review, reviewed: Reviewed, subject: Subject, witness: Witness, said: Statement | NotStated
) -> StatementCell:
    if isinstance(said, NotStated):
        return StatementCell(said.value, silent=True)
    notes = [note(review, said.location)]
    if said.location.origin:
        notes.insert(0, Note(f"line {said.location.origin.line} of the page", safe_href(reviewed.documentation)))
    value = "" if isinstance(said.value, Absence) else format_value(said.value)
    written = reviewed.attributes.get((subject.part, subject.path), "") if witness is Witness.CLIENT else ""
    return StatementCell(value, (*([Note(written)] if written else ()), *notes))


def _grounds(row: FactRow) -> Iterator[Note]:
    """Why a fact stands as it does."""
    if row.source:
        yield Note(f"known from {_short(row.source)}", safe_href(row.source))
    for hint in dict.fromkeys(f"{one.id}: {one.hint}" for one in row.differences):
        yield Note(hint)
    for known in row.accepted:
        yield Note(known.reason)
        yield Note(f"known from {_short(known.source)}", safe_href(known.source))
    if row.status is FactStatus.AGREED:
        silent = [SPEAKERS[witness] for witness, said in row.said.items() if isinstance(said, NotStated)]
        speaking = len(row.said) - len(silent)
        yield Note(f"by {_NUMBERS[speaking]}" + (f"; not by: {', '.join(silent).lower()}" if silent else ""))


_NUMBERS = ("none", "one alone", "two", "three", "all four")


def _short(url: str) -> str:
    """A URL as a person says it: the host, and the last words of the path."""
    host, _, path = url.removeprefix("https://").partition("/")
    return f"{host}/…/{path.rsplit('/', 2)[-1]}" if path.count("/") > 1 else f"{host}/{path}"


def _move(consequence: Impact) -> MoveView:
    rule = consequence.rule
    return MoveView(consequence.edit, combined_badge(rule), rule.why, rule.id)


def additions(review: Review, reviewed: Reviewed) -> Iterator[tuple[str, Note, Note]]:
    """What the contract says beyond the documentation: what, where, and where that is known from."""
    contract = reviewed.evidence.contract
    for one in contract.undocumented:
        source = Note(one.source or "no source", safe_href(one.source))
        yield one.text, note(review, one.location), source
    for fact in contract.facts():
        if fact.source:
            text = f"{fact.part} {fact.path} {fact.keyword}"
            yield text, note(review, fact.location), Note(fact.source, safe_href(fact.source))
