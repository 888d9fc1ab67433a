"""The parts of a page: its outline, its request line and status, the JSON of its bodies, its tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import evolve, frozen

from generator.contract.facts import Operation, ResponseFacts
from generator.contract.reader_notes import UnparsedText
from generator.errors import InputError, Location
from generator.yaml_document import YamlMapping

from . import generations
from .blocks import parse_blocks
from .fields import RowDescription, describe_row
from .messages import ExpandedBody, SectionRows, expand_body
from .playground import PARTS, Playground, read_playground
from .request import parse_operation, request_lines
from .sections import Outline, Section, read_outline
from .skeleton import Skeleton, SkeletonEntry, parse_skeleton
from .source import decode, split_front_matter
from .tables import TableRow

HEADS = frozenset(
    {
        ("Field", "Description"),
        ("Name", "Description"),
        ("Parameter", "Description"),
        ("Параметр", "Описание"),
        ("Поле", "Описание"),
    }
)
"""The heads of the tables that describe fields."""

_PATH = re.compile(r"@?\w+(?:\[\])?(?:\.@?\w+(?:\[\])?)*")

STATUS = re.compile(r"\*\*HTTP Code: (\d{3})\b[^*]*\*\*")


@frozen
class PageParts:
    """A page split into its parts; `front` is its front matter, `request` what that states of the request."""

    front: YamlMapping | None
    request: Playground | None
    outline: Outline
    skeletons: Mapping[str, Skeleton]
    tables: Mapping[Location, SectionRows]

    @classmethod
    def of(cls, data: bytes, file: str) -> PageParts:
        """Split the bytes of a page. Raises InputError."""
        front, text = split_front_matter(decode(data, file), file)
        outline = read_outline(parse_blocks(text, file), file)
        skeletons = {
            part: parse_skeleton(code.text, Location(file, code.line))
            for part in ("body", "response")
            if (section := outline.sections.get(part)) is not None
            for code in section.codes[:1]
        }
        tables = {section.location: _rows(section, skeletons.get(section.kind)) for section in outline.all_sections}
        return cls(front, read_playground(front), outline, skeletons, tables)

    @property
    def tables_by_anchor(self) -> Mapping[str, SectionRows]:
        """The tables by the anchor of their section, to which types link."""
        sections = self.outline.all_sections
        return {section.anchor: self.tables[section.location] for section in sections if section.anchor}

    @property
    def rows(self) -> Iterator[RowDescription]:
        """The rows of all tables."""
        return (row for rows in self.tables.values() for row in rows)

    def location(self, part: str) -> Location:
        """The location of a part; that of the request if the page has no such part."""
        return self.outline.sections.get(part, self.outline.sections["request"]).location

    def bodies(self) -> dict[str, ExpandedBody]:
        """The fields of each part as the tables have them, with the messages that their types link to."""
        sections, by_anchor = self.outline.sections, self.tables_by_anchor
        return {
            part: expand_body(sections[part], self.tables[sections[part].location], by_anchor)
            if part in sections
            else ExpandedBody()
            for part in (*PARTS, "response")
        }

    def operation(self) -> tuple[Operation, tuple[UnparsedText, ...]]:
        """The operation, and warnings about its URL. Raises InputError if there is none."""
        section = self.outline.sections.get("request")
        if section is None:
            location = Location(self.outline.file, 1)
            raise InputError("has no section `HTTP request`; is it a page of the REST reference?", location)
        return parse_operation(request_lines(section.blocks), section.location)

    def response(self) -> ResponseFacts:
        """The response without its fields. Raises InputError if there is none or it has no status."""
        section = self.outline.sections.get("response")
        if section is None:
            raise InputError("has no section `Response`; the page may be cut off", Location(self.outline.file, 1))
        for paragraph in section.paragraphs:
            if status := STATUS.search(paragraph.text):
                return ResponseFacts(int(status[1]), (), Location(self.outline.file, paragraph.line))
        raise InputError("opens a response without `**HTTP Code: …**`; the page may be cut off", section.location)


def _rows(section: Section, json: Skeleton | None) -> SectionRows:
    rows = _table_rows(section) if json is None else _mark_arrays(_table_rows(section), json.entries)
    style = next((table.style for table in section.tables), "")
    untyped = generations.UNTYPED_TABLES.get((style, section.kind))
    return tuple(describe_row(row, section.location.file, untyped) for row in rows)


def _table_rows(section: Section) -> Sequence[TableRow]:
    """The rows of a section's table, the name of each a path; none if it has no table.

    Raises InputError for a second table, for an unknown head and for a row without a field name.
    """
    tables = section.tables
    if len(tables) > 1:
        location = Location(section.location.file, tables[1].head.line)
        raise InputError("is the head of a second table in one section", location)
    for table in tables:
        head = (table.head.name, table.head.text.strip())
        if head not in HEADS:
            location = Location(section.location.file, table.head.line)
            raise InputError(f"is an unknown table head: {' | '.join(head)[:80]!r}", location)
    return [_with_path(row, section.location.file) for table in tables for row in table.rows]


def _with_path(row: TableRow, file: str) -> TableRow:
    name = re.sub(r"\s*<br ?/?>\s*|[`\\]", "", row.name)
    if not _PATH.fullmatch(name):
        raise InputError(f"is a row without a field name: {row.name[:80]!r}", Location(file, row.line))
    return evolve(row, name=name)


def _mark_arrays(rows: Sequence[TableRow], entries: Iterable[SkeletonEntry]) -> Sequence[TableRow]:
    """Add the `[]` of the JSON above to the rows: the oldest pages mark no array in their tables."""
    if any("[]" in row.name for row in rows):
        return rows
    paths = {entry.path.replace("[]", ""): entry.path for entry in entries}
    return [evolve(row, name=paths.get(row.name, row.name)) for row in rows]
