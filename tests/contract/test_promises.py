"""The promises: each documented fact, one by one, is stated by every witness that can state it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.changes.releases import Versions
from generator.contract.check import check
from generator.contract.compare import inexpressible_facts, matching_facts
from generator.contract.facts import Contract, Fact, Witness
from generator.contract.match import operation_key
from generator.readers import documentation, openapi
from generator.readers.witnesses import WitnessPaths, load_witnesses
from tests.contract.witnesses import (
    PUBLISHED_PAGE,
    ROOT,
    SPECIFICATION,
    clients,
    descriptors,
    known_differences,
    locks,
    sentence,
    specification,
)

PROMISES = [
    pytest.param(lock, fact, id=f"{operation_key(lock)}: {sentence(fact)}" if len(locks()) > 1 else sentence(fact))
    for lock in locks()
    for fact in lock.facts()
]
WITNESSES = {"specification": specification, "client": clients, "descriptors": descriptors}


@pytest.mark.parametrize("witness", WITNESSES)
@pytest.mark.parametrize(("lock", "fact"), PROMISES)
def test_promise(lock: Contract, fact: Fact, witness: str) -> None:
    """Each documented fact is stated by the witness, if it can state it."""
    contract = _of(WITNESSES[witness], lock)
    if witness == "descriptors" and _is_known_to_differ(lock, fact):
        assert fact not in matching_facts(lock, contract), "remove the known difference"
    elif fact in inexpressible_facts(lock, contract):
        key = fact.part, fact.path, fact.keyword
        assert key not in {(other.part, other.path, other.keyword) for other in contract.facts()}, (
            "it does speak of that"
        )
    else:
        assert fact in matching_facts(lock, contract)


def _is_known_to_differ(lock: Contract, fact: Fact) -> bool:
    return any(
        (entry.operation, entry.part) == (operation_key(lock), fact.part)
        and (entry.path, entry.keyword) in {(fact.path, fact.keyword), (fact.path, "")}
        for entry in known_differences()
    )


def _of(witness: Callable[[], tuple[Contract, ...]], lock: Contract) -> Contract:
    return next(contract for contract in witness() if operation_key(contract) == operation_key(lock))


def test_every_operation_of_the_specification_is_documented() -> None:
    """There is a lock for each operation, and none for another."""
    assert sorted(map(operation_key, locks())) == sorted(map(operation_key, specification()))


@pytest.mark.parametrize("page", [None, *([PUBLISHED_PAGE] if PUBLISHED_PAGE.exists() else [])])
def test_the_witnesses_agree(page: Path | None) -> None:
    """Nobody says what another one does not, but for what is known and has a reason; nothing else is on that list."""
    loaded = load_witnesses(
        WitnessPaths(SPECIFICATION, ROOT / "generated_client"), documentation.read(page) if page else None
    )
    report = check(loaded.pairs, loaded.known_differences)
    assert report.differences == ()
    assert {known for comparison in report.comparisons for known in comparison.accepted} == {
        known for known in loaded.known_differences if known.witness is not Witness.DOCUMENTATION
    }
    assert loaded.skipped == ()


def test_a_lock_holds_no_prose() -> None:
    """A lock is values of facts and names: the longest text in it is the URL or the sentence at its head."""
    for path in sorted((SPECIFICATION.parent / "documented").glob("*.yaml")):
        values = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
        assert not [line for line in values if len(line.replace(",", " ").split()) > 30]
        assert all(character.isascii() for line in values for character in line)


def test_a_breaking_change_has_a_new_major_version_and_a_note_and_any_change_a_new_version() -> None:
    """To fix a failure, raise `info.version` as it says, and describe in spec/CHANGELOG.md what callers do.

    `make release` when the version is given out.
    """
    assert Versions(SPECIFICATION).problem(openapi.read_specification(SPECIFICATION)) is None
