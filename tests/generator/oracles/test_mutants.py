"""Each mutant of a specification is classified by a rule; an equivalent specification has no change."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest

from generator.changes.describe import describe
from generator.changes.diff import changes
from generator.changes.rules import UNDECIDED
from generator.contract.serialize import from_dict, to_dict
from generator.errors import InputError
from generator.yaml_document import dumps, loads
from tests.generator.oracles.mutants import MUTANTS, THE_SAME, Edit, Json, Node, mutant, original
from tests.generator.oracles.verdicts import diff_mutant, diff_named_mutant, original_specification


def test_there_are_enough_mutants() -> None:
    assert len(MUTANTS) >= 130
    assert [name for name, edit in MUTANTS.items() if mutant(edit) == original()] == []


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in MUTANTS if not name.startswith("the same: ")])
def test_a_change_is_read_and_classified_by_a_rule(name: str) -> None:
    found = diff_named_mutant(name).changes
    assert found
    assert [describe(change) for change in found if change.rule is UNDECIDED] == []


@pytest.mark.parametrize("name", THE_SAME)
def test_what_is_said_in_another_way_is_no_change(name: str) -> None:
    assert [describe(change) for change in diff_mutant(THE_SAME[name]).changes] == []


def test_everything_that_is_read_is_written_and_read_back() -> None:
    for contract in original_specification().contracts:
        again = from_dict(loads(dumps(to_dict(contract)), "facts.yaml"))
        assert set(again.operation_metadata) == set(contract.operation_metadata)
        assert changes([contract], [again]) == ()


ODD: tuple[Json, ...] = (None, True, -1, "x", [], {}, ["x"], {"a": 1}, {"$ref": "#/nothing"}, [{"type": "string"}])
WORDS = ("nullable", "allOf", "flows", "multipleOf", "style", "required", "headers", "security", "items", "2XX")


Way = tuple[str | int, ...]


def _ways(node: Json, above: Way = ()) -> Iterator[Way]:
    """The way to everything in a document."""
    if above:
        yield above
    inside = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, child in inside:
        yield from _ways(child, (*above, key))


def _at(document: Node, way: Way) -> Any:
    node: Any = document
    for key in way:
        node = node[key]
    return node


def _drop(way: Way, document: Node) -> None:
    _at(document, way[:-1]).pop(way[-1])


def _put(way: Way, odd: Json, document: Node) -> None:
    _at(document, way[:-1])[way[-1]] = odd


def _add(way: Way, word: str, odd: Json, document: Node) -> None:
    node = _at(document, way)
    if isinstance(node, dict):
        node[word] = odd


def _broken() -> Iterator[Edit]:
    """Each part left out, something odd put in its place, and an odd keyword put into it."""
    for index, way in enumerate(_ways(original())):
        odd, word = ODD[index % len(ODD)], WORDS[index % len(WORDS)]
        yield from (partial(_drop, way), partial(_put, way, odd), partial(_add, way, word, odd))


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_whatever_is_broken_is_refused_in_one_sentence_for_each_problem_or_classified() -> None:
    refused: list[str] = []
    for edit in _broken():
        try:
            found = diff_mutant(edit)
        except InputError as problem:
            refused.append(str(problem))
        else:
            assert [describe(change) for change in found.changes if change.rule is UNDECIDED] == []
    assert len(refused) > 100
    lines = [line for message in refused for line in message.splitlines()]
    assert [line for line in lines if not line.startswith("later.json")] == []
