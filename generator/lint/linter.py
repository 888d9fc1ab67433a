"""A specification in, its findings out: as values, in the order of the file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from attrs import frozen

from generator.contract.text import counted
from generator.errors import InputError, Location
from generator.readers import openapi
from generator.readers.openapi.grammar import Fault, Found, Start, walk
from generator.yaml_document import References, Table, load

from .rules import NOT_A_CONTRACT, RULES, SOURCE_MISSING, Rule


@frozen
class Finding:
    """A breach of a rule: what is wrong, and where."""

    rule: Rule
    sentence: str
    place: Location


def findings_in(path: Path) -> tuple[Finding, ...]:
    """What the specification in a file breaks. Raises InputError for a file that holds no OpenAPI 3.1."""
    return findings_of(load(path))


def findings_of(document: Table) -> tuple[Finding, ...]:
    """What a loaded specification breaks, by file and line. Raises InputError for one that is no OpenAPI 3.1."""
    openapi.hold_version(document)
    found = list(_in_objects(document))
    if not any(one.rule.stops_reading for one in found):
        found += _in_contracts(document)
    return tuple(sorted(dict.fromkeys(found), key=lambda one: (one.place, one.rule.id)))


def _in_objects(document: Table) -> Iterator[Finding]:
    """What each object breaks by itself, or is as nobody reads it."""
    found: list[Finding] = []

    def objection(fault: Fault, sentence: str, place: Location) -> None:
        found.append(Finding(RULES[fault], sentence, place))

    try:
        start = Start(document, "document", References.of(document), document.place)
        for one in walk(start, objection=objection):
            found += _breaches(one)
    except InputError as problem:
        found.append(Finding(RULES[NOT_A_CONTRACT], problem.message, problem.place))
    yield from found


def _breaches(found: Found) -> Iterator[Finding]:
    for rule in RULES.values():
        if found.kind in rule.kinds:
            yield from (Finding(rule, sentence, place) for place, sentence in rule.breaches(found))


def _in_contracts(document: Table) -> Iterator[Finding]:
    """What only shows once the whole is read."""
    try:
        contracts = openapi.contracts_of(document)
    except InputError as problem:
        yield Finding(RULES[NOT_A_CONTRACT], problem.message, problem.place)
        return
    for contract in contracts:
        for addition in contract.additions:
            if addition.source is None:
                sentence = f"{addition.text} is on no page of the documentation, and names no source"
                yield Finding(RULES[SOURCE_MISSING], sentence, addition.place)


def as_text(findings: Sequence[Finding], file: Path) -> str:
    """Two lines for each finding, the second one with its fix; then how it stands."""
    lines = [
        line for one in findings for line in (f"{one.place}: {one.rule.id}: {one.sentence}", f"    {one.rule.fix}")
    ]
    count = len(findings)
    verdict = counted(count, "finding", "findings") if count else f"nothing against the {len(RULES)} rules"
    return "".join(f"{line}\n" for line in (*lines, f"{file}: {verdict}"))
