"""What reading a page costs, beside what the CommonMark library takes to parse the same Markdown."""

import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from generator.errors import InputError
from generator.readers.documentation import read_bytes
from tests.generator.documentation.cases import cases

pytestmark = pytest.mark.slow

SAMPLE = sorted((Path(__file__).parents[3].parent / "shared" / "pages").glob("*__*.md"))
PAGES = [path.read_bytes() for path in SAMPLE] or [
    case.page.encode() for name in ("older.md", "newer.md") for case in cases(name)
]


def _read(page: bytes) -> None:
    with suppress(InputError):
        read_bytes(page, "page.md")


def _seconds(work: Callable[[bytes], object], pages: Iterable[bytes]) -> float:
    start = time.process_time()
    for page in pages:
        work(page)
    return time.process_time() - start


def test_reading_costs_no_more_than_three_times_the_markdown() -> None:
    """Facts, doubts and contradictions of a page come at less than twice the price of its Markdown on top of it.

    Both are timed in turns and the best of each is taken, so that what else the machine does counts for both.
    """
    parser = MarkdownIt("commonmark").enable("table")
    ours, theirs = 999.0, 60.0
    for _ in range(9):
        if ours >= 3 * theirs:
            ours = min(ours, _seconds(_read, PAGES))
            theirs = min(theirs, _seconds(lambda page: parser.parse(page.decode()), PAGES))
    assert ours < 3 * theirs, f"{ours / theirs:.2f} times"
