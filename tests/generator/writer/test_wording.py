"""Facts are said in sentences, and most are found again in a docstring, however it is wrapped."""

import ast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.client_writer.literals import docstring
from generator.contract.docstring_sentences import (
    BOUNDS,
    WORDED,
    parse_entry_facts,
    parse_facts,
    sentences,
    sentences_of_entries,
)
from generator.contract.facts import Value

LENGTHS: list[tuple[int, int | None, list[str]]] = [
    (0, None, []),
    (1, None, ["At least 1 character."]),
    (2, None, ["At least 2 characters."]),
    (0, 1, ["At most 1 character."]),
    (0, 50, ["At most 50 characters."]),
    (1, 50, ["1 to 50 characters."]),
    (20, 20, ["Exactly 20 characters."]),
]


@pytest.mark.parametrize(("least", "most", "says"), LENGTHS)
def test_bounds_of_a_length_are_one_sentence(least: int, most: int | None, says: list[str]) -> None:
    assert sentences({"minLength": least} | ({} if most is None else {"maxLength": most})) == says


def test_what_is_not_so_is_not_said() -> None:
    assert sentences({"readOnly": False, "type": "string"}) == []


WORDS = st.from_regex(r"[A-Za-z0-9][\w/,-]*( [\w/,-]+)*", fullmatch=True)
NUMBERS = st.integers(-(10**9), 10**9) | st.floats(-1e6, 1e6)
NAMES = st.lists(st.from_regex(r"[a-z]\w*", fullmatch=True), min_size=1, max_size=4, unique=True)
COUNTS = st.integers(1, 1000)

VALUES: dict[str, st.SearchStrategy[Value]] = {
    "x-unique-within": WORDS,
    "x-unit": WORDS,
    "default": WORDS | NUMBERS | st.booleans(),
    "pattern": st.from_regex(r"[!-_a-~]+", fullmatch=True),
    **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"), NUMBERS),
    "x-one-of": NAMES.map(tuple),
    **{least: COUNTS for least, _ in BOUNDS},
    **{most: COUNTS.map(lambda number: number + 999) for _, most in BOUNDS},
}
"""Keyword -> what it may say; one that is not here says `true`."""

FACTS = st.fixed_dictionaries(
    {}, optional={keyword: VALUES.get(keyword, st.just(value=True)) for keyword in sorted(WORDED)}
)


@settings(max_examples=20)
@given(FACTS, st.text("abc .\n", max_size=200))
def test_what_is_said_is_found_in_a_docstring(facts: dict[str, Value], description: str) -> None:
    written = docstring([" ".join([description, *sentences(facts)])], 4)
    assert parse_facts(ast.literal_eval(written)) == facts


@settings(max_examples=5)
@given(FACTS, FACTS, FACTS)
def test_what_is_said_of_a_map_is_found_by_its_parts(
    facts: dict[str, Value], keys: dict[str, Value], values: dict[str, Value]
) -> None:
    written = docstring([" ".join([*sentences(facts), *sentences_of_entries(keys, values)])], 4)
    assert parse_entry_facts(ast.literal_eval(written)) == {"": facts, "{key}": keys, "{}": values}


def test_the_length_of_bytes_counts_bytes() -> None:
    said = sentences({"maxLength": 7, "format": "byte"})
    assert said == ["At most 7 bytes."]
    assert parse_facts(said[0]) == {"maxLength": 7}
