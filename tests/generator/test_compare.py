"""Two witnesses differ only in what both can state."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import pytest
from attrs import evolve

from generator.contract.compare import compare, matching_facts
from generator.contract.difference import ABSENT, HINTS
from generator.contract.facts import Constraints, Contract, Operation
from generator.contract.keywords import KEYWORDS
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

ROWS: Mapping[str, tuple[Contract, Contract, list[tuple[Any, ...]]]] = {
    "the same": (contract(id={}), lock(id={}), []),
    "another order": (contract(id={}, name={}), lock(name={}, id={}), []),
    "another value": (
        contract(id={"maxLength": 50}),
        lock(id={"maxLength": 51}),
        [("value-differs", "id", "maxLength", 50, 51)],
    ),
    "a number and a text": (
        contract(id={"default": 50}),
        lock(id={"default": "50"}),
        [("value-differs", "id", "default", 50, "50")],
    ),
    "a number and true": (
        contract(id={"default": 1}),
        lock(id={"default": True}),
        [("value-differs", "id", "default", 1, True)],
    ),
    "a number in two forms": (contract(id={"minimum": 1}), lock(id={"minimum": 1.0}), []),
    "values in another order": (contract(id={"enum": ("A", "B")}), lock(id={"enum": ("B", "A")}), []),
    "a value less": (
        contract(id={"enum": ("A", "B")}),
        lock(id={"enum": ("A",)}),
        [("value-differs", "id", "enum", ("A", "B"), ("A",))],
    ),
    "said by the page alone": (
        contract(id={}),
        lock(id={"readOnly": True}),
        [("fact-missing", "id", "readOnly", ABSENT, True)],
    ),
    "said by the specification alone": (
        contract(id={"readOnly": True}),
        lock(id={}),
        [("addition-without-source", "id", "readOnly", True, ABSENT)],
    ),
    "said by the specification alone, with a source": (
        contract(id=constraints({"readOnly": True}, {"readOnly": SOURCE})),
        lock(id={}),
        [],
    ),
    "said by the specification from a source and otherwise by the page": (
        contract(id=constraints({"maxLength": 9}, {"maxLength": SOURCE})),
        lock(id={"maxLength": 8}),
        [("value-differs", "id", "maxLength", 9, 8), ("stale-source", "id", "maxLength", f"x-source: {SOURCE}", 8)],
    ),
    "a source of what the page says": (
        contract(id=constraints({"maxLength": 9}, {"maxLength": SOURCE})),
        lock(id={"maxLength": 9}),
        [("stale-source", "id", "maxLength", f"x-source: {SOURCE}", 9)],
    ),
    "a source of nothing": (
        contract(id=constraints({}, {"maxLength": SOURCE})),
        lock(id={}),
        [("stale-source", "id", "maxLength", f"x-source: {SOURCE}", ABSENT)],
    ),
    "a source that the client does not ask for": (
        contract(id=constraints({}, {"maxLength": SOURCE})),
        client(id={}),
        [],
    ),
    "an addition that the client lacks": (
        contract(id=constraints({"maxLength": 9}, {"maxLength": SOURCE})),
        client(id={}),
        [("fact-missing", "id", "maxLength", 9, ABSENT)],
    ),
    "an addition on which the descriptors are silent": (
        contract(id=constraints({"maxLength": 9}, {"maxLength": SOURCE})),
        descriptors(id={}),
        [],
    ),
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
    "a field that the client lacks": (
        contract(id={}, name={"maxLength": 9}),
        client(id={}),
        [("field-missing", "name", "", "string", ABSENT)],
    ),
    "a field that the page lacks": (
        contract(id={}, name={}),
        lock(id={}),
        [("addition-without-source", "name", "", "string", ABSENT)],
    ),
    "a field of which nothing is said": (
        contract(id={}, name=Constraints({})),
        lock(id={}),
        [("addition-without-source", "name", "", "stated", ABSENT)],
    ),
    "keys of a map of which nothing is said": (
        contract(SPECIFICATION, labels={"type": "object"}, **{"labels{key}": Constraints({})}),
        contract(LOCK, labels={"type": "object"}),
        [],
    ),
    "a field with a source for all of it": (
        contract(id={}, name=constraints({"maxLength": 9}, {"type": SOURCE, "maxLength": SOURCE})),
        lock(id={}),
        [],
    ),
    "a field with a source for a part of it": (
        contract(id={}, name=constraints({"maxLength": 9}, {"maxLength": SOURCE})),
        lock(id={}),
        [("addition-without-source", "name", "", "string", ABSENT)],
    ),
    "a renamed field": (
        contract(id={}),
        client(key={}),
        [("field-missing", "id", "", "string", ABSENT), ("field-missing", "key", "", ABSENT, "string")],
    ),
    "a parameter that is missing": (
        contract(id={}),
        evolve(client(id={}), parameters=()),
        [("parameter-missing", "boatId", "", "string", ABSENT)],
    ),
    "a field that is said twice": (
        contract(id={}),
        evolve(lock(), response=evolve(lock().response, fields=lock(id={}).response.fields * 2)),
        [("said-twice", "id", "", "stated", "stated")],
    ),
    "something unread": (
        contract(id={}),
        evolve(lock(id={}), unparsed=(UnparsedText("Must shine.", Location("page.md", 9)),)),
        [("unread", "", "", "Must shine.", ABSENT)],
    ),
    "a witness that contradicts itself": (
        contract(id={}),
        evolve(lock(id={}), contradictions=(Contradiction("Two types.", Location("p", 1), Location("p", 2)),)),
        [("disagreement", "", "", "Two types.", "Two types.")],
    ),
    "an addition that is no fact": (
        evolve(contract(id={}), undocumented=(UndocumentedItem("info.license", None, AT),)),
        lock(id={}),
        [("addition-without-source", "info.license", "", "info.license", ABSENT)],
    ),
    "an addition that is no fact, with a source": (
        evolve(contract(id={}), undocumented=(UndocumentedItem("info.license", SOURCE, AT),)),
        lock(id={}),
        [],
    ),
    "an addition that is no fact, for the client": (
        evolve(contract(id={}), undocumented=(UndocumentedItem("info.license", None, AT),)),
        client(id={}),
        [],
    ),
    "another method": (
        contract(id={}),
        evolve(lock(id={}), operation=Operation("POST", URL, AT)),
        [("value-differs", "", "method", "GET", "POST")],
    ),
    "another host": (
        contract(id={}),
        evolve(lock(id={}), operation=Operation("GET", URL.replace("boats.", "b."), AT)),
        [("value-differs", "", "url", URL, URL.replace("boats.", "b."))],
    ),
    "no host": (contract(id={}), evolve(descriptors(id={}), operation=Operation("GET", "/boats/{boatId}", AT)), []),
    "no host and another path": (
        contract(id={}),
        evolve(descriptors(id={}), operation=Operation("GET", "/boats/{id}", AT)),
        [("value-differs", "", "url", URL, "/boats/{id}")],
    ),
    "another status": (
        contract(id={}),
        evolve(lock(id={}), response=evolve(lock(id={}).response, status=201)),
        [("value-differs", "", "status", 200, 201)],
    ),
}


@pytest.mark.parametrize(("left", "right", "expected"), [pytest.param(*row, id=name) for name, row in ROWS.items()])
def test_differences(left: Contract, right: Contract, expected: list[tuple[Any, ...]]) -> None:
    """Each pair of contracts has these differences and no other."""
    assert summarize(compare(left, right)) == expected


def test_only_what_both_can_say_counts() -> None:
    """Silence of a witness on a keyword that it cannot express is no statement, on either side."""
    left = contract(id={"maxLength": 9, "readOnly": True})
    right = evolve(contract(CLIENT, id={"x-unit": "byte"}), supported_keywords=frozenset({"type", "maxLength"}))
    assert summarize(compare(left, right)) == [("fact-missing", "id", "maxLength", 9, ABSENT)]
    assert summarize(compare(right, left)) == [("fact-missing", "id", "maxLength", ABSENT, 9)]


def test_what_is_left_out_of_one_subject_counts_where_it_is_said() -> None:
    """The silence of a table without types is none; the type that stands there all the same is a statement."""
    quiet = Constraints({"maxLength": 9}, omitted_keywords=frozenset({"type", "maxLength"}))
    assert summarize(compare(contract(id={}), contract(LOCK, id=quiet))) == [
        ("fact-missing", "id", "maxLength", ABSENT, 9)
    ]
    assert summarize(compare(contract(LOCK, id=quiet), contract(LOCK, id={"maxLength": 8}))) == [
        ("value-differs", "id", "maxLength", 9, 8)
    ]


def test_both_locations_are_reported() -> None:
    """The place of a fact on the one side; on the other that of its field, or of the answer where there is none."""
    left = contract(id={"maxLength": 9}, name={})
    (fact, field) = compare(left, contract(CLIENT, id={}))
    assert (str(fact.left.location), str(fact.right.location)) == ("specification.yaml:4", "client.yaml:4")
    assert (str(field.left.location), str(field.right.location)) == ("specification.yaml:5", "client.yaml:3")


def test_what_both_say_is_agreed() -> None:
    """Facts that the other one states too, whatever else differs."""
    facts = matching_facts(contract(id={"maxLength": 9}), contract(LOCK, id={"maxLength": 8}))
    assert [(fact.path, fact.keyword) for fact in facts] == [
        ("", "method"),
        ("", "url"),
        ("boatId", "in"),
        ("boatId", "type"),
        ("boatId", "required"),
        ("", "status"),
        ("id", "type"),
    ]


def test_every_kind_of_difference_has_a_row() -> None:
    """Each id has a hint and a case that trips it, those between whole testimonies in test_check.py."""
    tripped = {row[0] for *_, expected in ROWS.values() for row in expected}
    assert tripped | {"operation-missing", "stale-exception", "wrong-example"} == HINTS.keys()
    assert all(HINTS.values())


def test_a_fact_has_a_known_keyword() -> None:
    """Nothing else can be said."""
    with pytest.raises(ValueError, match="maxLenght"):
        Constraints({"maxLenght": 1})
    assert list(Constraints({"maxLength": 9, "type": "string"}).values) == ["type", "maxLength"]
    assert len(KEYWORDS) > 20
