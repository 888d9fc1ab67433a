"""The fields of a body: the rows of its table and, in the newer pages, those of the messages they link to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from attrs import evolve, field, frozen

from generator.contract.facts import ROOT, Contradiction, Field, UnparsedText
from generator.errors import InputError, Location
from generator.yaml_document import MAX_EXPANDED_FIELDS

from .fields import Description
from .sections import Section
from .skeleton import MAXIMUM_DEPTH

Sheet = tuple[Description, ...]
"""The rows of one section, described; their names are relative to what the section describes."""


@frozen
class ExpandedBody:
    """The fields of a body with their whole paths, and the anchor of the message behind each path that has one."""

    fields: tuple[Field, ...] = ()
    messages: Mapping[str, str] = field(factory=dict[str, str])


def unfold(section: Section, sheet: Sheet, sheets: Mapping[str, Sheet]) -> ExpandedBody:
    """A body from its rows; `sheets` has, by anchor, what a type may link to.

    Raises InputError for messages nested too deep, and for too many fields.
    """
    above = {section.anchor: ROOT} if section.anchor else {}
    messages = {"": section.anchor} if section.anchor else {}
    fields: list[Field] = []
    for one, anchor in _fields(sheet, "", above, sheets):
        fields.append(one)
        messages |= {one.path: anchor} if anchor else {}
        if len(fields) > MAX_EXPANDED_FIELDS:
            raise InputError(f"opens a section of more than {MAX_EXPANDED_FIELDS} fields", section.location)
    return ExpandedBody(tuple(fields), messages)


def _fields(
    sheet: Sheet, prefix: str, above: Mapping[str, str], sheets: Mapping[str, Sheet]
) -> Iterator[tuple[Field, str]]:
    """Each field with the anchor that its type links to; below it, those of that message."""
    for description in sheet:
        for suffix, said in description.subjects.items():
            path, anchor = prefix + description.name + suffix, description.links.get(suffix, "")
            recurs = {"x-same-as": above[anchor]} if anchor in above else {}
            constraints = evolve(said, values={**said.values, **recurs}) if recurs else said
            yield Field(path, constraints, description.location), anchor
            if anchor in sheets and not recurs:
                if len(above) > MAXIMUM_DEPTH:
                    sentence = f"links to a message that is nested more than {MAXIMUM_DEPTH} levels deep"
                    raise InputError(sentence, description.location)
                yield from _fields(sheets[anchor], f"{path}.", {**above, anchor: path}, sheets)


def loose_ends(sheets: Mapping[str, Sheet], messages: Mapping[str, Section]) -> Iterator[UnparsedText]:
    """Links that lead to no section of the page, and sections that no link leads to: what they say would be lost."""
    linked: set[str] = set()
    for sheet in sheets.values():
        for description in sheet:
            for anchor in description.links.values():
                linked.add(anchor)
                if anchor not in sheets:
                    yield UnparsedText(
                        f"the type of `{description.name}` has no section here: #{anchor}", description.location
                    )
    for anchor, section in messages.items():
        if anchor not in linked:
            yield UnparsedText(f"the section #{anchor} describes the type of no field", section.location)


def repeated(fields: Iterable[Field]) -> Iterator[Contradiction]:
    """Fields that are described twice."""
    first: dict[str, Location] = {}
    for one in fields:
        other = first.setdefault(one.path, one.location)
        if other is not one.location:
            yield Contradiction(f"`{one.path}` is described twice", other, one.location)
