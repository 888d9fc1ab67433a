"""A page's blocks, sorted into the sections that its headings open."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from attrs import frozen

from generator.errors import InputError, Location

from .blocks import Block, Code, Heading, MarkdownTable, Paragraph

HEADINGS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "HTTP request": ("request", "en"),
        "HTTP-запрос": ("request", "ru"),
        "Path parameters": ("path", "en"),
        "Path-параметры": ("path", "ru"),
        "Query parameters": ("query", "en"),
        "Query-параметры": ("query", "ru"),
        "Body parameters": ("body", "en"),
        "Параметры в теле запроса": ("body", "ru"),
        "Response": ("response", "en"),
        "Ответ": ("response", "ru"),
    }
)
"""Heading -> the section that it opens and the language of the page."""

MESSAGE = "message"
MESSAGE_NAME = re.compile(r"[A-Za-z_]\w*(?:\.\w+)+")
"""The anchor of a section that describes a message of its own: its full name, perhaps with a number."""


@frozen
class Section:
    """What stands between a heading and the next: `kind` is one of `HEADINGS`, or `message`."""

    kind: str
    anchor: str | None
    location: Location
    blocks: tuple[Block, ...]

    @property
    def tables(self) -> list[MarkdownTable]:
        """Its tables."""
        return [block for block in self.blocks if isinstance(block, MarkdownTable)]

    @property
    def codes(self) -> list[Code]:
        """Its code blocks."""
        return [block for block in self.blocks if isinstance(block, Code)]

    @property
    def paragraphs(self) -> list[Paragraph]:
        """Its running text."""
        return [block for block in self.blocks if isinstance(block, Paragraph)]


@frozen
class Outline:
    """A page's title, what stands before its first section, its sections, and its language."""

    file: str
    title: Heading
    introduction: tuple[Block, ...]
    sections: Mapping[str, Section]
    messages: Mapping[str, Section]
    language: str

    @property
    def everywhere(self) -> list[Section]:
        """All sections, those of messages last."""
        return [*self.sections.values(), *self.messages.values()]


def outline(blocks: Iterable[Block], file: str) -> Outline:
    """The outline of a page.

    Raises InputError for a page without a title, with two of them, with a heading that is not known, or with
    the same section twice.
    """
    titles, introduction, found = _split(blocks)
    if not titles or not found:
        missing = "heading such as `## HTTP request`" if titles else "title"
        raise InputError(f"has no {missing}; is it a page of the REST reference?", Location(file, 1))
    if len(titles) > 1:
        raise InputError("is a second title; a page describes one method", Location(file, titles[1].line))
    sections: dict[str, Section] = {}
    messages: dict[str, Section] = {}
    for heading, blocks_below in found:
        section = Section(_kind(heading, file), heading.anchor, Location(file, heading.line), tuple(blocks_below))
        key, into = (heading.anchor or "", messages) if section.kind == MESSAGE else (section.kind, sections)
        if key in into:
            raise InputError(f"opens a section that line {into[key].location.line} opens too", section.location)
        into[key] = section
    return Outline(file, titles[0], tuple(introduction), sections, messages, _language(found))


def _split(blocks: Iterable[Block]) -> tuple[list[Heading], list[Block], list[tuple[Heading, list[Block]]]]:
    titles: list[Heading] = []
    introduction: list[Block] = []
    found: list[tuple[Heading, list[Block]]] = []
    for block in blocks:
        if isinstance(block, Heading) and block.level == 1:
            titles.append(block)
        elif isinstance(block, Heading):
            found.append((block, []))
        else:
            (found[-1][1] if found else introduction).append(block)
    return titles, introduction, found


def _kind(heading: Heading, file: str) -> str:
    if heading.text in HEADINGS:
        return HEADINGS[heading.text][0]
    if heading.anchor is not None and MESSAGE_NAME.fullmatch(heading.anchor):
        return MESSAGE
    raise InputError(f"is a heading that is not known: {heading.text[:80]!r}", Location(file, heading.line))


def _language(found: Iterable[tuple[Heading, list[Block]]]) -> str:
    languages = [HEADINGS[heading.text][1] for heading, _ in found if heading.text in HEADINGS]
    return languages[0] if languages else "en"
