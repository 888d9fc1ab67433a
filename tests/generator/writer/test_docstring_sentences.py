"""Facts are written as sentences of a docstring."""

import pytest

from generator.client_writer.docstring_sentences import sentences, sentences_of_entries
from generator.contract.facts import Value

SENTENCES: list[tuple[dict[str, Value], list[str]]] = [
    ({"minLength": 0}, []),
    ({"minLength": 1}, ["At least 1 character."]),
    ({"minLength": 2}, ["At least 2 characters."]),
    ({"minLength": 0, "maxLength": 1}, ["At most 1 character."]),
    ({"minLength": 1, "maxLength": 50}, ["1 to 50 characters."]),
    ({"minLength": 20, "maxLength": 20}, ["Exactly 20 characters."]),
    ({"maxLength": 7, "format": "byte"}, ["At most 7 bytes."]),
    ({"minItems": 1, "maxItems": 1, "uniqueItems": True}, ["No element occurs twice.", "Exactly 1 element."]),
    ({"readOnly": False, "type": "string"}, []),
    ({"readOnly": True, "required": True}, ["Required.", "Set by the service alone."]),
    ({"deprecated": True, "x-sunset": "2027-06-01"}, ["Deprecated.", "It will be removed after 2027-06-01."]),
    ({"default": "a"}, ["Default: `a`."]),
    ({"default": False}, ["Default: `false`."]),
    ({"minimum": 0, "exclusiveMaximum": 1.5}, ["Not less than 0.", "Less than 1.5."]),
    ({"pattern": "^[a-z]$", "x-unit": "byte"}, ["Matches `^[a-z]$`.", "Unit: byte."]),
    ({"x-one-of": ("id", "name")}, ["At most one of `id`, `name` is set."]),
]


@pytest.mark.parametrize(("facts", "says"), SENTENCES)
def test_facts_are_sentences(facts: dict[str, Value], says: list[str]) -> None:
    assert sentences(facts) == says


def test_keys_and_values_of_a_map_have_an_introduction() -> None:
    texts = sentences_of_entries({"maxLength": 5}, {"minLength": 1})
    assert texts == ["Keys:", "At most 5 characters.", "Values:", "At least 1 character."]
    assert sentences_of_entries({}, {"minLength": 1}) == ["Values:", "At least 1 character."]
