"""The mutants of a specification: each change is read and judged, and what is said in another way is none."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from generator.contract.changes import changes, told
from generator.contract.compatibility import UNDECIDED, rule_of
from generator.contract.judgement import Judgement, Specification, judge
from generator.contract.notation import from_notation, to_notation
from generator.document import dumps, loads
from generator.revisions import specification_at
from tests.generator.compared.mutants import HARBOUR, MUTANTS, THE_SAME, Edit, mutant, original

Judge = Callable[[Edit], Judgement]


@cache
def harbour() -> Specification:
    return specification_at(str(HARBOUR), HARBOUR)


@pytest.fixture
def judged(tmp_path: Path) -> Judge:
    def judged(edit: Edit) -> Judgement:
        file = tmp_path / "later.yaml"
        file.write_text(dumps(mutant(edit)), encoding="utf-8")
        return judge(harbour(), specification_at(str(file), file))

    return judged


def test_there_are_enough_mutants() -> None:
    assert len(MUTANTS) >= 140
    assert [name for name, edit in MUTANTS.items() if mutant(edit) == original()] == []


@pytest.mark.parametrize("name", [name for name in MUTANTS if not name.startswith("the same: ")])
def test_a_change_is_read_and_judged_by_a_rule(judged: Judge, name: str) -> None:
    found = judged(MUTANTS[name]).changes
    assert found
    assert [told(change) for change in found if rule_of(change) is UNDECIDED] == []


@pytest.mark.parametrize("name", THE_SAME)
def test_what_is_said_in_another_way_is_no_change(judged: Judge, name: str) -> None:
    assert [told(change) for change in judged(THE_SAME[name]).changes] == []


def test_everything_that_is_read_is_written_and_read_back() -> None:
    for contract in harbour().contracts:
        again = from_notation(loads(dumps(to_notation(contract)), "facts.yaml"))
        assert set(again.besides) == set(contract.besides)
        assert changes([contract], [again]) == ()
