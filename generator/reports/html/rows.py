"""The evidence as it stands on the page: each fact in a row, what every witness says, and what a change would do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from attrs import evolve, frozen

from generator.changes.what_if import Consequence
from generator.contract.compare import ABSENT, Absence, Statement
from generator.contract.facts import KEYWORDS, Witness
from generator.contract.text import shown
from generator.contract.urls import path_of

from .evidence import WITNESSES, Row, Silence, Standing, Subject
from .marks import BAD, GOOD, OPEN, PLAIN, Cell, Mark, Note, followed, note, together
from .values import Review, Reviewed


@frozen
class MoveView:
    """What would happen if a fact were moved."""

    move: str
    mark: Mark
    why: str
    rule: str


@frozen
class RowView:
    """A fact: its keyword, what that means, what each witness says, how it stands, and what a change would do."""

    id: str
    keyword: str
    meaning: str
    brief: str
    cells: tuple[Cell, ...]
    mark: Mark
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


STANDINGS: Mapping[Standing, Mark] = {
    Standing.AGREED: Mark("✓", "agreed", GOOD),
    Standing.SOURCED: Mark("+", "beyond the page", PLAIN),
    Standing.KNOWN: Mark("≈", "known difference", OPEN),
    Standing.DIFFERS: Mark("✗", "differs", BAD),
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
        yield SubjectView(id_, _name(one), _kind(one), rows, tuple(map(_move, one.consequences)))


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


def _row(review: Review, reviewed: Reviewed, subject: Subject, row: Row, prefix: str) -> RowView:
    odd = {one.right.witness for one in row.differences} | {one.witness for one in row.known}
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
        mark=STANDINGS[row.standing],
        notes=tuple(_grounds(row)),
        moves=tuple(map(_move, row.consequences)),
    )


def _brief(row: Row) -> str:
    """The fact in two words, as the contract has it, or else who does."""
    if not row.keyword:
        return "not in the contract" if isinstance(row.said[Witness.SPECIFICATION], Silence) else "not in all of them"
    said = (row.said[Witness.SPECIFICATION], *row.said.values())
    value = next((shown(one.value) for one in said if isinstance(one, Statement) and one.value is not ABSENT), "")
    return row.keyword if value == "true" else f"{row.keyword} {path_of(value) or value}"


def _cell(review: Review, reviewed: Reviewed, subject: Subject, witness: Witness, said: Statement | Silence) -> Cell:
    if isinstance(said, Silence):
        return Cell(said.value, silent=True)
    notes = [note(review, said.place)]
    if said.place.origin:
        notes.insert(0, Note(f"line {said.place.origin.line} of the page", followed(reviewed.documentation)))
    value = "" if isinstance(said.value, Absence) else shown(said.value)
    written = reviewed.attributes.get((subject.part, subject.path), "") if witness is Witness.CLIENT else ""
    return Cell(value, (*([Note(written)] if written else ()), *notes))


def _grounds(row: Row) -> Iterator[Note]:
    """Why a fact stands as it does."""
    if row.source:
        yield Note(f"known from {_short(row.source)}", followed(row.source))
    for hint in dict.fromkeys(f"{one.id}: {one.hint}" for one in row.differences):
        yield Note(hint)
    for known in row.known:
        yield Note(known.reason)
        yield Note(f"known from {_short(known.source)}", followed(known.source))
    if row.standing is Standing.AGREED:
        silent = [SPEAKERS[witness] for witness, said in row.said.items() if isinstance(said, Silence)]
        speaking = len(row.said) - len(silent)
        yield Note(f"by {_NUMBERS[speaking]}" + (f"; not by: {', '.join(silent).lower()}" if silent else ""))


_NUMBERS = ("none", "one alone", "two", "three", "all four")


def _short(url: str) -> str:
    """A URL as a person says it: the host, and the last words of the path."""
    host, _, path = url.removeprefix("https://").partition("/")
    return f"{host}/…/{path.rsplit('/', 2)[-1]}" if path.count("/") > 1 else f"{host}/{path}"


def _move(consequence: Consequence) -> MoveView:
    rule = consequence.rule
    return MoveView(consequence.move, together(rule), rule.why, rule.id)


def additions(review: Review, reviewed: Reviewed) -> Iterator[tuple[str, Note, Note]]:
    """What the contract says beyond the documentation: what, where, and where that is known from."""
    contract = reviewed.evidence.contract
    for one in contract.additions:
        source = Note(one.source or "no source", followed(one.source))
        yield one.text, note(review, one.place), source
    for fact in contract.facts():
        if fact.source:
            text = f"{fact.part} {fact.path} {fact.keyword}"
            yield text, note(review, fact.place), Note(fact.source, followed(fact.source))
