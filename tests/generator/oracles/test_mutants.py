"""Each mutant of a specification is classified by a rule; an equivalent specification has no change."""

from collections.abc import Iterator
from functools import partial
from itertools import islice, product
from typing import Any

import pytest

from generator.changes.describe import describe
from generator.changes.diff import changes
from generator.changes.rules import UNDECIDED
from generator.contract.serialize import from_dict, to_dict
from generator.errors import InputError
from generator.yaml_document import dumps, loads
from tests.generator.oracles.mutants import MUTANTS, THE_SAME, Json, Node, mutant, original
from tests.generator.oracles.verdicts import diff_mutant, original_specification


def test_there_are_enough_mutants() -> None:
    assert len(MUTANTS) >= 130
    assert [name for name, edit in MUTANTS.items() if mutant(edit) == original()] == []


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in MUTANTS if not name.startswith("the same: ")])
def test_a_change_is_read_and_classified_by_a_rule(name: str) -> None:
    differing = diff_mutant(MUTANTS[name]).changes
    assert differing
    assert [describe(change) for change in differing if change.rule is UNDECIDED] == []


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


def _parts(node: Json) -> Iterator[tuple[Any, Any]]:
    """Yield the holder and the key of each part of a document."""
    parts = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, child in [*parts]:
        yield node, key
        yield from _parts(child)


def _break(index: int, way: str, document: Node) -> None:
    """Leave a part out, put something odd in its place, or put an odd keyword into it."""
    holder, key = next(islice(_parts(document), index, None))
    odd = ODD[index % len(ODD)]
    if way == "leave out":
        holder.pop(key)
    elif way == "replace":
        holder[key] = odd
    elif isinstance(holder[key], dict):
        holder[key][WORDS[index % len(WORDS)]] = odd


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_whatever_is_broken_is_refused_in_one_sentence_for_each_problem_or_classified() -> None:
    refused: list[str] = []
    indexes = range(len([*_parts(original())]))
    for index, way in product(indexes, ("leave out", "replace", "add")):
        try:
            diff = diff_mutant(partial(_break, index, way))
        except InputError as problem:
            refused.append(str(problem))
        else:
            assert [describe(change) for change in diff.changes if change.rule is UNDECIDED] == []
    assert len(refused) > 100
    lines = [line for message in refused for line in message.splitlines()]
    assert [line for line in lines if not line.startswith("later.json")] == []
