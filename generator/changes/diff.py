"""What changed from an older contract to a newer one, fact by fact, in words that a changelog can carry."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from attrs import evolve, frozen

from generator.contract.check import operation_key, operation_missing, operation_statement
from generator.contract.compare import ABSENT, Difference, Statement, compare
from generator.contract.facts import Contract, Fact, Value, Witness
from generator.contract.match import match_operations, path_template
from generator.contract.urls import url_origin, url_path
from generator.errors import Location


@frozen
class Change:
    """A difference from an older contract (left) to a newer one (right) of one operation.

    `required` says that the newer one demands what the difference is about, `closed` that there it stands in an
    object that allows nothing else than what is described, and `location` where a parameter stands in either.
    """

    operation: str
    difference: Difference
    required: bool = False
    closed: bool = False
    in_: str = ""


def changes(before: Sequence[Contract], after: Sequence[Contract]) -> tuple[Change, ...]:
    """Every change between two specifications, operation by operation; last those that came and went as a whole."""
    pairs, removed, added = match_operations(before, after)
    found = [change for older, newer in pairs for change in _of_operation(older, newer)]
    found += [
        Change(operation_key(one), operation_missing(operation_statement(one), _nowhere(after))) for one in removed
    ]
    found += [
        Change(operation_key(one), operation_missing(_nowhere(before), operation_statement(one))) for one in added
    ]
    return tuple(found)


def _of_operation(older: Contract, newer: Contract) -> Iterator[Change]:
    newer, renamed = _rename_path_params(older, newer)
    found = [one for difference in compare(older, newer) for one in split_url_change(difference)]
    if all(any(fact.keyword == "servers" for fact in one.operation_metadata) for one in (older, newer)):
        found = [one for one in found if one.keyword != "server"]  # that of the URL is the first of them
    for difference in (*renamed, *_drop_nested(_merge_list_changes(found))):
        yield change_of(older, newer, difference)


def change_of(older: Contract, newer: Contract, difference: Difference) -> Change:
    """A difference between two contracts as a change from one to the other."""
    subject, facts = (difference.part, difference.path), (*newer.facts(), *newer.operation_metadata)
    locations = [
        str(one.value)
        for one in (*facts, *older.facts(), *older.operation_metadata)
        if one.keyword == "in" and (one.part, one.path) == subject
    ]
    return Change(
        operation_key(older),
        difference,
        required=any(one.keyword == "required" and (one.part, one.path) == subject for one in facts),
        closed=any(one.keyword == "additionalProperties" and _is_owner(one, difference) for one in facts),
        in_=next(iter(locations), ""),
    )


def _is_owner(fact: Fact, difference: Difference) -> bool:
    """Whether a fact is about the object that a field stands in."""
    return fact.value is False and (fact.part, fact.path) == (difference.part, difference.path.rpartition(".")[0])


def _rename_path_params(older: Contract, newer: Contract) -> tuple[Contract, list[Difference]]:
    """The newer contract with the older one's names for the parameters of the path, and what was renamed."""
    was, now = (re.findall(r"\{([^{}]*)\}", one.operation.url) for one in (older, newer))
    names = {new: old for old, new in zip(was, now, strict=True) if old != new} if len(was) == len(now) else {}
    if not names or set(names) & set(was) or path_template(older) != path_template(newer):
        return newer, []
    url = re.sub(r"\{([^{}]*)\}", lambda found: f"{{{names.get(found[1], found[1])}}}", newer.operation.url)
    locations = {one.path: one for one in older.parameters}
    parameters = tuple(evolve(one, path=names.get(one.path, one.path)) for one in newer.parameters)
    renamed = [
        Difference(
            "value-differs",
            "parameter",
            names[one.path],
            "name",
            Statement(older.witness, names[one.path], locations[names[one.path]].location),
            Statement(newer.witness, one.path, one.location),
        )
        for one in newer.parameters
        if one.path in names and names[one.path] in locations
    ]
    return evolve(newer, operation=evolve(newer.operation, url=url), parameters=parameters), renamed


def split_url_change(difference: Difference) -> Iterator[Difference]:
    """A URL as its server and its path; nothing of a class that one of the two has no name for."""
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


def _merge_list_changes(found: Sequence[Difference]) -> Iterator[Difference]:
    """A field that became a list of such, or the other way, as one change of its type."""
    whole = {(one.part, one.path, one.left.value is ABSENT): one for one in found if not one.keyword}
    for one in found:
        came = one.left.value is ABSENT
        other = one.path.removesuffix("[]") if one.path.endswith("[]") else f"{one.path}[]"
        twin = whole.get((one.part, other, not came)) if not one.keyword else None
        if twin is None:
            yield one
        elif not came:
            left, right = (
                evolve(side, value=_typed(path, side)) for path, side in ((one.path, one.left), (other, twin.right))
            )
            yield evolve(
                one, id="value-differs", path=one.path.removesuffix("[]"), keyword="type", left=left, right=right
            )


def _typed(path: str, statement: Statement) -> Value:
    return f"list of {statement.value}" if path.endswith("[]") else str(statement.value)


def _drop_nested(found: Iterator[Difference]) -> Iterator[Difference]:
    """Without what stands in something that itself came, went or became another kind of value."""
    differences = [*found]
    above = {(one.part, one.path) for one in differences if one.keyword in {"", "type"}}
    yield from (one for one in differences if not above.intersection(_owners(one)))


def _owners(difference: Difference) -> Iterator[tuple[str, str]]:
    """All that a subject stands in: the answer of a header, and of a field what is above it."""
    kind, _, status = difference.part.partition(" ")
    if kind == "header" and status:
        yield f"response {status}", ""
    if difference.path:
        yield difference.part, ""
    for found in re.finditer(r"\.|\{|\[\]\.", difference.path):
        yield difference.part, difference.path[: found.start()]
        yield difference.part, difference.path[: found.start()] + "[]"


def _nowhere(contracts: Sequence[Contract]) -> Statement:
    return Statement(Witness.SPECIFICATION, ABSENT, Location(contracts[0].operation.location.file if contracts else ""))
