"""Reading a page costs little more than parsing its Markdown with the CommonMark library."""

from contextlib import suppress
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from generator.errors import InputError
from generator.readers.documentation import read_bytes
from tests.generator.documentation.cases import cases
from tests.generator.documentation.counting import calls

pytestmark = pytest.mark.slow

SAMPLE = sorted((Path(__file__).parents[3].parent / "shared" / "pages").glob("*__*.md"))
PAGES = [path.read_bytes() for path in SAMPLE] or [
    case.page.encode() for name in ("older.md", "newer.md") for case in cases(name)
]


def _read(page: bytes) -> None:
    with suppress(InputError):
        read_bytes(page, "page.md")


def test_reading_costs_no_more_than_its_markdown() -> None:
    """Facts, doubts and contradictions of a page take fewer calls than the library does, which reads no facts."""
    parser = MarkdownIt("commonmark").enable("table")
    ours = calls(lambda: [*map(_read, PAGES)])
    theirs = calls(lambda: [parser.parse(page.decode()) for page in PAGES])
    assert ours < theirs
