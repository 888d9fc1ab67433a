"""Reads one row of a table of fields: its name, its type and the facts in its text, each with its line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from attrs import frozen

from generator.contract.facts import Constraints, Value
from generator.contract.formats import WIDE
from generator.contract.reader_notes import Contradiction, UnparsedText
from generator.errors import Location

from .cells import TypeMark, parse_cell
from .claims import Claim, parse_text
from .tables import TableRow

TYPES: Mapping[str, str] = MappingProxyType(
    {name: name for name in ("string", "integer", "number", "boolean", "object")} | {"enum": "string"}
)
"""The word in bold -> the JSON type."""

FORMATS: Mapping[str, str] = MappingProxyType({"bytes": "byte"})
"""The word in brackets -> the format, if the two differ."""

WRAPPED: Mapping[str, Value] = MappingProxyType({"type": "string", "nullable": True})
"""The facts of a 64-bit integer in a message of its own, which the older pages print as `integer`."""

_FORMAT = re.compile(r"[a-z][a-z0-9-]*")
_MAP = re.compile(r"map<\*\*\w+\*\*, *(.*)>")


@frozen
class RowDescription:
    """The facts of a row: about the field itself (suffix ``), a map's values (`{}`) and its keys (`{key}`).

    `links` has, for a suffix whose value is a message, the anchor of the section that describes it; `parsed` are
    the sentences that became facts.
    """

    name: str
    location: Location
    subjects: Mapping[str, Constraints]
    links: Mapping[str, str]
    parsed: frozenset[str]
    unparsed: tuple[UnparsedText, ...]
    contradictions: tuple[Contradiction, ...]


def describe_row(row: TableRow, file: str, untyped: Mapping[str, Value] | None = None) -> RowDescription:
    """Describe a row; `untyped` are the facts of a row whose table prints no types."""
    name, location = row.name, Location(file, row.line)
    content = parse_cell(row.text, row.text_line)
    links: dict[str, str] = {}
    typed = list(_claims_of_type(content.type, "", row.text_line, links)) if content.type is not None else []
    values = {claim.keyword: claim.value for claim in typed if not claim.suffix}
    if is_wrapped(name, values):
        values |= WRAPPED
        typed = [Claim("", keyword, value, "", row.text_line) for keyword, value in values.items()]
    claims, unparsed_sentences = parse_text(
        content, name, {(claim.suffix, claim.keyword): claim.value for claim in typed}
    )
    if content.type is None:
        typed = [Claim("", keyword, value, "", row.line) for keyword, value in (untyped or {}).items()]
    unparsed = [UnparsedText(text, Location(file, line)) for text, line in unparsed_sentences]
    if not content.complete:
        unparsed.append(UnparsedText(f"the text of `{name}` is cut off", location))
    if content.type is None and untyped is None:
        unparsed.append(UnparsedText(f"`{name}` has no type", location))
    elif content.type is not None and not _is_known_type(content.type):
        printed = f"{content.type.name} ({content.type.note})" if content.type.note else content.type.name
        unparsed.append(UnparsedText(f"the type of `{name}` is not known: {printed}", location))
    subjects, contradictions = _merge_claims([*typed, *claims], name, location)
    understood = frozenset(claim.text for claim in claims)
    return RowDescription(name, location, subjects, links, understood, tuple(unparsed), tuple(contradictions))


def is_wrapped(path: str, values: Mapping[str, Value]) -> bool:
    """Return True if the type and the format that a page prints are those of a wrapped integer."""
    return values.get("type") == "integer" and values.get("format") in WIDE and not path.endswith(("[]", "{}"))


def _is_known_type(mark: TypeMark) -> bool:
    if mark.anchor is None and mark.name not in TYPES:
        return False
    if of_map := _MAP.fullmatch(mark.note or ""):
        value = parse_cell(of_map[1], 0).type
        return value is not None and _is_known_type(value)
    return mark.note is None or mark.name == "enum" or _FORMAT.fullmatch(mark.note) is not None


def _claims_of_type(mark: TypeMark, suffix: str, line: int, links: dict[str, str]) -> Iterator[Claim]:
    if mark.anchor is not None:
        links[suffix] = mark.anchor
    if mark.anchor is not None or mark.name in TYPES:
        yield Claim(suffix, "type", "object" if mark.anchor is not None else TYPES[mark.name], "", line)
    note = mark.note or ""
    if of_map := _MAP.fullmatch(note):
        value = parse_cell(of_map[1], line).type
        if value is not None:
            yield from _claims_of_type(value, "{}", line, links)
    elif _FORMAT.fullmatch(note) and mark.name not in {note, "enum"}:
        yield Claim(suffix, "format", FORMATS.get(note, note), "", line)


def _merge_claims(
    claims: Iterable[Claim], name: str, location: Location
) -> tuple[dict[str, Constraints], list[Contradiction]]:
    """Merge the claims into facts by their subject.

    The first of two contradictory claims wins, but a type that the text contradicts is no fact.
    """
    first: dict[tuple[str, str], Claim] = {}
    contradictions: list[Contradiction] = []
    denied: set[tuple[str, str]] = set()
    for claim in claims:
        if _is_group_of_one(claim):
            continue
        other = first.setdefault((claim.suffix, claim.keyword), claim)
        if other.value != claim.value:
            denied |= {(claim.suffix, "type")} if claim.keyword == "type" else set()
            text = f"`{name}{claim.suffix}`: {claim.keyword} is {other.value} and {claim.value}"
            contradictions.append(
                Contradiction(text, Location(location.file, other.line), Location(location.file, claim.line))
            )
    subjects: dict[str, tuple[dict[str, Value], dict[str, int]]] = {"": ({}, {})}
    for (suffix, keyword), claim in first.items():
        if (suffix, keyword) in denied:
            continue
        values, lines = subjects.setdefault(suffix, ({}, {}))
        values[keyword] = claim.value
        if claim.line != location.line:
            lines[keyword] = claim.line
    return {suffix: Constraints(values, lines) for suffix, (values, lines) in subjects.items()}, contradictions


def _is_group_of_one(claim: Claim) -> bool:
    """Return True for a one-of with a single field, which excludes nothing."""
    return claim.keyword == "x-one-of" and isinstance(claim.value, tuple) and len(claim.value) == 1
