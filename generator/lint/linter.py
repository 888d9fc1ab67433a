"""A specification in, its findings out: as values, in the order of the file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from attrs import frozen

from generator.errors import InputError, Location
from generator.readers import openapi
from generator.readers.openapi.grammar import ProblemKind, Visited, WalkRoot, walk
from generator.yaml_document import References, YamlMapping, load

from .rules import NOT_A_CONTRACT, RULES, SOURCE_MISSING, LintRule


@frozen
class Finding:
    """A breach of a rule: what is wrong, and where."""

    rule: LintRule
    sentence: str
    location: Location


def lint_file(path: Path) -> tuple[Finding, ...]:
    """What the specification in a file breaks. Raises InputError for a file that holds no OpenAPI 3.1."""
    return lint_document(load(path))


def lint_document(document: YamlMapping) -> tuple[Finding, ...]:
    """What a loaded specification breaks, by file and line. Raises InputError for one that is no OpenAPI 3.1."""
    openapi.check_version(document)
    found = list(_in_objects(document))
    if not any(one.rule.stops_reading for one in found):
        found += _in_contracts(document)
    return tuple(sorted(dict.fromkeys(found), key=lambda one: (one.location, one.rule.id)))


def _in_objects(document: YamlMapping) -> Iterator[Finding]:
    """What each object breaks by itself, or is as nobody reads it."""
    found: list[Finding] = []

    def on_problem(fault: ProblemKind, sentence: str, location: Location) -> None:
        found.append(Finding(RULES[fault], sentence, location))

    try:
        start = WalkRoot(document, "document", References.of(document), document.location)
        for one in walk(start, on_problem=on_problem):
            found += _breaches(one)
    except InputError as problem:
        found.append(Finding(RULES[NOT_A_CONTRACT], problem.message, problem.location))
    yield from found


def _breaches(found: Visited) -> Iterator[Finding]:
    for rule in RULES.values():
        if found.kind in rule.kinds:
            yield from (Finding(rule, sentence, location) for location, sentence in rule.breaches(found))


def _in_contracts(document: YamlMapping) -> Iterator[Finding]:
    """What only shows once the whole is read."""
    try:
        contracts = openapi.contracts_of(document)
    except InputError as problem:
        yield Finding(RULES[NOT_A_CONTRACT], problem.message, problem.location)
        return
    for contract in contracts:
        for addition in contract.undocumented:
            if addition.source is None:
                sentence = f"{addition.text} is on no page of the documentation, and names no source"
                yield Finding(RULES[SOURCE_MISSING], sentence, addition.location)
