"""The provider's descriptors as the second witness of a draft: they complete a page, and their differences are told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import evolve

from generator.contract.compare import compare
from generator.contract.difference import ABSENT, Difference
from generator.contract.facts import Constraints, Contract, Field, Value
from generator.contract.formats import WIDE
from generator.contract.match import operation_key
from generator.readers import protobuf
from generator.reports.text import format_statement

from .schemas import MAPPING
from .tree import VALUES
from .verification import subject_location

SOURCE = "https://github.com/yandex-cloud/cloudapi/tree/master/yandex/cloud"
"""The source of the descriptors."""

Descriptors = Mapping[str, Contract]
"""Contracts by the keys of their operations."""


def read_descriptors(contracts: Sequence[Contract]) -> Descriptors:
    """Read the descriptors of operations; none if they are not installed."""
    operations = [contract.operation for contract in contracts]
    described = protobuf.read(operations) if protobuf.is_installed() else ()
    return {operation_key(contract): contract for contract in described}


def complete(page: Contract, descriptors: Descriptors) -> Contract:
    """Add to the bodies of a page what its generation does not state, or what it contradicts itself about."""
    described = descriptors.get(operation_key(page))
    if described is None:
        return page
    is_silent = "nullable" not in page.supported_keywords
    body = _complete_fields(page.body, described.body, is_silent=is_silent)
    response = _complete_fields(page.response.fields, described.response.fields, is_silent=is_silent)
    return evolve(page, body=tuple(body), response=evolve(page.response, fields=tuple(response)))


def _complete_fields(fields: Sequence[Field], described: Sequence[Field], *, is_silent: bool) -> Iterator[Field]:
    """Yield fields with the types that they lack; `is_silent` is true for a page that prints no wrapped integer."""
    theirs = {field.path: field.constraints.values for field in described}
    paths = {field.path for field in fields}
    for field in fields:
        own, other = field.constraints.values, theirs.get(field.path, {})
        added: dict[str, Value] = {}
        if "type" not in own and "{" not in field.path:
            added = {keyword: other[keyword] for keyword in ("type", "format") if keyword in other.keys() - own.keys()}
        sources = dict.fromkeys(added, SOURCE)
        if is_silent and "nullable" in other and own.get("format") in WIDE:
            added["nullable"], sources["nullable"] = True, MAPPING
        constraints = evolve(field.constraints, values={**own, **added}, sources=sources)
        yield evolve(field, constraints=constraints)
        path = f"{field.path}{VALUES}"
        values = theirs.get(path)
        is_map = constraints.values.get("type") == "object" and path not in paths
        if is_map and values and values["type"] != "object":
            yield Field(path, Constraints(values, sources=dict.fromkeys(values, SOURCE)), field.location)


def differences_from(contracts: Sequence[Contract], descriptors: Descriptors) -> tuple[tuple[str, Difference], ...]:
    """The differences from the descriptors, each with its operation."""
    return tuple(
        (operation_key(contract), difference)
        for contract in contracts
        if operation_key(contract) in descriptors
        for difference in compare(contract, descriptors[operation_key(contract)])
    )


def descriptor_warnings(differences: Sequence[tuple[str, Difference]], pages: Sequence[Contract]) -> Iterator[str]:
    """Yield a line for each difference from the descriptors, with the line of the page."""
    by_key = {operation_key(page): page for page in pages}
    missing = [(key, difference.part, difference.path) for key, difference in differences if not difference.keyword]
    for key, difference in differences:
        if any(
            (key, difference.part) == (of, part) and difference.path.startswith(f"{path}.")
            for of, part, path in missing
        ):
            continue
        location = subject_location(by_key[key], difference.part, difference.path)
        page, descriptors = (
            "nothing" if side.value is ABSENT else format_statement(side)
            for side in (difference.left, difference.right)
        )
        where = f"on the page, {descriptors} in the descriptors [{difference.right.location}]"
        yield f"{location}: {difference.subject}: {page} {where}"
