"""The fields of a body: the rows of its table and, in the newer pages, those of the messages they link to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs
from attrs import evolve, frozen

from generator.contract.facts import ROOT, Field
from generator.contract.reader_notes import UnparsedText
from generator.errors import InputError
from generator.yaml_document import MAX_EXPANDED_FIELDS

from .fields import RowDescription
from .sections import Section
from .skeleton import MAXIMUM_DEPTH

SectionRows = tuple[RowDescription, ...]
"""The rows of one section, described; their names are relative to what the section describes."""


@frozen
class ExpandedBody:
    """The fields of a body with their whole paths, and the anchor of the message behind each path that has one."""

    fields: tuple[Field, ...] = ()
    messages: Mapping[str, str] = attrs.field(factory=dict[str, str])


def expand_body(section: Section, rows: SectionRows, tables: Mapping[str, SectionRows]) -> ExpandedBody:
    """Expand the rows of a body; `tables` has the rows of a section by its anchor, to which types link.

    Raises InputError for messages nested too deep, and for too many fields.
    """
    above = {section.anchor: ROOT} if section.anchor else {}
    messages = {"": section.anchor} if section.anchor else {}
    fields: list[Field] = []
    for field, anchor in _fields(rows, "", above, tables):
        fields.append(field)
        messages |= {field.path: anchor} if anchor else {}
        if len(fields) > MAX_EXPANDED_FIELDS:
            raise InputError(f"opens a section of more than {MAX_EXPANDED_FIELDS} fields", section.location)
    return ExpandedBody(tuple(fields), messages)


def _fields(
    rows: SectionRows, prefix: str, above: Mapping[str, str], tables: Mapping[str, SectionRows]
) -> Iterator[tuple[Field, str]]:
    """Yield each field with the anchor that its type links to, then the fields of that message."""
    for row in rows:
        for suffix, constraints in row.subjects.items():
            path, anchor = prefix + row.name + suffix, row.links.get(suffix, "")
            if anchor in above:
                values = {**constraints.values, "x-same-as": above[anchor]}
                yield Field(path, evolve(constraints, values=values), row.location), anchor
                continue
            yield Field(path, constraints, row.location), anchor
            if anchor in tables:
                if len(above) > MAXIMUM_DEPTH:
                    message = f"links to a message that is nested more than {MAXIMUM_DEPTH} levels deep"
                    raise InputError(message, row.location)
                yield from _fields(tables[anchor], f"{path}.", {**above, anchor: path}, tables)


def unresolved_links(tables: Mapping[str, SectionRows], messages: Mapping[str, Section]) -> Iterator[UnparsedText]:
    """Yield links to sections that the page lacks, and sections without a link: their content would be lost."""
    links = [(anchor, row) for rows in tables.values() for row in rows for anchor in row.links.values()]
    for anchor, row in links:
        if anchor not in tables:
            yield UnparsedText(f"the type of `{row.name}` has no section here: #{anchor}", row.location)
    linked = {anchor for anchor, _ in links}
    for anchor, section in messages.items():
        if anchor not in linked:
            yield UnparsedText(f"the section #{anchor} is linked by no field", section.location)
