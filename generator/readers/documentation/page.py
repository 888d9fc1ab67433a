"""A page as a contract: reads the parts of the page one after the other and puts them together."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from types import MappingProxyType

from attrs import evolve, frozen

from generator.contract.facts import (
    KEYWORDS,
    Contract,
    Contradiction,
    Field,
    Names,
    Operation,
    Page,
    Parameter,
    Response,
    UnparsedText,
    Value,
    Witness,
)
from generator.errors import InputError, Location

from . import front_matter, request
from . import generations as kinds
from .blocks import Block, Paragraph, blocks
from .consistency import bodies_agree, url_agrees
from .fields import Description, describe
from .markup import prose
from .merge import MergedFields, missing, not_required, reconciled
from .messages import ExpandedBody, Sheet, loose_ends, repeated, unfold
from .playground import PARTS, Playground, playground
from .sections import MESSAGE_NAME, Outline, Section, outline
from .skeleton import Skeleton, skeleton
from .source import decode
from .tables import bracketed, rows
from .vocabulary import understand

_STATUS = re.compile(r"\*\*HTTP Code: (\d{3})\b[^*]*\*\*")
_BREADCRUMB = re.compile(r"\[[^\]\n]*\]\([^()\n]*\) > ")

UNTYPED: Mapping[tuple[str, str], Mapping[str, Value]] = MappingProxyType(
    {("pipe-table", "path"): {"type": "string"}, ("pipe-table", "query"): {}}
)
"""Tables that print no types, by their style and section, with what holds of every row: a URL's path is text."""


SILENT: Mapping[tuple[str, str], frozenset[str]] = MappingProxyType(
    {("pipe-table", "query"): frozenset({"type", "format"})}
)
"""Tables that print no types, by their layout and section, where nothing else tells them."""


@frozen
class _Reading:
    """A page taken apart: its outline, the JSON of its bodies, and its tables, described."""

    page: Outline
    skeletons: Mapping[str, Skeleton]
    sheets: Mapping[Location, Sheet]

    @property
    def by_anchor(self) -> Mapping[str, Sheet]:
        """The tables by the anchor of their section, to which types link."""
        return {one.anchor: self.sheets[one.location] for one in self.page.everywhere if one.anchor}

    @property
    def descriptions(self) -> Iterator[Description]:
        """The rows of all tables."""
        return (description for sheet in self.sheets.values() for description in sheet)

    def location(self, part: str) -> Location:
        """The location of a part; that of the request where the page has no such part."""
        return self.page.sections.get(part, self.page.sections["request"]).location


def read_page(data: bytes, file: str) -> Contract:
    """The contract that a page states; `file` is what its locations are called. Raises InputError."""
    front, text = front_matter.split(decode(data, file), file)
    reading = _taken_apart(outline(blocks(text, file), file))
    operation, oddities = _operation(reading.page)
    response = _response(reading.page)
    stated = playground(front)
    unfolded = _unfolded(reading)
    tables = {part: one.fields for part, one in unfolded.items()}
    parts = {part: _reconciled(stated, part, fields) for part, fields in tables.items()}
    layout = kinds.layout(reading.page)
    parameters = tuple(
        Parameter(
            one.path,
            part,
            evolve(one.constraints, omitted_keywords=SILENT.get((layout, part), frozenset())),
            one.location,
        )
        for part in ("path", "query")
        for one in parts[part].fields
    )
    contradictions = (
        *url_agrees(operation, parameters, reading.location("path")),
        *_disagreements(reading, tables),
        *_disagreements_with_front_matter(reading, tables, operation, stated),
        *(one for part in parts.values() for one in part.contradictions),
    )
    generation = kinds.generation(reading.page, layout, front)
    return Contract(
        witness=Witness.DOCUMENTATION,
        operation=operation,
        parameters=parameters,
        body=parts["body"].fields,
        response=evolve(response, fields=parts["response"].fields),
        supported_keywords=frozenset(KEYWORDS) - kinds.SILENT_ON.get(generation, frozenset()),
        page=Page(PurePath(file).name, hashlib.sha256(data).hexdigest(), layout, reading.page.language, generation),
        unparsed=tuple(sorted((*oddities, *_unread(reading, stated)), key=lambda one: one.location)),
        contradictions=tuple(sorted(contradictions, key=lambda one: (one.location, one.other))),
        names=_names(reading.page.title.text, unfolded),
    )


def _names(title: str, unfolded: Mapping[str, ExpandedBody]) -> Names:
    """The method is the last word of every title, `Image.Get` in the newer pages; their anchors name messages."""
    method = re.split(r"[\s.]", title.strip())[-1]
    messages = {
        (part, path): anchor
        for part, one in unfolded.items()
        for path, anchor in one.messages.items()
        if MESSAGE_NAME.fullmatch(anchor)
    }
    return Names(method[:1].lower() + method[1:], messages)


def _taken_apart(page: Outline) -> _Reading:
    skeletons = {
        part: skeleton(code.text, Location(page.file, code.line))
        for part in ("body", "response")
        if (section := page.sections.get(part)) is not None
        for code in section.codes[:1]
    }
    sheets = {section.location: _sheet(section, skeletons.get(section.kind)) for section in page.everywhere}
    return _Reading(page, skeletons, sheets)


def _sheet(section: Section, json: Skeleton | None) -> Sheet:
    found = rows(section) if json is None else bracketed(rows(section), json.entries)
    style = next((table.style for table in section.tables), "")
    return tuple(describe(row, section.location.file, UNTYPED.get((style, section.kind))) for row in found)


def _operation(page: Outline) -> tuple[Operation, tuple[UnparsedText, ...]]:
    section = page.sections.get("request")
    if section is None:
        raise InputError("has no section `HTTP request`; is it a page of the REST reference?", Location(page.file, 1))
    return request.operation(request.requests(section.blocks), section.location)


def _response(page: Outline) -> Response:
    section = page.sections.get("response")
    if section is None:
        raise InputError("has no section `Response`; the page may be cut off", Location(page.file, 1))
    for paragraph in section.paragraphs:
        if status := _STATUS.search(paragraph.text):
            return Response(int(status[1]), (), Location(page.file, paragraph.line))
    raise InputError("opens a response without `**HTTP Code: …**`; the page may be cut off", section.location)


def _unfolded(reading: _Reading) -> dict[str, ExpandedBody]:
    """The fields of each part as the tables have them, with all that their types link to."""
    sections, by_anchor = reading.page.sections, reading.by_anchor
    return {
        part: unfold(sections[part], reading.sheets[sections[part].location], by_anchor)
        if part in sections
        else ExpandedBody()
        for part in (*PARTS, "response")
    }


def _reconciled(stated: Playground | None, part: str, fields: tuple[Field, ...]) -> MergedFields:
    if stated is None:
        return MergedFields(fields, ())
    return reconciled(fields, stated.fields(part, in_words=False), stated.fields(part, in_words=True))


def _unread(reading: _Reading, stated: Playground | None) -> Iterator[UnparsedText]:
    """Everything that looks like a constraint and is no fact; what the front matter repeats stands once."""
    seen: set[str] = set()
    for description in reading.descriptions:
        seen |= description.understood
        seen.update(one.text for one in description.unparsed)
        yield from description.unparsed
    yield from _unread_prose(reading.page.introduction, reading.page.file)
    for section in reading.page.everywhere:
        yield from _unread_prose(section.blocks, reading.page.file)
    yield from loose_ends(reading.by_anchor, reading.page.messages)
    yield from (one for one in (stated.unparsed if stated is not None else ()) if one.text not in seen)


def _unread_prose(blocks: tuple[Block, ...], file: str) -> Iterator[UnparsedText]:
    """What running text says that looks like a constraint: it is about no field, so it is no fact."""
    for block in blocks:
        if isinstance(block, Paragraph) and not _BREADCRUMB.match(block.text):
            for said in understand(prose(_STATUS.sub("", block.text), block.line)):
                yield UnparsedText(said.text, Location(file, said.line))


def _disagreements(reading: _Reading, tables: Mapping[str, tuple[Field, ...]]) -> Iterator[Contradiction]:
    """Where the tables contradict themselves, or the JSON above them."""
    for description in reading.descriptions:
        yield from description.contradictions
    for part, fields in tables.items():
        yield from repeated(fields)
        if (json := reading.skeletons.get(part)) is not None:
            yield from bodies_agree(json, fields, reading.location(part))


def _disagreements_with_front_matter(
    reading: _Reading, tables: Mapping[str, tuple[Field, ...]], operation: Operation, stated: Playground | None
) -> Iterator[Contradiction]:
    """Where the front matter states another request, or other fields; what it repeats of the tables stands once."""
    if stated is None:
        return
    url = request.resolved(stated.url, stated.location)
    if (stated.method, url) != (operation.method, operation.url):
        text = f"the request is {stated.method} {stated.url} in the front matter"
        yield Contradiction(text, operation.location, stated.location)
    seen = {one.text for description in reading.descriptions for one in description.contradictions}
    yield from (one for one in stated.contradictions if one.text not in seen)
    for part in PARTS:
        yield from missing(tables[part], stated.fields(part, in_words=False), reading.location(part), stated.location)
        yield from not_required(tables[part], stated.optional(part), stated.location)
