"""Reads versions of the contract: the one that a client was generated from, and those that are released."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from generator.contract.history import Version, notes_of, release_of, version_of
from generator.document import Table, load, text_in
from generator.errors import InputError, Location


def of_client(manifest: Path) -> Version:
    """The version that a client was generated from, by its manifest. Raises InputError for what is none."""
    contract = load(manifest).get("contract")
    if not isinstance(contract, Table):
        raise InputError("is no manifest of a client", Location(str(manifest)))
    return version_of(contract)


def released(folder: Path) -> tuple[Version, ...]:
    """The released versions in a folder, the oldest first. Raises InputError for a file that is none."""
    versions = [release_of(load(path)) for path in folder.glob("*.yaml")]
    return tuple(sorted(versions, key=lambda version: version.order))


def notes(path: Path) -> Mapping[str, str]:
    """What people have written of the versions; nothing where there is no such file."""
    return notes_of(text_in(path)) if path.exists() else {}
