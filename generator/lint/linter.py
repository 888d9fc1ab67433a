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
    """A violation of a rule: the problem and its location."""

    rule: LintRule
    sentence: str
    location: Location


def lint_file(path: Path) -> tuple[Finding, ...]:
    """Lint the specification in a file. Raises InputError if it is not OpenAPI 3.1."""
    return lint_document(load(path))


def lint_document(document: YamlMapping) -> tuple[Finding, ...]:
    """Return the findings of a loaded specification by file and line. Raises InputError if it is not OpenAPI 3.1."""
    openapi.check_version(document)
    findings = list(_in_objects(document))
    if not any(finding.rule.stops_reading for finding in findings):
        findings += _in_contracts(document)
    return tuple(sorted(dict.fromkeys(findings), key=lambda finding: (finding.location, finding.rule.id)))


def _in_objects(document: YamlMapping) -> Iterator[Finding]:
    """Yield the findings and parse errors of single objects."""
    findings: list[Finding] = []

    def on_problem(fault: ProblemKind, sentence: str, location: Location) -> None:
        findings.append(Finding(RULES[fault], sentence, location))

    try:
        start = WalkRoot(document, "document", References.of(document), document.location)
        for visited in walk(start, on_problem=on_problem):
            findings += _breaches(visited)
    except InputError as problem:
        findings.append(Finding(RULES[NOT_A_CONTRACT], problem.message, problem.location))
    yield from findings


def _breaches(visited: Visited) -> Iterator[Finding]:
    for rule in RULES.values():
        if visited.kind in rule.kinds:
            yield from (Finding(rule, sentence, location) for location, sentence in rule.breaches(visited))


def _in_contracts(document: YamlMapping) -> Iterator[Finding]:
    """Yield the findings that show only in whole contracts."""
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
