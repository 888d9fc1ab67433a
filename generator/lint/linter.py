"""Checks a specification: returns its findings as values, in the order of the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from attrs import frozen

from generator.errors import InputError, Location
from generator.readers import openapi
from generator.readers.openapi import ParsedSpecification
from generator.readers.openapi.consistency import problems_of
from generator.readers.openapi.example_check import example_problems
from generator.readers.openapi.grammar import Visited, WalkRoot, walk
from generator.readers.witnesses import WitnessPaths
from generator.yaml_document import References, YamlMapping, YamlSequence, load, location_at

from .redundancy import Violation
from .rules import INVALID, RULES, TODO, WRONG_EXAMPLE, LintRule, is_unwritten


@frozen
class Finding:
    """A violation of a rule: a sentence, and its location."""

    rule: LintRule
    sentence: str
    location: Location


def lint_file(path: Path) -> tuple[Finding, ...]:
    """Return the findings in the file of a specification, and the unwritten texts in the two files kept beside it.

    Raises InputError for a file that is not OpenAPI 3.1.
    """
    beside = WitnessPaths(path)
    texts = (file for file in (beside.known_differences, beside.pages) if file.exists())
    unwritten = (finding for file in texts for finding in _texts_to_write(load(file)))
    return (*lint_document(load(path)), *unwritten)


def _texts_to_write(node: YamlMapping | YamlSequence) -> Iterator[Finding]:
    """Yield the texts inside a mapping or list that are left to write."""
    for key, value in node.items() if isinstance(node, YamlMapping) else enumerate(node):
        if isinstance(value, YamlMapping | YamlSequence):
            yield from _texts_to_write(value)
        elif isinstance(value, str) and is_unwritten(value):
            yield Finding(RULES[TODO], f"`{key}` is not written: {value}", location_at(node, [key]))


def lint_document(document: YamlMapping) -> tuple[Finding, ...]:
    """Return the findings in a loaded specification. Raises InputError for one that is not OpenAPI 3.1."""
    openapi.check_version(document)
    references = References.of(document)
    problems = problems_of(document, references)
    if not problems:
        try:
            openapi.parse_specification(document, references)
        except InputError as error:
            problems = [*error.problems]
    invalid = (Finding(RULES[INVALID], problem.message, problem.location) for problem in problems)
    return _sorted((*invalid, *_on_valid(document, references)))


def lint_parsed(parsed: ParsedSpecification) -> tuple[Finding, ...]:
    """Return the findings in a valid specification."""
    return _sorted(_on_valid(parsed.document, parsed.references))


def _sorted(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return each finding once, in the order of the file."""
    return tuple(sorted({*findings}, key=lambda finding: (finding.location, finding.rule.id, finding.sentence)))


def _on_valid(document: YamlMapping, references: References) -> Iterator[Finding]:
    """Yield wrong examples, and violations of rules on one object; one with invalid keywords is passed over."""
    for problem in example_problems(document, references):
        yield Finding(RULES[WRONG_EXAMPLE], problem.message, problem.location)
    root = WalkRoot(document, "document", references, document.location)
    for visited in walk(root, on_problem=lambda _problem: None):
        for rule in RULES.values():
            if visited.is_valid and visited.kind in rule.kinds:
                yield from (Finding(rule, sentence, location) for location, sentence in _violations(rule, visited))


def _violations(rule: LintRule, visited: Visited) -> tuple[Violation, ...]:
    """Return the violations of a rule; none for an object with an invalid `$ref`, which is a finding of its own."""
    try:
        return tuple(rule.violations(visited))
    except InputError:
        return ()
