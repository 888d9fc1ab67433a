"""Calls the witnesses: reads the specification and all that it is held against."""

from __future__ import annotations

from pathlib import Path

from attrs import frozen

from generator.contract import lock
from generator.contract.check import Testimony
from generator.contract.facts import Contract, Witness
from generator.contract.known_differences import Known, known_of
from generator.errors import Location
from generator.yaml_document import load

from . import client, documentation, openapi, protobuf


@frozen
class Sources:
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
    def known(self) -> Path:
        """The list of known differences."""
        return self.specification.parent / "known-differences.yaml"


@frozen
class Called:
    """The pairs of witnesses to compare, what is known to differ, and which witness could not be called."""

    claims: tuple[tuple[Testimony, Testimony], ...]
    known: tuple[Known, ...]
    not_called: tuple[str, ...]


def call(sources: Sources) -> Called:
    """Read every witness. Raises InputError for the first one that cannot be read.

    The descriptors are called where their package is installed; the page is also held against the lock.
    """
    specification = _testimony(Witness.SPECIFICATION, sources.specification, openapi.read(sources.specification))
    known = known_of(load(sources.known)) if sources.known.exists() else ()
    locks = tuple(lock.read(path) for path in sorted(sources.documented.glob("*.yaml")))
    locked = _testimony(Witness.LOCK, sources.documented, locks)
    others, not_called = [locked], list[str]()
    if sources.client:
        others.append(_testimony(Witness.CLIENT, sources.client, client.read(sources.client)))
    else:
        not_called.append("client: not compared, none is named")
    if protobuf.is_installed():
        found = protobuf.read([one.operation for one in specification.contracts])
        others.append(Testimony(Witness.DESCRIPTORS, Location("yandexcloud"), found))
    else:
        not_called.append("descriptors: not compared, the package yandexcloud is not installed")
    claims = [(specification, other) for other in others]
    if sources.page:
        pages = (documentation.read(sources.page),)
        page = Testimony(Witness.DOCUMENTATION, Location(str(sources.page)), pages, complete=False)
        claims += [(specification, page), (locked, page)]
    return Called(tuple(claims), known, tuple(not_called))


def _testimony(witness: Witness, path: Path, contracts: tuple[Contract, ...]) -> Testimony:
    return Testimony(witness, Location(str(path)), contracts)
