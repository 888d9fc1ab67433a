"""Facts are written as sentences of a docstring, and are read back however it is wrapped."""

import ast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.client_writer.literals import docstring
from generator.contract.docstring_sentences import (
    BOUNDS,
    parse_facts,
    sentences,
    sentences_of_entries,
)
from generator.contract.facts import Value
from generator.contract.keywords import KEYWORDS

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


def test_a_false_flag_has_no_sentence() -> None:
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
"""Keyword -> its possible values; a flag is not listed."""

WORDED = {name for name, keyword in KEYWORDS.items() if keyword.sentence} | VALUES.keys()
FACTS = st.fixed_dictionaries(
    {}, optional={keyword: VALUES.get(keyword, st.just(value=True)) for keyword in sorted(WORDED)}
)


@settings(max_examples=20)
@given(FACTS, st.text("abc .\n", max_size=200))
def test_sentences_in_a_docstring_are_read_back(facts: dict[str, Value], description: str) -> None:
    written = docstring([" ".join([description, *sentences(facts)])], 4)
    assert parse_facts(ast.literal_eval(written)) == facts


def test_keys_and_values_of_a_map_have_an_introduction() -> None:
    texts = sentences_of_entries({"maxLength": 5}, {"minLength": 1})
    assert texts == ["Keys:", "At most 5 characters.", "Values:", "At least 1 character."]
    assert sentences_of_entries({}, {"minLength": 1}) == ["Values:", "At least 1 character."]


def test_the_length_of_bytes_counts_bytes() -> None:
    (sentence,) = sentences({"maxLength": 7, "format": "byte"})
    assert sentence == "At most 7 bytes."
    assert parse_facts(sentence) == {"maxLength": 7}
