"""Facts are written as sentences of a docstring."""

import pytest

from generator.client_writer.docstring_sentences import sentences, sentences_of_entries
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


def test_a_false_flag_has_no_sentence() -> None:
    assert sentences({"readOnly": False, "type": "string"}) == []


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"readOnly": True, "required": True}, ["Required.", "Set by the service alone."]),
        ({"deprecated": True, "x-sunset": "2027-06-01"}, ["Deprecated.", "It will be removed after 2027-06-01."]),
        ({"default": "a"}, ["Default: `a`."]),
        ({"default": False}, ["Default: `false`."]),
        ({"default": 0}, ["Default: `0`."]),
        ({"minimum": 0, "exclusiveMaximum": 1.5}, ["Not less than 0.", "Less than 1.5."]),
        ({"pattern": "^[a-z]$", "x-unit": "byte"}, ["Matches `^[a-z]$`.", "Unit: byte."]),
        ({"x-one-of": ("id", "name")}, ["At most one of `id`, `name` is set."]),
        ({"minItems": 1, "maxItems": 1, "uniqueItems": True}, ["No element occurs twice.", "Exactly 1 element."]),
    ],
)
def test_each_kind_of_keyword_has_its_sentence(facts: dict[str, Value], says: list[str]) -> None:
    assert sentences(facts) == says


def test_keys_and_values_of_a_map_have_an_introduction() -> None:
    texts = sentences_of_entries({"maxLength": 5}, {"minLength": 1})
    assert texts == ["Keys:", "At most 5 characters.", "Values:", "At least 1 character."]
    assert sentences_of_entries({}, {"minLength": 1}) == ["Values:", "At least 1 character."]


def test_the_length_of_bytes_counts_bytes() -> None:
    assert sentences({"maxLength": 7, "format": "byte"}) == ["At most 7 bytes."]
