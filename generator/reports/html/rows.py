"""Formats the evidence for the review page: one row per fact, with each statement and the impact of edits."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from attrs import evolve, frozen

from generator.changes.evidence import WITNESSES, FactRow, FactStatus, NotStated, Subject
from generator.changes.what_if import Impact
from generator.contract.difference import Absence, Statement
from generator.contract.facts import Witness
from generator.contract.keywords import KEYWORDS
from generator.contract.text import format_value, pluralize
from generator.contract.urls import line_url, url_path
from generator.yaml_document import YamlMapping, YamlSequence

from .cells import BAD, GOOD, OPEN, PLAIN, Badge, Note, StatementCell, location_note, safe_href
from .values import OperationReview, Review


@frozen
class RowView:
    """A fact: its keyword with a short explanation, the statements, its status, and the impact of edits."""

    id: str
    keyword: str
    meaning: str
    brief: str
    cells: tuple[StatementCell, ...]
    badge: Badge
    notes: tuple[Note, ...]
    impacts: tuple[Impact, ...]


@frozen
class SubjectView:
    """A parameter, a field, or the call itself, with its facts."""

    id: str
    name: str
    kind: str
    rows: tuple[RowView, ...]
    impacts: tuple[Impact, ...]


STATUS_BADGES: Mapping[FactStatus, Badge] = {
    FactStatus.AGREED: Badge("✓", "agreed", GOOD),
    FactStatus.SOURCED: Badge("+", "addition", PLAIN),
    FactStatus.KNOWN: Badge("≈", "known difference", OPEN),
    FactStatus.DIFFERS: Badge("✗", "differs", BAD),
    FactStatus.ALONE: Badge("·", "not compared", PLAIN),
}

_PLURALS: Mapping[FactStatus, str] = {
    FactStatus.SOURCED: "additions",
    FactStatus.KNOWN: "known differences",
    FactStatus.DIFFERS: "differ",
}
"""Status -> the words after a number of facts with it, if they are not those of its badge."""

WITNESS_LABELS: Mapping[Witness, str] = {
    Witness.LOCK: "Page",
    Witness.SPECIFICATION: "Contract",
    Witness.CLIENT: "Client",
    Witness.DESCRIPTORS: "Descriptors",
}

_MEANINGS = {
    "method": "HTTP method",
    "url": "URL of the call",
    "status": "status of a successful response",
    "in": "location of the parameter",
    "type": "JSON type",
    "": "existence",
}
_NAMES = {"operation": "The call", "response": "The response"}
_KINDS = {"parameter": "parameter", "body": "field of the request", "response": "field of the response"}

_MAX_LENGTH = 90
"""Longer example values are cut, in characters."""


def status_counts(operation: OperationReview) -> Iterator[Badge]:
    """Format the number of facts with each status; without those that no fact has."""
    for status, badge in STATUS_BADGES.items():
        if count := operation.evidence.count(status):
            yield evolve(badge, words=pluralize(count, badge.words, _PLURALS.get(status, badge.words)))


def subjects(review: Review, operation: OperationReview) -> Iterator[SubjectView]:
    """Format the subjects of an operation in the contract's order."""
    number = review.operations.index(operation) + 1
    for subject in operation.evidence.subjects:
        id_ = f"o{number}-{subject.part}-{_anchor(subject.path)}".rstrip("-")
        rows = tuple(_row(review, operation, subject, row, id_) for row in subject.rows)
        name = subject.path or _NAMES.get(subject.part, subject.part)
        kind = _KINDS.get(subject.part, subject.part) if subject.path else ""
        yield SubjectView(id_, name, kind, rows, subject.impacts)


def _anchor(path: str) -> str:
    """Convert a path to a part of an anchor that is stable between pages."""
    path = path.replace("[]", "_items").replace("{key}", "_keys").replace("{}", "_values")
    return re.sub(r"[^\w.-]", lambda match: f"_{ord(match[0]):x}", path)


def _row(review: Review, operation: OperationReview, subject: Subject, row: FactRow, prefix: str) -> RowView:
    differing = {difference.right.witness for difference in row.differences}
    differing |= {known.witness for known in row.accepted}
    cells = tuple(
        evolve(_cell(review, operation, subject, witness, row.statements[witness]), differs=witness in differing)
        for witness in WITNESSES
    )
    return RowView(
        id=f"{prefix}-{row.keyword or 'whole'}",
        keyword=row.keyword or "exists",
        meaning=_MEANINGS.get(row.keyword) or (KEYWORDS[row.keyword].meaning if row.keyword in KEYWORDS else ""),
        brief=_brief(row),
        cells=cells,
        badge=STATUS_BADGES[row.status],
        notes=tuple(_reasons(row)),
        impacts=row.impacts,
    )


def _brief(row: FactRow) -> str:
    """Format a fact in two words, with the value of the contract or else of another witness."""
    specified = row.statements[Witness.SPECIFICATION]
    if not row.keyword:
        return "not in the contract" if isinstance(specified, NotStated) else "not in all of them"
    statements = (specified, *row.statements.values())
    values = (statement.value for statement in statements if isinstance(statement, Statement))
    value = next((format_value(value) for value in values if not isinstance(value, Absence)), "")
    return row.keyword if value == "true" else f"{row.keyword} {url_path(value) or value}"


def _cell(
    review: Review, operation: OperationReview, subject: Subject, witness: Witness, statement: Statement | NotStated
) -> StatementCell:
    if isinstance(statement, NotStated):
        return StatementCell(statement.value, missing=True)
    notes = [location_note(review, statement.location)]
    if statement.location.origin:
        line, url = statement.location.origin.line, review.page_urls.get(statement.location.file, "")
        page = safe_href(line_url(url, line)) or safe_href(operation.documentation)
        notes.insert(0, Note(f"line {line} of the page", page))
    value = "" if isinstance(statement.value, Absence) else format_value(statement.value)
    source = operation.attributes.get((subject.part, subject.path), "") if witness is Witness.CLIENT else ""
    return StatementCell(value, (*([Note(source)] if source else ()), *notes))


def _reasons(row: FactRow) -> Iterator[Note]:
    """Yield the reasons for the status of a fact."""
    if row.source:
        yield _source_note(row.source)
    for hint in dict.fromkeys(f"{difference.id}: {difference.hint}" for difference in row.differences):
        yield Note(hint)
    for known in row.accepted:
        yield Note(known.reason)
        yield _source_note(known.source)
    if row.status is FactStatus.AGREED:
        missing = [WITNESS_LABELS[key] for key, value in row.statements.items() if isinstance(value, NotStated)]
        count = _NUMBERS[len(row.statements) - len(missing)]
        yield Note(f"by {count}" + (f"; not by: {', '.join(missing).lower()}" if missing else ""))


_NUMBERS = ("none", "one", "two", "three", "all four")


def _source_note(url: str) -> Note:
    return Note(f"source: {_short(url)}", safe_href(url))


def _short(url: str) -> str:
    """Shorten a URL to the host and the last segment of the path."""
    host, _, path = url.removeprefix("https://").partition("/")
    return f"{host}/…/{path.rsplit('/', 2)[-1]}" if path.count("/") > 1 else f"{host}/{path}"


def addition_rows(review: Review, operation: OperationReview) -> Iterator[tuple[str, Note, Note]]:
    """Yield each addition of the contract to the documentation: text, location, source."""
    contract = operation.evidence.contract
    for addition in contract.undocumented:
        source = Note(addition.source or "no source", safe_href(addition.source))
        yield addition.text, location_note(review, addition.location), source
    for fact in contract.facts():
        if fact.source:
            text = f"{fact.part} {fact.path} {fact.keyword}"
            yield text, location_note(review, fact.location), Note(fact.source, safe_href(fact.source))


def coverage_rows(operation: OperationReview) -> Iterator[tuple[str, int, str]]:
    """Yield for each field of the response: path, number of examples with it, and its first value as JSON."""
    for field in operation.evidence.contract.response.fields:
        by_example = [list(_values_at(example, field.path)) for example in operation.examples]
        first = next((json.dumps(value, ensure_ascii=False) for values in by_example for value in values), "")
        yield field.path, sum(map(bool, by_example)), first if len(first) <= _MAX_LENGTH else f"{first[:_MAX_LENGTH]}…"


def _values_at(value: Any, path: str) -> Iterator[Any]:
    """Yield the values of an example at a path; none if it has another type there."""
    name, _, rest = path.partition(".")
    key = name.removesuffix("[]")
    if not isinstance(value, YamlMapping) or key not in value:
        return
    child = value[key]
    for item in child if isinstance(child, YamlSequence) and name.endswith("[]") else [child]:
        yield from _values_at(item, rest) if rest else [item]
