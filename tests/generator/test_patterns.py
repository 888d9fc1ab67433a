"""Patterns of pages match a whole value; those of a spec are found in it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.contract.patterns import anchored


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("[a-z]+", "^[a-z]+$"),
        ("^[a-z]+", "^[a-z]+$"),
        ("^[a-z]+$", "^[a-z]+$"),
        (r"a\$", r"^a\$$"),
        ("|[a-z]+", "^(?:|[a-z]+)$"),
        ("^a|b$", "^(?:^a|b$)$"),
        ("^(a|b)$", "^(a|b)$"),
        ("^(a)|(b)$", "^(?:^(a)|(b)$)$"),
        ("[a|b", "^(?:[a|b)$"),
        ("", "^$"),
    ],
)
def test_a_pattern_of_a_page_is_anchored(pattern: str, expected: str) -> None:
    assert anchored(pattern) == expected


@given(st.from_regex(r"\A\^?(a|b|\||\$|\\\$|\^|[a-b]\||\(a\|b\)){0,5}\$?\Z"), st.text("ab$", max_size=4))
def test_it_is_found_only_in_what_the_pattern_matches_as_a_whole(pattern: str, text: str) -> None:
    assert bool(re.search(anchored(pattern), text)) is bool(re.fullmatch(pattern, text))
