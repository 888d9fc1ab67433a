"""Calls the witnesses: reads the specification and all that it is held against."""

from __future__ import annotations

from pathlib import Path

from attrs import frozen

from generator.contract import lock
from generator.contract.check import WitnessContracts
from generator.contract.facts import Contract, Witness
from generator.contract.known_differences import KnownDifference, parse_known_differences
from generator.errors import Location
from generator.yaml_document import load

from . import client, documentation, openapi, protobuf


@frozen
class WitnessPaths:
    """Where the witnesses are: the specification, what lies beside it, a client and a page, if there is one.

    Beside the specification stand `documented/`, the locks of the pages' facts, and `known-differences.yaml`.
    """

    specification: Path
    client: Path | None = None
    page: Path | None = None

    @property
    def documented(self) -> Path:
        """The folder of the locks."""
        return self.specification.parent / "documented"

    @property
    def known_differences(self) -> Path:
        """The list of known differences."""
        return self.specification.parent / "known-differences.yaml"


@frozen
class LoadedWitnesses:
    """The pairs of witnesses to compare, what is known to differ, and which witness could not be called."""

    pairs: tuple[tuple[WitnessContracts, WitnessContracts], ...]
    known_differences: tuple[KnownDifference, ...]
    skipped: tuple[str, ...]


def load_witnesses(sources: WitnessPaths) -> LoadedWitnesses:
    """Read every witness. Raises InputError for the first one that cannot be read.

    The descriptors are called where their package is installed; the page is also held against the lock.
    """
    specification = _witness_contracts(
        Witness.SPECIFICATION, sources.specification, openapi.read(sources.specification)
    )
    known = parse_known_differences(load(sources.known_differences)) if sources.known_differences.exists() else ()
    locks = tuple(lock.read_lock(path) for path in sorted(sources.documented.glob("*.yaml")))
    locked = _witness_contracts(Witness.LOCK, sources.documented, locks)
    others, skipped = [locked], list[str]()
    if sources.client:
        others.append(_witness_contracts(Witness.CLIENT, sources.client, client.read(sources.client)))
    else:
        skipped.append("client: not compared, none is named")
    if protobuf.is_installed():
        found = protobuf.read([one.operation for one in specification.contracts])
        others.append(WitnessContracts(Witness.DESCRIPTORS, Location("yandexcloud"), found))
    else:
        skipped.append("descriptors: not compared, the package yandexcloud is not installed")
    claims = [(specification, other) for other in others]
    if sources.page:
        pages = (documentation.read(sources.page),)
        page = WitnessContracts(Witness.DOCUMENTATION, Location(str(sources.page)), pages, complete=False)
        claims += [(specification, page), (locked, page)]
    return LoadedWitnesses(tuple(claims), known, tuple(skipped))


def _witness_contracts(witness: Witness, path: Path, contracts: tuple[Contract, ...]) -> WitnessContracts:
    return WitnessContracts(witness, Location(str(path)), contracts)
