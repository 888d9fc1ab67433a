"""Reads a page into a contract: puts its parts together, with what is unparsed and what is contradictory."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import PurePath

from attrs import evolve

from generator.contract.facts import Contract, Field, Operation, Parameter, Witness
from generator.contract.keywords import KEYWORDS
from generator.contract.reader_notes import Contradiction, Names, Page, UnparsedText
from generator.errors import Location

from . import generations
from .blocks import Block, Paragraph
from .consistency import (
    FieldSource,
    MergedFields,
    check_body,
    check_duplicates,
    check_paths,
    check_required,
    check_url,
    merge_statements,
    types_in_json,
    without_type,
)
from .messages import ExpandedBody, unresolved_links
from .page_parts import STATUS, PageParts
from .playground import PARTS, Playground
from .prose import parse_markup
from .request import resolve_url
from .sections import MESSAGE_NAME
from .vocabulary import parse_prose

_BREADCRUMB = re.compile(r"\[[^\]\n]*\]\([^()\n]*\) > ")


def read_bytes(data: bytes, name: str) -> Contract:
    """Read the bytes of a page; `name` is the file of its locations. Raises InputError, naming the line."""
    page = PageParts.of(data, name)
    operation, url_warnings = page.operation()
    response, bodies, layout = page.response(), page.bodies(), generations.layout_of(page.outline)
    tables = {part: body.fields for part, body in bodies.items()}
    merged = {part: _merge(page, part, fields) for part, fields in tables.items()}
    parameters = tuple(_parameters(merged, layout))
    generation = generations.generation_of(page.outline, layout, page.front)
    contradictions = (
        *check_url(operation, parameters, page.location("path")),
        *_table_contradictions(page, tables),
        *(_front_matter_contradictions(page, tables, operation, page.request) if page.request else ()),
        *(contradiction for part in merged.values() for contradiction in part.contradictions),
    )
    return Contract(
        witness=Witness.DOCUMENTATION,
        operation=operation,
        parameters=parameters,
        body=merged["body"].fields,
        response=evolve(response, fields=merged["response"].fields),
        supported_keywords=frozenset(KEYWORDS) - generations.omitted_keywords(layout, generation),
        page=Page(PurePath(name).name, hashlib.sha256(data).hexdigest(), layout, page.outline.language, generation),
        unparsed=tuple(sorted((*url_warnings, *_unparsed(page)), key=lambda text: text.location)),
        contradictions=tuple(sorted(contradictions, key=lambda pair: (pair.location, pair.other))),
        names=_names(page.outline.title.text, bodies),
    )


def _parameters(merged: Mapping[str, MergedFields], layout: str) -> Iterator[Parameter]:
    for part in ("path", "query"):
        omitted = generations.OMITTED_IN_TABLES.get((layout, part), frozenset())
        for field in merged[part].fields:
            values = {key: value for key, value in field.constraints.values.items() if key != "nullable"}
            constraints = evolve(field.constraints, values=values, omitted_keywords=omitted)
            yield Parameter(field.path, part, constraints, field.location)


def _names(title: str, bodies: Mapping[str, ExpandedBody]) -> Names:
    """The last word of a title but `Method` is that of the method; the anchors of the newer pages name messages."""
    words = [word for word in re.split(r"[\s.]", title) if word.lower() not in {"", "method", "метод"}]
    method = words[-1] if words else ""
    messages = {
        (part, path): anchor
        for part, body in bodies.items()
        for path, anchor in body.messages.items()
        if MESSAGE_NAME.fullmatch(anchor)
    }
    return Names(method[:1].lower() + method[1:], messages)


def _merge(page: PageParts, part: str, fields: tuple[Field, ...]) -> MergedFields:
    """Merge the statements on the fields of a part; a type that the JSON contradicts is left out."""
    merged = MergedFields(fields, ())
    if page.request is not None:
        merged = merge_statements(fields, *(page.request.fields(part, from_description=flag) for flag in (False, True)))
    denied = types_in_json(page.skeletons[part], fields) if part in page.skeletons else ()
    kept = (without_type(field) if field.path in denied else field for field in merged.fields)
    return evolve(merged, fields=tuple(kept))


def _unparsed(page: PageParts) -> Iterator[UnparsedText]:
    """Yield what looks like a constraint and did not become a fact; what the front matter repeats, only once."""
    seen: set[str] = set()
    for row in page.rows:
        seen |= row.parsed
        seen.update(text.text for text in row.unparsed)
        yield from row.unparsed
    yield from _unparsed_prose(page.outline.introduction, page.outline.file)
    for section in page.outline.all_sections:
        yield from _unparsed_prose(section.blocks, page.outline.file)
    yield from unresolved_links(page.tables_by_anchor, page.outline.messages)
    if page.request:
        yield from (text for text in page.request.unparsed if text.text not in seen)


def _unparsed_prose(blocks: tuple[Block, ...], file: str) -> Iterator[UnparsedText]:
    """Yield the constraints in running text, which belong to no field."""
    for block in blocks:
        if isinstance(block, Paragraph) and not _BREADCRUMB.match(block.text):
            for sentence in parse_prose(parse_markup(STATUS.sub("", block.text), block.line)):
                yield UnparsedText(sentence.text, Location(file, sentence.line))


def _table_contradictions(page: PageParts, tables: Mapping[str, tuple[Field, ...]]) -> Iterator[Contradiction]:
    """Yield the contradictions within the tables, and between them and the JSON above them."""
    for row in page.rows:
        yield from row.contradictions
    for part, fields in tables.items():
        yield from check_duplicates(fields)
        if (json := page.skeletons.get(part)) is not None:
            yield from check_body(json, fields, page.location(part))


def _front_matter_contradictions(
    page: PageParts, tables: Mapping[str, tuple[Field, ...]], operation: Operation, request: Playground
) -> Iterator[Contradiction]:
    """Yield the contradictions within the front matter, and between it and the page; a repeated one only once."""
    if (request.method, resolve_url(request.url, request.location)) != (operation.method, operation.url):
        text = f"the request is {request.method} {request.url} in the front matter"
        yield Contradiction(text, operation.location, request.location)
    seen = {contradiction.text for row in page.rows for contradiction in row.contradictions}
    yield from (contradiction for contradiction in request.contradictions if contradiction.text not in seen)
    for part in PARTS:
        schema = request.fields(part, from_description=False)
        yield from check_paths(
            FieldSource.of("table", page.location(part), tables[part]),
            FieldSource.of("front matter", request.location, schema),
        )
        yield from check_required(tables[part], request.optional(part), request.location)
