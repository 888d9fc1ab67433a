"""Every mutation is detected: in the specification, on a page, in a contract."""

from collections.abc import Sequence
from typing import Any

import pytest

from generator.contract.compare import compare
from generator.contract.facts import Contract
from generator.contract.keywords import KEYWORDS
from generator.contract.match import operation_key
from generator.errors import InputError
from generator.readers.documentation import read_bytes
from tests.contract.conftest import Catch
from tests.contract.mutations import ADDED, VALUES, Mutation, apply, mutations
from tests.contract.pages import LANGUAGES, PHRASES, page_of, says_nothing_of
from tests.contract.spec_edits import mutated
from tests.contract.witnesses import document, locks, specification


def _by_subject(contracts: Sequence[Contract]) -> list[Any]:
    """A parameter set for each subject of each contract: the contract and every mutation about that subject."""
    sets: list[Any] = []
    for contract in contracts:
        by_subject: dict[str, list[Mutation]] = {}
        for mutation in mutations(contract):
            by_subject.setdefault(mutation.path or mutation.keyword, []).append(mutation)
        sets += [
            pytest.param(contract, of_subject, id=f"{operation_key(contract)}: {name}")
            for name, of_subject in by_subject.items()
        ]
    return sets


def test_the_unchanged_specification_passes(caught: Catch) -> None:
    """The unchanged specification has no difference."""
    assert not caught(document())


def test_every_keyword_can_be_falsified() -> None:
    """Each keyword has its mutations and its sentence on a page; otherwise a new fact has no mutants."""
    assert KEYWORDS.keys() <= VALUES.keys()
    assert all(ADDED - {"format"} == phrases.keys() for phrases in PHRASES.values())


def test_there_are_enough_mutants() -> None:
    """At least 150 different mutations of the specification, and as many that a page has room for."""
    of_specification = {
        (operation_key(contract), mutation) for contract in specification() for mutation in mutations(contract)
    }
    of_pages = {
        (operation_key(lock), mutation)
        for lock in locks()
        for mutation in mutations(lock)
        if not says_nothing_of(mutation, lock)
    }
    assert min(len(of_specification), len(of_pages)) >= 150


@pytest.mark.parametrize(("contract", "of_subject"), _by_subject(specification()))
def test_every_specification_mutation_is_detected(
    caught: Catch, contract: Contract, of_subject: Sequence[Mutation]
) -> None:
    """A specification that says one thing otherwise is refused."""
    mutants = {str(mutation): mutated(document(), contract, mutation) for mutation in of_subject}
    assert [mutation for mutation, mutant in mutants.items() if mutant == document()] == [], "nothing was changed"
    assert [mutation for mutation, mutant in mutants.items() if not caught(mutant)] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("lock", [pytest.param(lock, id=operation_key(lock)) for lock in locks()])
def test_a_true_page_agrees_with_the_lock(lock: Contract, language: str) -> None:
    """The page that the mutants are made of states the facts of the lock, and nothing in doubt."""
    assert compare(lock, read_bytes(page_of(lock, language).encode(), "page.md")) == ()


@pytest.mark.parametrize(("lock", "of_subject"), _by_subject(locks()))
def test_every_page_mutation_is_detected(lock: Contract, of_subject: Sequence[Mutation]) -> None:
    """A page that says one thing otherwise differs from the lock, or is not understood."""
    survivors: list[str] = []
    for number, mutation in enumerate(of_subject):
        language = LANGUAGES[number % len(LANGUAGES)]
        page = page_of(apply(lock, mutation), language)
        if says_nothing_of(mutation, lock):
            assert not _page_is_caught(page, lock), f"{mutation}: a page does say that"
        elif not _page_is_caught(page, lock):
            survivors.append(f"{mutation} ({language})")
    assert survivors == []


def _page_is_caught(page: str, lock: Contract) -> bool:
    try:
        return bool(compare(lock, read_bytes(page.encode(), "page.md")))
    except InputError:
        return True


@pytest.mark.parametrize(("contract", "of_subject"), _by_subject(locks()))
def test_every_mutation_of_a_witness_is_detected(contract: Contract, of_subject: Sequence[Mutation]) -> None:
    """The comparer sees each mutation from both sides."""
    survivors = [str(mutation) for mutation in of_subject if not compare(contract, apply(contract, mutation))]
    assert (
        survivors + [str(mutation) for mutation in of_subject if not compare(apply(contract, mutation), contract)] == []
    )
