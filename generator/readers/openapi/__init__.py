"""Reads an OpenAPI 3.1 document into one contract per operation."""

from __future__ import annotations

import hashlib
from pathlib import Path

from attrs import evolve, frozen

from generator.contract.facts import Contract
from generator.errors import InputError, combine
from generator.yaml_document import References, YamlMapping, decode_text, load_bytes, loads

from .consistency import problems_of
from .example_check import example_problems
from .metadata import DocumentContext, operation_metadata
from .operations import ResolvedOperation, contract_of, resolved_operations
from .undocumented import undocumented_items


@frozen
class ParsedSpecification:
    """A valid specification: its document, its operations with their contracts, and the SHA-256 of its file."""

    document: YamlMapping
    references: References
    operations: tuple[ResolvedOperation, ...]
    contracts: tuple[Contract, ...]
    sha256: str = ""


def read_specification(path: Path) -> ParsedSpecification:
    """Read the file of a specification once. Raises InputError as `load` and `parse_specification` do."""
    content = load_bytes(path)
    document = loads(decode_text(content, str(path)), str(path))
    return evolve(parse_specification(document), sha256=hashlib.sha256(content).hexdigest())


def read(path: Path) -> tuple[Contract, ...]:
    """Read the contracts of the specification in a file. Raises InputError as `read_specification` does."""
    return read_specification(path).contracts


def parse_specification(document: YamlMapping, references: References | None = None) -> ParsedSpecification:
    """Validate a loaded specification and read its operations and contracts, in its order, with the additions.

    Raises InputError for a document that is not OpenAPI 3.1; with every problem of it, for one that is inconsistent
    or has a keyword that is neither a fact, nor structure, nor a known annotation.
    """
    check_version(document)
    references = references or References.of(document)
    problems = problems_of(document, references)
    if problems:
        raise combine([*problems, *example_problems(document, references)])
    operations = tuple(resolved_operations(document, references))
    context, items = DocumentContext.of(document, references), undocumented_items(document, references, operations)
    contracts = tuple(
        evolve(contract_of(operation), undocumented=items, operation_metadata=operation_metadata(operation, context))
        for operation in operations
    )
    return ParsedSpecification(document, references, operations, contracts)


def check_version(document: YamlMapping) -> None:
    """Raise InputError for a document that is not OpenAPI 3.1."""
    if "swagger" in document:
        raise InputError(
            "is Swagger 2.0; only OpenAPI 3.1 is read, so convert it first", document.location_of("swagger")
        )
    version = document.get("openapi")
    if not (isinstance(version, str) and version.startswith("3.1.")):
        shown = f"says `openapi: {version}`" if "openapi" in document else "has no `openapi`"
        raise InputError(
            f"{shown}; only OpenAPI 3.1 is read, written as `openapi: 3.1.0`", document.location_of("openapi")
        )
