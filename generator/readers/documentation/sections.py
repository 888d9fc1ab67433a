"""Groups the blocks of a page by the headings above them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from attrs import frozen

from generator.errors import InputError, Location

from .blocks import Block, Code, Heading, Paragraph
from .tables import MarkdownTable

NOT_REST = "only methods of the REST interface are read: their headers are fixed, their bodies JSON"
"""The end of the sentence on another kind of page."""

HEADERS = "headers"
"""A section that only methods with a protocol of their own have."""

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "http request": "request",
        "http-запрос": "request",
        "path parameters": "path",
        "path-параметры": "path",
        "query parameters": "query",
        "query-параметры": "query",
        "body parameters": "body",
        "параметры в теле запроса": "body",
        "response": "response",
        "ответ": "response",
        "headers": HEADERS,
        "заголовки": HEADERS,
        "#https-request": "request",
        "#path_params": "path",
        "#query_params": "query",
        "#body_params": "body",
        "#responses": "response",
        "#headers": HEADERS,
    }
)
"""Heading in lower case, or the anchor of one with other words -> the section that it opens."""

MESSAGE = "message"
MESSAGE_NAME = re.compile(r"[A-Za-z_]\w*(?:\.\w+)+")
"""The anchor of a section that describes a message of its own: its full name, perhaps with a number."""


@frozen
class Section:
    """The blocks between a heading and the next; `kind` is a value of `KINDS`, or `message`."""

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
    """A page's title, the blocks before its first section, its sections, and its language."""

    file: str
    title: Heading
    introduction: tuple[Block, ...]
    sections: Mapping[str, Section]
    messages: Mapping[str, Section]
    language: str

    @property
    def all_sections(self) -> list[Section]:
        """All sections, those of messages last."""
        return [*self.sections.values(), *self.messages.values()]


def read_outline(blocks: Iterable[Block], file: str) -> Outline:
    """Read the outline of a page.

    Raises InputError for a page without a title, with two of them, with an unknown heading, or with
    the same section twice.
    """
    titles, introduction, headings = _group_by_heading(blocks)
    if not titles or not headings:
        missing = "heading such as `## HTTP request`" if titles else "title"
        raise InputError(f"has no {missing}; is it a page of the REST reference?", Location(file, 1))
    if len(titles) > 1:
        raise InputError("is a second title; a page describes one method", Location(file, titles[1].line))
    sections: dict[str, Section] = {}
    messages: dict[str, Section] = {}
    for heading, blocks_below in headings:
        section = Section(_kind(heading, file), heading.anchor, Location(file, heading.line), tuple(blocks_below))
        key, into = (heading.anchor or "", messages) if section.kind == MESSAGE else (section.kind, sections)
        if key in into:
            raise InputError(f"opens a section that line {into[key].location.line} opens too", section.location)
        into[key] = section
    return Outline(file, titles[0], tuple(introduction), sections, messages, _language(headings))


def _group_by_heading(blocks: Iterable[Block]) -> tuple[list[Heading], list[Block], list[tuple[Heading, list[Block]]]]:
    titles: list[Heading] = []
    introduction: list[Block] = []
    headings: list[tuple[Heading, list[Block]]] = []
    for block in blocks:
        if isinstance(block, Heading) and block.level == 1:
            titles.append(block)
        elif isinstance(block, Heading):
            headings.append((block, []))
        else:
            (headings[-1][1] if headings else introduction).append(block)
    return titles, introduction, headings


def _kind(heading: Heading, file: str) -> str:
    kind = KINDS.get(heading.text.lower()) or KINDS.get(f"#{heading.anchor}")
    if kind == HEADERS:
        raise InputError(f"lists headers of the request; {NOT_REST}", Location(file, heading.line))
    if kind is not None:
        return kind
    if heading.anchor is not None and MESSAGE_NAME.fullmatch(heading.anchor):
        return MESSAGE
    text = f"is an unknown heading: {heading.text[:40]!r}; known are {', '.join(map(repr, _ENGLISH))}"
    raise InputError(text, Location(file, heading.line))


_ENGLISH = [
    heading for heading, kind in KINDS.items() if heading.isascii() and not heading.startswith("#") and kind != HEADERS
]


def _language(headings: Iterable[tuple[Heading, list[Block]]]) -> str:
    return "ru" if any(re.search("[а-яё]", heading.text.lower()) for heading, _ in headings) else "en"
