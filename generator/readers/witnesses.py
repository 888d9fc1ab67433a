"""Reads the specification and the witnesses that it is compared with."""

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
    """The paths of the witnesses: the specification, and a client and a page, if there are any.

    Beside the specification are `documented/`, the locks of the pages, and `known-differences.yaml`.
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
    """The pairs of witnesses to compare, the known differences, and a sentence for each witness that was skipped."""

    pairs: tuple[tuple[WitnessContracts, WitnessContracts], ...]
    known_differences: tuple[KnownDifference, ...]
    skipped: tuple[str, ...]


def load_witnesses(sources: WitnessPaths) -> LoadedWitnesses:
    """Read every witness. Raises InputError for the first invalid one.

    The descriptors are read if their package is installed. The page is also compared with the lock.
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
        descriptors = protobuf.read([contract.operation for contract in specification.contracts])
        others.append(WitnessContracts(Witness.DESCRIPTORS, Location("yandexcloud"), descriptors))
    else:
        skipped.append("descriptors: not compared, the package yandexcloud is not installed")
    pairs = [(specification, other) for other in others]
    if sources.page:
        pages = (documentation.read(sources.page),)
        page = WitnessContracts(Witness.DOCUMENTATION, Location(str(sources.page)), pages, complete=False)
        pairs += [(specification, page), (locked, page)]
    return LoadedWitnesses(tuple(pairs), known, tuple(skipped))


def _witness_contracts(witness: Witness, path: Path, contracts: tuple[Contract, ...]) -> WitnessContracts:
    return WitnessContracts(witness, Location(str(path)), contracts)
