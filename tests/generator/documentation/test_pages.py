"""Whole pages of our own words, one of each generation, and the facts that they must give."""

import re
from collections.abc import Callable

import pytest

from generator.readers.documentation import read_bytes
from tests.generator.documentation.cases import Case, cases, rendered

CASES = [*cases("older.md"), *cases("newer.md")]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_page_gives_its_facts(case: Case) -> None:
    """A page gives the facts that are written beside it, no more and no fewer, each with its line."""
    assert rendered(read_bytes(case.page.encode(), "page.md")) == case.expected


def _windows(page: str) -> str:
    return page.replace("\n", "\r\n")


def _byte_order_mark(page: str) -> str:
    return "\ufeff" + page


def _other_spaces(page: str) -> str:
    return re.sub(r"(?<=\w) (?=\w)", "\u00a0", page).replace(" — ", "\u202f–\u00a0")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
@pytest.mark.parametrize("disguise", [_windows, _byte_order_mark, _other_spaces])
def test_disguise_changes_nothing(case: Case, disguise: Callable[[str], str]) -> None:
    """Line ends, a byte order mark and spaces of another kind change no fact and no line."""
    page = disguise(case.page)
    assert page != case.page
    assert rendered(read_bytes(page.encode(), "page.md")) == case.expected
