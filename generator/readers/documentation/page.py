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
    Disagreement,
    Field,
    Operation,
    Page,
    Parameter,
    Response,
    Unread,
    Value,
    Witness,
)
from generator.contract.places import Place, Unreadable

from . import front_matter, kinds, request
from .agreement import bodies_agree, url_agrees
from .blocks import Block, Paragraph, blocks
from .fields import Description, describe
from .markup import prose
from .messages import Sheet, loose_ends, repeated, unfold
from .sections import Outline, Section, outline
from .skeleton import skeleton
from .source import decode
from .tables import rows
from .vocabulary import understand

_STATUS = re.compile(r"\*\*HTTP Code: (\d{3})\b[^*]*\*\*")
_BREADCRUMB = re.compile(r"\[[^\]\n]*\]\([^()\n]*\) > ")

OF_EVERY_ROW: Mapping[str, Mapping[str, Value]] = MappingProxyType({"path": {"type": "string"}})
"""Section -> what holds of all its rows though the older pages do not print it: a part of a URL's path is text."""


@frozen
class _Sheets:
    """The tables of a page, described: by the place of the section that each stands in, and by its anchor."""

    by_place: Mapping[Place, Sheet]
    by_anchor: Mapping[str, Sheet]

    @property
    def descriptions(self) -> Iterator[Description]:
        return (description for sheet in self.by_place.values() for description in sheet)

    def unfolded(self, section: Section | None) -> tuple[Field, ...]:
        """The fields that a section describes, with all that its types link to."""
        return () if section is None else unfold(section, self.by_place[section.place], self.by_anchor)


def read_page(data: bytes, file: str) -> Contract:
    """The contract that a page states; `file` is what its places are called. Raises Unreadable."""
    front, text = front_matter.split(decode(data, file), file)
    page = outline(blocks(text, file), file)
    operation, oddities = _operation(page)
    response = _response(page)
    sheets = _sheets(page)
    parameters = tuple(_parameters(page, sheets))
    bodies = {kind: sheets.unfolded(page.sections.get(kind)) for kind in ("body", "response")}
    layout = kinds.layout(page)
    generation = kinds.generation(page, layout, front)
    return Contract(
        witness=Witness.DOCUMENTATION,
        operation=operation,
        parameters=parameters,
        body=bodies["body"],
        response=evolve(response, fields=bodies["response"]),
        speaks=frozenset(KEYWORDS) - kinds.SILENT_ON.get(generation, frozenset()),
        page=Page(PurePath(file).name, hashlib.sha256(data).hexdigest(), layout, page.language, generation),
        unread=tuple(sorted((*oddities, *_unread(page, sheets)), key=lambda one: one.place)),
        disagreements=tuple(_disagreements(page, sheets, operation, parameters, bodies)),
    )


def _operation(page: Outline) -> tuple[Operation, tuple[Unread, ...]]:
    section = page.sections.get("request")
    if section is None:
        raise Unreadable("has no section `HTTP request`; is it a page of the REST reference?", Place(page.file, 1))
    return request.operation(request.requests(section.blocks), section.place)


def _response(page: Outline) -> Response:
    section = page.sections.get("response")
    if section is None:
        raise Unreadable("has no section `Response`; the page may be cut off", Place(page.file, 1))
    for paragraph in section.paragraphs:
        if status := _STATUS.search(paragraph.text):
            return Response(int(status[1]), (), Place(page.file, paragraph.line))
    raise Unreadable("opens a response without `**HTTP Code: …**`; the page may be cut off", section.place)


def _sheets(page: Outline) -> _Sheets:
    by_place = {
        section.place: tuple(describe(row, page.file, OF_EVERY_ROW.get(section.kind)) for row in rows(section))
        for section in page.everywhere
    }
    return _Sheets(by_place, {one.anchor: by_place[one.place] for one in page.everywhere if one.anchor})


def _parameters(page: Outline, sheets: _Sheets) -> Iterator[Parameter]:
    for location in ("path", "query"):
        for field in sheets.unfolded(page.sections.get(location)):
            yield Parameter(field.path, location, field.constraints, field.place)


def _unread(page: Outline, sheets: _Sheets) -> Iterator[Unread]:
    """Everything that looks like a constraint and is no fact."""
    for description in sheets.descriptions:
        yield from description.unread
    yield from _unread_prose(page.introduction, page.file)
    for section in page.everywhere:
        yield from _unread_prose(section.blocks, page.file)
    yield from loose_ends(sheets.by_anchor, page.messages)


def _unread_prose(blocks: tuple[Block, ...], file: str) -> Iterator[Unread]:
    """What running text says that looks like a constraint: it is about no field, so it is no fact."""
    for block in blocks:
        if isinstance(block, Paragraph) and not _BREADCRUMB.match(block.text) and not _STATUS.match(block.text):
            for said in understand(prose(block.text, block.line)):
                yield Unread(said.text, Place(file, said.line))


def _disagreements(
    page: Outline,
    sheets: _Sheets,
    operation: Operation,
    parameters: tuple[Parameter, ...],
    bodies: Mapping[str, tuple[Field, ...]],
) -> Iterator[Disagreement]:
    for description in sheets.descriptions:
        yield from description.disagreements
    yield from url_agrees(operation, parameters, page.sections.get("path", page.sections["request"]).place)
    for kind, fields in bodies.items():
        yield from repeated(fields)
        if (section := page.sections.get(kind)) is not None:
            yield from _json_disagreements(section, fields)


def _json_disagreements(section: Section, fields: tuple[Field, ...]) -> Iterator[Disagreement]:
    """Where the JSON that opens a section differs from the fields; the oldest pages have none."""
    for code in section.codes[:1]:
        place = Place(section.place.file, code.line)
        yield from bodies_agree(skeleton(code.text, place), fields, place, section.place)
