"""Layout: parses Markdown into headings, paragraphs, code blocks and tables, each with its line.

The structure is CommonMark's, through markdown-it-py, with its rule for pipe tables and ours for the
`#|` … `|#` tables of the newer pages. Nothing here depends on the content of a page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from attrs import frozen
from markdown_it import MarkdownIt
from markdown_it.token import Token

from generator.errors import InputError, Location

from .tables import MarkdownTable, hash_table, hash_table_rule, pipe_table


@frozen
class Heading:
    """A heading: its level, its text without the `{#anchor}`, and the anchor if it has one."""

    level: int
    text: str
    anchor: str | None
    line: int


@frozen
class Paragraph:
    """A paragraph of running text."""

    text: str
    line: int


@frozen
class Code:
    """A code block; `line` is that of its first line of code."""

    text: str
    line: int


Block = Heading | Paragraph | Code | MarkdownTable

_ANCHOR = re.compile(r"\{#([^{}\s]*)\}\s*$")
_TABLE_FRAGMENT = re.compile(r"(?m)^ {0,3}(?:\|\||#\||\|#|[\w ]+\|[\w ]*$|-{3,} *\|)")
"""A part of a table that CommonMark takes for a paragraph: a head, a rule, or marks."""


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("table")
    parser.core.ruler.enableOnly(["normalize", "block"])  # cells are read from their source, never rendered
    parser.block.ruler.before("table", "hash_table", hash_table_rule, {"alt": ["paragraph", "reference"]})
    return parser


_PARSER = _parser()


@frozen
class _Source:
    """A parsed page: markdown-it-py's tokens, and the lines of the text that they refer to."""

    tokens: list[Token]
    lines: list[str]
    file: str

    def line(self, index: int) -> int:
        """The first line of a token."""
        return self.span(index)[0] + 1

    def span(self, index: int) -> tuple[int, int]:
        """The lines of a token as a slice of all lines."""
        first, end = self.tokens[index].map or (0, 0)
        return first, end


def parse_blocks(text: str, file: str) -> tuple[Block, ...]:
    """Parse a page into its blocks. Raises InputError for an incomplete table or code block."""
    source = _Source(_PARSER.parse(text), text.split("\n"), file)
    return tuple(
        _BLOCKS[token.type](source, index) for index, token in enumerate(source.tokens) if token.type in _BLOCKS
    )


def _heading(source: _Source, index: int) -> Block:
    level, text = int(source.tokens[index].tag[1:]), source.tokens[index + 1].content
    if anchor := _ANCHOR.search(text):
        return Heading(level, text[: anchor.start()].strip(), anchor[1], source.line(index))
    return Heading(level, text, None, source.line(index))


def _paragraph(source: _Source, index: int) -> Block:
    paragraph = Paragraph(source.tokens[index + 1].content, source.line(index))
    if fragment := _TABLE_FRAGMENT.search(paragraph.text):
        line = paragraph.line + paragraph.text.count("\n", 0, fragment.start())
        raise InputError("is an incomplete table; the page may be cut off", Location(source.file, line))
    return paragraph


def _html(source: _Source, index: int) -> Block:
    return Paragraph(source.tokens[index].content, source.line(index))


def _code(source: _Source, index: int) -> Block:
    return Code(source.tokens[index].content, source.line(index))


def _fence(source: _Source, index: int) -> Block:
    token, (first, end) = source.tokens[index], source.span(index)
    if end - first < 2 or not source.lines[end - 1].strip().startswith(token.markup):
        raise InputError(
            "opens a code block that is not closed; the page may be cut off", Location(source.file, first + 1)
        )
    return Code(token.content, first + 2)


def _pipe_table(source: _Source, index: int) -> Block:
    lines: list[tuple[int, str]] = []
    while source.tokens[index].type != "table_close":
        if source.tokens[index].type == "tr_open":
            number = source.line(index)
            lines.append((number, source.lines[number - 1]))
        index += 1
    return pipe_table(lines)


def _hash_table(source: _Source, index: int) -> Block:
    first, end = source.span(index)
    return hash_table(source.lines[first:end], first + 1, source.file)


_BLOCKS: Mapping[str, Callable[[_Source, int], Block]] = {
    "heading_open": _heading,
    "paragraph_open": _paragraph,
    "html_block": _html,
    "fence": _fence,
    "code_block": _code,
    "table_open": _pipe_table,
    "hash_table": _hash_table,
}
"""Token that opens a block -> its reader, which also consumes the tokens inside."""
