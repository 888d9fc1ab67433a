"""Compares the older and the newer contracts of a specification, fact by fact."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from attrs import evolve, frozen

from generator.contract.check import operation_missing, operation_statement
from generator.contract.compare import compare
from generator.contract.difference import ABSENT, Difference, Statement
from generator.contract.facts import Contract, Fact, Value, Witness
from generator.contract.match import match_operations, operation_key, path_template
from generator.contract.urls import url_origin, url_path
from generator.errors import Location

from .classify import Circumstances, Rule, Verdict
from .rules import rule_of


@frozen
class Change:
    """A difference from an older contract (left) to a newer one (right) of one operation, and the rule for it."""

    operation: str
    difference: Difference
    rule: Rule

    @property
    def verdict(self) -> Verdict:
        """The worst verdict on requests, responses and Python source."""
        return self.rule.verdicts.overall


def changes(before: Sequence[Contract], after: Sequence[Contract], today: date = date.min) -> tuple[Change, ...]:
    """Return every change between two specifications, by operation; removed and added operations come last.

    A removal whose sunset is before `today` was announced; by default, no date has passed.
    """
    pairs, removed, added = match_operations(before, after)
    of_pairs = (change for older, newer in pairs for change in _of_operation(older, newer, today))
    missing = (
        *((older, operation_missing(operation_statement(older), _nowhere(after))) for older in removed),
        *((newer, operation_missing(_nowhere(before), operation_statement(newer))) for newer in added),
    )
    of_missing = (change_of(contract, contract, difference, today) for contract, difference in missing)
    return (*of_pairs, *of_missing)


def _of_operation(older: Contract, newer: Contract, today: date) -> Iterator[Change]:
    newer, renamed = _rename_path_params(older, newer)
    differences = [part for difference in compare(older, newer) for part in split_url_change(difference)]
    if all(any(fact.keyword == "servers" for fact in side.operation_metadata) for side in (older, newer)):
        # `servers` includes the server of the URL.
        differences = [difference for difference in differences if difference.keyword != "server"]
    for difference in (*renamed, *_drop_nested(_merge_list_changes(differences))):
        yield change_of(older, newer, difference, today)


def change_of(older: Contract, newer: Contract, difference: Difference, today: date = date.min) -> Change:
    """Return the change that a difference between two contracts is."""
    newer_facts, older_facts = (list(_facts_on(difference, side)) for side in (newer, older))
    circumstances = Circumstances(
        required=any(fact.keyword == "required" for fact in newer_facts),
        in_=next((str(fact.value) for fact in (*newer_facts, *older_facts) if fact.keyword == "in"), ""),
        announced=any(fact.keyword == "x-sunset" and str(fact.value) < today.isoformat() for fact in older_facts),
    )
    return Change(operation_key(older), difference, rule_of(difference, circumstances))


def _facts_on(difference: Difference, contract: Contract) -> Iterator[Fact]:
    """Yield the facts on the subject of a difference."""
    for fact in (*contract.facts(), *contract.operation_metadata):
        if (fact.part, fact.path) == (difference.part, difference.path):
            yield fact


def _rename_path_params(older: Contract, newer: Contract) -> tuple[Contract, list[Difference]]:
    """Return the newer contract with the older names of its path parameters, and their renames."""
    was, now = (re.findall(r"\{([^{}]*)\}", side.operation.url) for side in (older, newer))
    names = {new: old for old, new in zip(was, now, strict=True) if old != new} if len(was) == len(now) else {}
    if not names or set(names) & set(was) or path_template(older) != path_template(newer):
        return newer, []
    url = re.sub(r"\{([^{}]*)\}", lambda match: f"{{{names.get(match[1], match[1])}}}", newer.operation.url)
    by_name = {parameter.path: parameter for parameter in older.parameters}
    parameters = tuple(
        evolve(parameter, path=names.get(parameter.path, parameter.path)) for parameter in newer.parameters
    )
    renamed = [
        Difference(
            "value-differs",
            "parameter",
            names[parameter.path],
            "name",
            Statement(older.witness, names[parameter.path], by_name[names[parameter.path]].location),
            Statement(newer.witness, parameter.path, parameter.location),
        )
        for parameter in newer.parameters
        if parameter.path in names and names[parameter.path] in by_name
    ]
    return evolve(newer, operation=evolve(newer.operation, url=url), parameters=parameters), renamed


def split_url_change(difference: Difference) -> Iterator[Difference]:
    """Split a changed URL into server and path; drop a class name that only one side has."""
    was, now = difference.left.value, difference.right.value
    if difference.keyword == "model" and ABSENT in (was, now):
        return
    if difference.keyword != "url":
        yield difference
        return
    for keyword, part in (("server", url_origin), ("path", url_path)):
        left, right = part(str(was)), part(str(now))
        if left != right:
            yield evolve(
                difference,
                keyword=keyword,
                left=evolve(difference.left, value=left),
                right=evolve(difference.right, value=right),
            )


def _merge_list_changes(differences: Sequence[Difference]) -> Iterator[Difference]:
    """Merge a field that became a list of the same, or the reverse, into one change of its type."""
    whole = {
        (difference.part, difference.path, difference.left.value is ABSENT): difference
        for difference in differences
        if not difference.keyword
    }
    for difference in differences:
        path, added = difference.path, difference.left.value is ABSENT
        other = path.removesuffix("[]") if path.endswith("[]") else f"{path}[]"
        twin = whole.get((difference.part, other, not added)) if not difference.keyword else None
        if twin is None:
            yield difference
        elif not added:
            yield Difference(
                "value-differs",
                difference.part,
                path.removesuffix("[]"),
                "type",
                evolve(difference.left, value=_typed(path, difference.left)),
                evolve(twin.right, value=_typed(other, twin.right)),
            )


def _typed(path: str, statement: Statement) -> Value:
    return f"list of {statement.value}" if path.endswith("[]") else str(statement.value)


def _drop_nested(differences: Iterator[Difference]) -> Iterator[Difference]:
    """Drop differences within something that was itself added, removed or changed in type."""
    all_differences = [*differences]
    replaced = {
        (difference.part, difference.path) for difference in all_differences if difference.keyword in {"", "type"}
    }
    yield from (difference for difference in all_differences if not replaced.intersection(_owners(difference)))


def _owners(difference: Difference) -> Iterator[tuple[str, str]]:
    """Yield all that a subject is part of: the response of a header, the objects around a field."""
    kind, _, status = difference.part.partition(" ")
    if kind == "header" and status:
        yield f"response {status}", ""
    if difference.path:
        yield difference.part, ""
    for match in re.finditer(r"\.|\{|\[\]\.", difference.path):
        yield difference.part, difference.path[: match.start()]
        yield difference.part, difference.path[: match.start()] + "[]"


def _nowhere(contracts: Sequence[Contract]) -> Statement:
    return Statement(Witness.SPECIFICATION, ABSENT, Location(contracts[0].operation.location.file if contracts else ""))
