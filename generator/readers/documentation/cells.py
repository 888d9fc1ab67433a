"""Layout: splits the text of a cell into its type and its paragraphs and list items."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import frozen

from .prose import Prose, parse_markup


@frozen
class TypeMark:
    """The type that a cell opens with, as printed: `**string** (int64)`, `**[Blob](#anchor)**`.

    `name` is the word in bold, `anchor` the target of its link, `note` the text in the brackets after it.
    """

    name: str
    anchor: str | None
    note: str | None


@frozen
class Piece:
    """A paragraph, or an item of a list."""

    item: bool
    prose: Prose


@frozen
class Cell:
    """The content of a cell; `complete` is false if its markup is cut off."""

    type: TypeMark | None
    pieces: tuple[Piece, ...]
    complete: bool


_NAME = r"(?:\[(?P<label>[^\[\]\n]*)\]\([^()#\s]*#(?P<anchor>[^()\s]*)\)|(?P<word>[\w.-]+))"
_TYPE = re.compile(rf"\s*\*\*{_NAME}\*\*(?:[ ]*\((?P<note>map<[^\n>]*>|[^()\n]*)\))?")
_TAG = re.compile(r"<(/?)(p|br|ul|ol|li)\s*/?>")
_CUT_TAG = re.compile(r"<(?:[a-z/][^<>]*)?\Z")
_BLOCK = re.compile(r"\n[ ]*\n\s*|\n(?=[ ]*(?:[-*+]|\d{1,9}[.)]) )")
_BULLET = re.compile(r"(?:[-*+]|\d{1,9}[.)]) +")


def parse_cell(source: str, line: int) -> Cell:
    """Parse the source of a cell, which starts in `line`; a cell without a type is all text."""
    mark = _TYPE.match(source)
    start = mark.end() if mark else 0
    return Cell(
        TypeMark(mark["word"] or mark["label"], mark["anchor"], mark["note"]) if mark else None,
        tuple(_pieces(source, start, line)),
        _is_complete(source),
    )


def _is_complete(source: str) -> bool:
    if _CUT_TAG.search(source):
        return False
    tags = [match[0] for match in _TAG.finditer(source)]
    return all(tags.count(f"<{name}>") == tags.count(f"</{name}>") for name in ("p", "ul", "ol", "li"))


def _pieces(source: str, start: int, line: int) -> Iterator[Piece]:
    item = False
    for text, tag in _split_at_tags(source, start):
        yield from _blocks(text, line, item=item)
        line += text.count("\n")
        item = tag == "<li>" or (item and tag == "<br>")


def _split_at_tags(source: str, start: int) -> Iterator[tuple[str, str]]:
    """Yield the text before each tag that separates blocks, and the tag."""
    for tag in _TAG.finditer(source, start):
        yield source[start : tag.start()], tag[0]
        start = tag.end()
    yield source[start:], ""


def _blocks(source: str, line: int, *, item: bool) -> Iterator[Piece]:
    """Yield the paragraphs and items in Markdown, which blank lines and bullets separate."""
    position = 0
    for end in (*(match.start() for match in _BLOCK.finditer(source)), len(source)):
        block = source[position:end]
        if text := block.strip():
            lead = len(block) - len(block.lstrip())
            bullet = _BULLET.match(text)
            yield Piece(
                item or bullet is not None,
                parse_markup(text[bullet.end() :] if bullet else text, line + block.count("\n", 0, lead)),
            )
        line += block.count("\n")
        position = end
