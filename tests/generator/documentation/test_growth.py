"""The cost of reading a page grows with its size and no faster, whatever the page is made of.

Function calls are counted: a measure that no other program on the machine changes.
"""

import sys
from collections.abc import Callable
from functools import partial
from itertools import count
from types import FrameType

import pytest
from markdown_it import MarkdownIt

from tests.generator.documentation.cases import CASES, PHRASES, SAMPLE, read_or_error
from tests.generator.documentation.linked_pages import (
    CALL,
    HASHES,
    PAGE,
    TITLE,
    fronted,
    linked_messages,
    linked_schemas,
)

pytestmark = pytest.mark.slow

HEAD = TITLE + CALL
PIPES = PAGE + "Field | Description\n--- | ---\n"


def calls(work: Callable[[], object]) -> int:
    """Count the calls of Python and C functions, the second time round, when caches are as they stay."""
    work()
    number = count()

    def note(_frame: FrameType, event: str, _argument: object) -> None:
        if event in {"call", "c_call"}:
            next(number)

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
    return next(number)


def _repeated(start: str, text: str, end: str = "") -> Callable[[int], str]:
    """Make a page of any size by repeating a text."""
    return lambda size: f"{start}{text * (size // len(text))}{end}"


def _cell(text: str, start: str = "", end: str = "") -> Callable[[int], str]:
    return _repeated(f"{PIPES}id | **string**<br>{start}", text, f"{end}\n")


def _newer_cell(text: str) -> Callable[[int], str]:
    return _repeated(f"{HASHES}|| id | **string**\n\n", text, " ||\n|#\n")


def _schema(size: int) -> str:
    description = "description: |-\n            **string**\n            Required.\n"
    return fronted(
        "".join(f"        f{n}:\n          type: string\n          {description}" for n in range(size // 95))
    )


GROWING: dict[str, Callable[[int], str]] = {
    "rows": lambda size: PIPES + "".join(f"f{n} | **string**<br><p>Required.</p>\n" for n in range(size // 40)),
    "newer rows": lambda size: HASHES + "".join(f"|| f{n} | **string** ||\n" for n in range(size // 20)) + "|#\n",
    "parameters": _repeated(f"{HEAD}## Query parameters\n\nName | Description\n--- | ---\n", "a | Must.\n"),
    "one word": _cell("a"),
    "words": _cell("must "),
    "sentences": _cell("Required. "),
    "numbers": _cell("1-"),
    "digits": _cell("9", "The maximum value is "),
    "values": _cell("1, ", "Value must be one of "),
    "powers": _cell("2^63 - ", "Acceptable values are "),
    "fields": _cell("`a`, or ", "Includes only one of the fields "),
    "examples": _cell("For example, must "),
    "methods": _cell("any method that must "),
    "subject": _cell("a ", end="is unique within the bay"),
    "scope": _cell("b ", "is unique within the "),
    "unknown scope": _cell("is unique within the "),
    "harmless": _cell("exactly one of a or whether ISO 1 "),
    "runs of backticks": _cell(" ".join("`" * n for n in range(30))),
    "code spans": _cell("`1` "),
    "brackets": _cell("["),
    "links": _cell("[a]("),
    "tags": _cell("<p>"),
    "half tags": _cell("<a "),
    "items": _cell("<li>A: a</li>"),
    "entities": _cell("&lt;&"),
    "backslashes": _cell("\\|"),
    "stars": _cell("**"),
    "patterns": _cell("[\\|", f"Each value {PHRASES['«match»']} `", "`"),
    "spaces": _cell(" ", ".", "x"),
    "lines": _newer_cell("a\n"),
    "blank lines": _newer_cell("\n \n"),
    "bullets": _newer_cell("- `A`: a\n"),
    "type": _repeated(f"{PIPES}id | **", "a", "\n"),
    "map": _repeated(f"{PIPES}id | **object** (", "map<", "\n"),
    "name": _repeated(PIPES, "a.", "! | b\n"),
    "pipes": _repeated(PIPES, "|"),
    "lines of pipes": _repeated(PIPES, "|\n"),
    "quotes": _repeated(HEAD, ">"),
    "lists": _repeated(HEAD, "- "),
    "headings": _repeated(HEAD, "## B {#a.b}\n"),
    "paragraphs": _repeated(HEAD, "a must\n\n"),
    "one paragraph": _repeated(HEAD, "a must\n"),
    "references": _repeated(HEAD, "[a]: b\n"),
    "tables cut off": _repeated(HEAD, "#|\n"),
    "fences": _repeated(HEAD, "```\n"),
    "front matter": _repeated("---\n", "a: b\n"),
    "JSON": _repeated(f"{PAGE}```\n{{", '"a": "string",\n', "}\n```\n"),
    "nested JSON": _repeated(f"{PAGE}```\n", '{"a": ', "\n```\n"),
    "messages in a chain": lambda size: linked_messages(size // 80, "f"),
    "messages that double": lambda size: f"{linked_messages(20, 'fg')}{'Boats.' * (size // 6)}\n",
    "schema": _schema,
    "schemas in a chain": lambda size: linked_schemas(size // 80, "f"),
    "URL": _repeated(HEAD.partition("boats")[0], "{a", HEAD.partition("boats")[2]),
    "title": _repeated("# ", "{#", HEAD),
    "nothing": _repeated("", " "),
}


@pytest.mark.parametrize("kind", GROWING)
def test_calls_grow_no_faster_than_the_page(kind: str) -> None:
    """A page eight times as long takes eight times the calls, and a fifth more for what comes with its tables."""
    short, long = (GROWING[kind](size).encode() for size in (1_500, 12_000))
    before, after = (calls(partial(read_or_error, page)) for page in (short, long))
    assert after / before < 1.2 * len(long) / len(short)


@pytest.mark.parametrize("kind", GROWING)
def test_a_page_of_a_megabyte_is_read_at_all(kind: str) -> None:
    """A single call of a pattern or a search whose time grows with the square of it would take hours."""
    read_or_error(GROWING[kind](1_000_000).encode())


def test_reading_costs_no_more_than_its_markdown() -> None:
    """Facts, doubts and contradictions of pages take fewer calls than CommonMark's library, which reads no facts."""
    pages = [path.read_bytes() for path in SAMPLE] or [case.page.encode() for case in CASES]
    parser = MarkdownIt("commonmark").enable("table")
    ours = calls(lambda: [*map(read_or_error, pages)])
    theirs = calls(lambda: [parser.parse(page.decode()) for page in pages])
    assert ours < theirs
