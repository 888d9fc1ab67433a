"""Two witnesses differ only in what both can state."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import pytest
from attrs import evolve

from generator.contract.compare import compare, matching_facts
from generator.contract.difference import ABSENT, HINTS
from generator.contract.facts import Constraints, Contract, Operation
from generator.contract.reader_notes import Contradiction, UndocumentedItem, UnparsedText
from generator.errors import Location
from tests.generator.contracts import (
    CLIENT,
    DESCRIPTORS,
    LOCK,
    SOURCE,
    SPECIFICATION,
    URL,
    constraints,
    contract,
    summarize,
)

lock, client, descriptors = (partial(contract, witness) for witness in (LOCK, CLIENT, DESCRIPTORS))
AT = Location("file", 1)


@pytest.mark.parametrize(
    ("keyword", "value", "other", "difference"),
    [
        ("maxLength", 50, 50, None),
        ("maxLength", 50, 51, "value-differs"),
        ("default", 50, "50", "value-differs"),
        ("default", 1, True, "value-differs"),
        ("minimum", 1, 1.0, None),
        ("enum", ("A", "B"), ("B", "A"), None),
        ("enum", ("A", "B"), ("A",), "value-differs"),
        ("readOnly", ABSENT, True, "fact-missing"),
        ("readOnly", True, ABSENT, "addition-without-source"),
    ],
)
def test_a_value_differs_if_it_differs_in_json(keyword: str, value: Any, other: Any, difference: str | None) -> None:
    """From the specification to the documentation."""
    left, right = ({} if side is ABSENT else {keyword: side} for side in (value, other))
    differences = compare(contract(id=left, name={}), lock(name={}, id=right))
    assert summarize(differences) == ([(difference, "id", keyword, value, other)] if difference else [])


SOURCED = constraints({"maxLength": 9}, {"maxLength": SOURCE})
UNUSED = constraints({}, {"maxLength": SOURCE})
STALE = ("stale-source", "id", "maxLength", f"x-source: {SOURCE}")
NO_NAME = ("addition-without-source", "name", "", "string", ABSENT)
WHOLE = constraints({"maxLength": 9}, {"type": SOURCE, "maxLength": SOURCE})
TWICE = evolve(lock(), response=evolve(lock().response, fields=lock(id={}).response.fields * 2))
ADDITION, SOURCED_ADDITION = (
    evolve(contract(id={}), undocumented=(UndocumentedItem("info.license", source, AT),)) for source in (None, SOURCE)
)


def called(original: Contract, method: str, url: str) -> Contract:
    return evolve(original, operation=Operation(method, url, AT))


ROWS: Mapping[str, tuple[Contract, Contract, list[tuple[Any, ...]]]] = {
    "an addition with a source": (contract(id=SOURCED), lock(id={}), []),
    "an addition with a source that the page states otherwise": (
        contract(id=SOURCED),
        lock(id={"maxLength": 8}),
        [("value-differs", "id", "maxLength", 9, 8), (*STALE, 8)],
    ),
    "a source of what the page says": (contract(id=SOURCED), lock(id={"maxLength": 9}), [(*STALE, 9)]),
    "a source of nothing": (contract(id=UNUSED), lock(id={}), [(*STALE, ABSENT)]),
    "a source that the client does not ask for": (contract(id=UNUSED), client(id={}), []),
    "an addition that the client lacks": (
        contract(id=SOURCED),
        client(id={}),
        [("fact-missing", "id", "maxLength", 9, ABSENT)],
    ),
    "an addition on which the descriptors are silent": (contract(id=SOURCED), descriptors(id={}), []),
    "a documented fact on which the descriptors are silent": (
        contract(id={"maxLength": 9}),
        descriptors(id={}),
        [("fact-missing", "id", "maxLength", 9, ABSENT)],
    ),
    "a field that the specification lacks": (
        contract(id={}),
        lock(id={}, name={"maxLength": 9}),
        [("field-missing", "name", "", ABSENT, "string")],
    ),
    "a renamed field": (
        contract(id={}),
        client(key={}),
        [("field-missing", "id", "", "string", ABSENT), ("field-missing", "key", "", ABSENT, "string")],
    ),
    "a field that the page lacks": (contract(id={}, name={}), lock(id={}), [NO_NAME]),
    "a field with a source for all of it": (contract(id={}, name=WHOLE), lock(id={}), []),
    "a field with a source for a part of it": (contract(id={}, name=SOURCED), lock(id={}), [NO_NAME]),
    "a field of which nothing is said": (
        contract(id={}, name=Constraints({})),
        lock(id={}),
        [("addition-without-source", "name", "", "stated", ABSENT)],
    ),
    "keys of a map of which nothing is said": (
        contract(SPECIFICATION, labels={"type": "object"}, **{"labels{key}": Constraints({})}),
        lock(labels={"type": "object"}),
        [],
    ),
    "a parameter that is missing": (
        contract(id={}),
        evolve(client(id={}), parameters=()),
        [("parameter-missing", "boatId", "", "string", ABSENT)],
    ),
    "a field that is said twice": (contract(id={}), TWICE, [("said-twice", "id", "", "stated", "stated")]),
    "something unread": (
        contract(),
        evolve(lock(), unparsed=(UnparsedText("Must shine.", AT),)),
        [("unread", "", "", "Must shine.", ABSENT)],
    ),
    "a witness that contradicts itself": (
        contract(),
        evolve(lock(), contradictions=(Contradiction("Two types.", AT, AT),)),
        [("disagreement", "", "", "Two types.", "Two types.")],
    ),
    "an addition that is no fact": (
        ADDITION,
        lock(id={}),
        [("addition-without-source", "info.license", "", "info.license", ABSENT)],
    ),
    "an addition that is no fact, with a source": (SOURCED_ADDITION, lock(id={}), []),
    "an addition that is no fact, for the client": (ADDITION, client(id={}), []),
    "another method": (contract(), called(lock(), "POST", URL), [("value-differs", "", "method", "GET", "POST")]),
    "another host": (
        contract(),
        called(lock(), "GET", "https://b.example/boats/{boatId}"),
        [("value-differs", "", "url", URL, "https://b.example/boats/{boatId}")],
    ),
    "no host": (contract(), called(descriptors(), "GET", "/boats/{boatId}"), []),
    "no host and another path": (
        contract(),
        called(descriptors(), "GET", "/boats/{id}"),
        [("value-differs", "", "url", URL, "/boats/{id}")],
    ),
    "another status": (
        contract(),
        evolve(lock(), response=evolve(lock().response, status=201)),
        [("value-differs", "", "status", 200, 201)],
    ),
}


@pytest.mark.parametrize(("left", "right", "expected"), ROWS.values(), ids=ROWS)
def test_differences(left: Contract, right: Contract, expected: list[tuple[Any, ...]]) -> None:
    """Each pair of contracts has these differences and no other."""
    assert summarize(compare(left, right)) == expected


def test_every_kind_of_difference_has_a_row() -> None:
    """Each id has a hint and a case that trips it, those between whole witnesses in test_check.py."""
    tripped = {row[0] for *_, expected in ROWS.values() for row in expected}
    assert tripped | {"operation-missing", "stale-exception", "wrong-example"} == HINTS.keys()
    assert all(HINTS.values())


def test_only_what_both_can_say_counts() -> None:
    """Silence on a keyword that a witness cannot express, or leaves out of one subject, is no statement."""
    left = contract(id={"maxLength": 9, "readOnly": True})
    right = evolve(client(id={"x-unit": "byte"}), supported_keywords=frozenset({"type", "maxLength"}))
    assert summarize(compare(left, right)) == [("fact-missing", "id", "maxLength", 9, ABSENT)]
    assert summarize(compare(right, left)) == [("fact-missing", "id", "maxLength", ABSENT, 9)]
    quiet = lock(id=Constraints({"maxLength": 9}, omitted_keywords=frozenset({"type", "maxLength"})))
    assert summarize(compare(contract(id={}), quiet)) == [("fact-missing", "id", "maxLength", ABSENT, 9)]
    assert summarize(compare(quiet, lock(id={"maxLength": 8}))) == [("value-differs", "id", "maxLength", 9, 8)]


def test_both_locations_are_reported() -> None:
    """The line of a fact on the one side; on the other that of its field, or of the response if there is none."""
    fact, field = compare(contract(id={"maxLength": 9}, name={}), client(id={}))
    assert (str(fact.left.location), str(fact.right.location)) == ("specification.yaml:4", "client.yaml:4")
    assert (str(field.left.location), str(field.right.location)) == ("specification.yaml:5", "client.yaml:3")


def test_what_both_say_is_agreed() -> None:
    """Facts that the other one states too, whatever else differs."""
    facts = matching_facts(contract(id={"maxLength": 9}), lock(id={"maxLength": 8}))
    keywords = ["method", "url", "in", "type", "required", "status", "type"]
    assert [fact.keyword for fact in facts] == keywords


def test_a_fact_has_a_known_keyword() -> None:
    """Facts are in the order of the keywords."""
    with pytest.raises(ValueError, match="maxLenght"):
        Constraints({"maxLenght": 1})
    assert list(Constraints({"maxLength": 9, "type": "string"}).values) == ["type", "maxLength"]
