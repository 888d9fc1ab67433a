"""Reads the specification and the witnesses that it is compared with."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from attrs import frozen

from generator.contract.check import WitnessContracts
from generator.contract.facts import Contract, Witness
from generator.contract.known_differences import KnownDifference, parse_known_differences
from generator.contract.lock import read_lock
from generator.errors import InputError, Location
from generator.yaml_document import YamlMapping, load

from . import client, openapi, protobuf
from .openapi import ParsedSpecification
from .openapi.example_check import example_problems


@frozen
class WitnessPaths:
    """The paths of the witnesses: the specification, and a client, if there is one.

    Beside the specification are `documented/`, the locks of the pages, `pages.yaml`, the URLs of the pages, and
    `known-differences.yaml`.
    """

    specification: Path
    client: Path | None = None

    @property
    def documented(self) -> Path:
        """The folder of the locks."""
        return self.specification.parent / "documented"

    @property
    def locks(self) -> tuple[Path, ...]:
        """The locks of the pages, sorted by name."""
        return tuple(sorted(self.documented.glob("*.yaml")))

    @property
    def pages(self) -> Path:
        """The list of the URLs of the pages."""
        return self.specification.parent / "pages.yaml"

    @property
    def known_differences(self) -> Path:
        """The list of known differences."""
        return self.specification.parent / "known-differences.yaml"

    def read_known_differences(self) -> tuple[KnownDifference, ...]:
        """Read the known differences; none without a list. Raises InputError as `parse_known_differences` does."""
        path = self.known_differences
        return parse_known_differences(load(path)) if path.exists() else ()

    def read_page_urls(self) -> Mapping[Path, str]:
        """Return the URL of each documented page, by the path of its lock.

        Raises InputError for a lock without a URL, and for a URL without a lock.
        """
        document = load(self.pages)
        urls = document.get("pages")
        if document.keys() != {"pages"} or not isinstance(urls, YamlMapping):
            raise InputError("must have one key, `pages`, with a mapping of locks to URLs under it", document.location)
        for lock in self.locks:
            if lock.name not in urls:
                raise InputError(f"has no URL for {lock.name}; add the address of the page's Markdown", urls.location)
        for name, url in urls.items():
            location = urls.location_of(name)
            if self.documented / str(name) not in self.locks:
                raise InputError(f"the lock {name} is missing in {self.documented}; remove this line", location)
            if not isinstance(url, str):
                raise InputError("the address of a page must be a string", location)
        return {lock: urls[lock.name] for lock in self.locks}


@frozen
class LoadedWitnesses:
    """The pairs of witnesses to compare, the known differences, and a sentence for each witness that was skipped.

    `wrong_examples` are the examples of the specification that do not match their schemas.
    """

    pairs: tuple[tuple[WitnessContracts, WitnessContracts], ...]
    known_differences: tuple[KnownDifference, ...]
    skipped: tuple[str, ...]
    wrong_examples: tuple[InputError, ...] = ()


def load_witnesses(
    sources: WitnessPaths, page: Contract | None = None, parsed: ParsedSpecification | None = None
) -> LoadedWitnesses:
    """Read every witness but the page, and the specification unless it was parsed before.

    The descriptors are read if their package is installed. The page is also compared with the lock. Without a page,
    the known differences from it are left out. Raises InputError for the first invalid witness.
    """
    parsed = parsed or openapi.read_specification(sources.specification)
    specification = _witness_contracts(Witness.SPECIFICATION, sources.specification, parsed.contracts)
    wrong_examples = tuple(example_problems(parsed.document, parsed.references))
    known = sources.read_known_differences()
    locks = tuple(read_lock(path) for path in sources.locks)
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
    if page:
        file = Location(page.operation.location.file)
        documented = WitnessContracts(Witness.DOCUMENTATION, file, (page,), complete=False)
        pairs += [(specification, documented), (locked, documented)]
    else:
        known = tuple(entry for entry in known if entry.witness is not Witness.DOCUMENTATION)
    return LoadedWitnesses(tuple(pairs), known, tuple(skipped), wrong_examples)


def _witness_contracts(witness: Witness, path: Path, contracts: tuple[Contract, ...]) -> WitnessContracts:
    return WitnessContracts(witness, Location(str(path)), contracts)
