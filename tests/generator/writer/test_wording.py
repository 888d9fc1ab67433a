"""Facts are said in sentences, and most are found again in a docstring, however it is wrapped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.contract.facts import Value
from generator.contract.wording import SENTENCES, facts_in, sentences
from generator.writers.client.literals import docstring

BOUNDS: list[tuple[int, int | None, list[str]]] = [
    (0, None, []),
    (1, None, ["At least 1 character."]),
    (2, None, ["At least 2 characters."]),
    (0, 1, ["At most 1 character."]),
    (0, 50, ["At most 50 characters."]),
    (1, 50, ["1 to 50 characters."]),
]


@pytest.mark.parametrize(("least", "most", "says"), BOUNDS)
def test_bounds_of_a_length_are_one_sentence(least: int, most: int | None, says: list[str]) -> None:
    assert sentences({"minLength": least} | ({} if most is None else {"maxLength": most})) == says


def test_what_is_not_so_is_not_said() -> None:
    assert sentences({"readOnly": False, "type": "string"}) == []


@given(
    st.fixed_dictionaries(
        {},
        optional={
            keyword: st.from_regex(r"[A-Za-z0-9][\w/,-]*( [\w/,-]+)*", fullmatch=True)
            if "{}" in text
            else st.just(True)  # noqa: FBT003
            for keyword, text in SENTENCES.items()
        },
    ),
    st.text("abc .\n", max_size=200),
)
def test_what_is_said_is_found_in_a_docstring(facts: dict[str, Value], description: str) -> None:
    assert facts_in(docstring([" ".join([description, *sentences(facts)])], 4).strip('"')) == facts
