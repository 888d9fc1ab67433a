"""Reads an OpenAPI 3.1 document: one contract for each operation."""

from __future__ import annotations

from pathlib import Path

from attrs import evolve

from generator.contract.facts import Contract
from generator.errors import InputError
from generator.yaml_document import Read, References, YamlMapping, load

from .grammar import WalkRoot, walk
from .metadata import DocumentContext, operation_metadata
from .normalize import normalize
from .objects import DESCRIBED
from .operations import calls, contract_of
from .undocumented import undocumented_items


def read(path: Path, load: Read = load) -> tuple[Contract, ...]:
    """The contracts of the specification in a file; raises InputError as `load` and `contracts_of` do."""
    document = load(path)
    return contracts_of(document, References.of(document, path, load))


def contracts_of(document: YamlMapping, references: References | None = None) -> tuple[Contract, ...]:
    """The contracts of a loaded specification, in its order, each with all that no documentation states.

    Raises InputError for a document that is no OpenAPI 3.1, has no operation, or says anything that is neither
    a fact, nor structure, nor a known annotation.
    """
    check_version(document)
    references = references or References.of(document)
    for _ in walk(WalkRoot(document, "document", references, document.location)):
        pass
    found = tuple(calls(document, references))
    if not found:
        raise InputError("has no operation", document.location_of("paths"))
    around, added = DocumentContext.of(document, references), undocumented_items(document, references, found)
    return tuple(
        evolve(contract_of(one), undocumented=added, operation_metadata=operation_metadata(one, around))
        for one in found
    )


def read_lenient(path: Path, load: Read = load) -> tuple[Contract, ...]:
    """The contracts of any specification, also of one that no client is generated from, however it is spelled.

    For what has no place in a contract see `contract_of` and `operation_metadata`. Raises InputError as
    `contracts_of` does.
    """

    def read(path: Path) -> YamlMapping:
        return normalize(load(path))

    document = read(path)
    check_version(document, "3.")
    references = References.of(document, path, read)
    for _ in walk(WalkRoot(document, "document", references, document.location), tables=DESCRIBED):
        pass
    around, found = DocumentContext.of(document, references), tuple(calls(document, references, lenient=True))
    if not found:
        raise InputError("has no operation", document.location_of("paths"))
    return tuple(
        evolve(contract_of(one, lenient=True), operation_metadata=operation_metadata(one, around)) for one in found
    )


def check_version(document: YamlMapping, version: str = "3.1.") -> None:
    """Raise InputError for a document that is no OpenAPI 3.1, or of no version that begins so."""
    if "swagger" in document:
        raise InputError(
            "is Swagger 2.0; only OpenAPI 3.1 is read, so convert it first", document.location_of("swagger")
        )
    stated = document.get("openapi")
    if not (isinstance(stated, str) and stated.startswith(version)):
        shown = f"says `openapi: {stated}`" if "openapi" in document else "has no `openapi`"
        raise InputError(
            f"{shown}; only OpenAPI 3.1 is read, written as `openapi: 3.1.0`", document.location_of("openapi")
        )
