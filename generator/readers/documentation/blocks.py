"""Layout: parses Markdown into headings, paragraphs, code blocks and tables, each with its line.

The structure is CommonMark's, through markdown-it-py, with its rule for pipe tables and ours for the
`#|` … `|#` tables of the newer pages. Nothing here depends on the content of a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import frozen
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

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


def parse_blocks(text: str, file: str) -> tuple[Block, ...]:
    """Parse a page into its blocks. Raises InputError for an incomplete table or code block."""
    lines = text.split("\n")
    nodes = SyntaxTreeNode(_PARSER.parse(text)).walk(include_self=False)
    return tuple(block for node in nodes for block in _blocks(node, lines, file))


def _blocks(node: SyntaxTreeNode, lines: list[str], file: str) -> Iterator[Block]:
    """Yield the block that a node of the syntax tree is; nothing for a part of one."""
    first, end = node.map or (0, 0)
    match node.type:
        case "heading":
            yield _heading(int(node.tag[1:]), node.children[0].content, first + 1)
        case "paragraph":
            yield _paragraph(node.children[0].content, first + 1, file)
        case "html_block":
            yield Paragraph(node.content, first + 1)
        case "code_block":
            yield Code(node.content, first + 1)
        case "fence":
            if end - first < 2 or not lines[end - 1].strip().startswith(node.markup):
                sentence = "opens a code block that is not closed; the page may be cut off"
                raise InputError(sentence, Location(file, first + 1))
            yield Code(node.content, first + 2)
        case "table":
            rows = [row.map[0] for part in node.children for row in part.children if row.map]
            yield pipe_table([(row + 1, lines[row]) for row in rows])
        case "hash_table":
            yield hash_table(lines[first:end], first + 1, file)
        case _:
            pass


def _heading(level: int, text: str, line: int) -> Heading:
    anchor = _ANCHOR.search(text)
    return (
        Heading(level, text[: anchor.start()].strip(), anchor[1], line) if anchor else Heading(level, text, None, line)
    )


def _paragraph(text: str, line: int, file: str) -> Paragraph:
    if fragment := _TABLE_FRAGMENT.search(text):
        location = Location(file, line + text.count("\n", 0, fragment.start()))
        raise InputError("is an incomplete table; the page may be cut off", location)
    return Paragraph(text, line)
