"""Every false statement is caught: in the specification, on a page, in a contract as such."""

from collections.abc import Sequence
from typing import Any

import pytest

from generator.contract.check import label
from generator.contract.compare import compare
from generator.contract.facts import KEYWORDS, Contract
from generator.errors import InputError
from generator.readers.documentation import read_bytes
from tests.contract.conftest import Judge
from tests.contract.edits import edited
from tests.contract.lies import ADDED, OTHERS, Lie, lies, told
from tests.contract.pages import LANGUAGES, PHRASES, page_of, says_nothing_of
from tests.contract.witnesses import document, locks, specification


def _by_subject(contracts: Sequence[Contract]) -> list[Any]:
    """A parameter set for each subject of each contract: the contract and every lie about that subject."""
    sets: list[Any] = []
    for contract in contracts:
        found: dict[str, list[Lie]] = {}
        for lie in lies(contract):
            found.setdefault(lie.path or lie.keyword, []).append(lie)
        sets += [pytest.param(contract, some, id=f"{label(contract)}: {name}") for name, some in found.items()]
    return sets


def test_the_truth_is_not_caught(caught: Judge) -> None:
    """The unchanged specification passes the judge of the mutants."""
    assert not caught(document())


def test_every_keyword_can_be_falsified() -> None:
    """A keyword that facts get has its lies here and its sentence on the pages, or a new fact would have no mutants."""
    assert KEYWORDS.keys() <= OTHERS.keys()
    assert KEYWORDS.keys() - ADDED.keys() == {"type", "x-same-as"}
    assert all(ADDED.keys() - {"format"} == phrases.keys() for phrases in PHRASES.values())


def test_there_are_enough_mutants() -> None:
    """At least 150 different lies in the specification, and as many that a page has room for."""
    of_specification = {(label(contract), lie) for contract in specification() for lie in lies(contract)}
    of_pages = {(label(lock), lie) for lock in locks() for lie in lies(lock) if not says_nothing_of(lie, lock)}
    assert min(len(of_specification), len(of_pages)) >= 150


@pytest.mark.parametrize(("contract", "some"), _by_subject(specification()))
def test_no_lie_in_the_specification_survives(caught: Judge, contract: Contract, some: Sequence[Lie]) -> None:
    """A specification that says one thing otherwise is refused."""
    mutants = {str(lie): edited(document(), contract, lie) for lie in some}
    assert [lie for lie, mutant in mutants.items() if mutant == document()] == [], "nothing was changed"
    assert [lie for lie, mutant in mutants.items() if not caught(mutant)] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("lock", [pytest.param(lock, id=label(lock)) for lock in locks()])
def test_a_true_page_agrees_with_the_lock(lock: Contract, language: str) -> None:
    """The page that the mutants are made of states the facts of the lock, and nothing in doubt."""
    assert compare(lock, read_bytes(page_of(lock, language).encode(), "page.md")) == ()


@pytest.mark.parametrize(("lock", "some"), _by_subject(locks()))
def test_no_lie_on_a_page_survives(lock: Contract, some: Sequence[Lie]) -> None:
    """A page that says one thing otherwise differs from the lock, or is not understood."""
    survivors: list[str] = []
    for number, lie in enumerate(some):
        language = LANGUAGES[number % len(LANGUAGES)]
        page = page_of(told(lock, lie), language)
        if says_nothing_of(lie, lock):
            assert page == page_of(lock, language), f"{lie}: a page does say that"
        elif not _page_is_caught(page, lock):
            survivors.append(f"{lie} ({language})")
    assert survivors == []


def _page_is_caught(page: str, lock: Contract) -> bool:
    try:
        return bool(compare(lock, read_bytes(page.encode(), "page.md")))
    except InputError:
        return True


@pytest.mark.parametrize(("contract", "some"), _by_subject(locks()))
def test_no_lie_between_two_witnesses_survives(contract: Contract, some: Sequence[Lie]) -> None:
    """The comparer sees each lie from both sides."""
    survivors = [str(lie) for lie in some if not compare(contract, told(contract, lie))]
    assert survivors + [str(lie) for lie in some if not compare(told(contract, lie), contract)] == []
