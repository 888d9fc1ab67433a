"""Which operation of a newer specification is which of an older one."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from .check import operation_key
from .facts import Contract
from .urls import url_path

Pairs = list[tuple[Contract, Contract]]


def path_template(contract: Contract) -> str:
    """The method and path of an operation, whatever its placeholders are called."""
    return f"{contract.operation.method} {re.sub(r'{[^{}]*}', '{}', url_path(contract.operation.url))}"


def _id(contract: Contract) -> str | None:
    return next((str(fact.value) for fact in contract.operation_metadata if fact.keyword == "operationId"), None)


_MATCHERS: tuple[Callable[[Contract], str | None], ...] = (operation_key, path_template, _id)
"""What tells an operation, the surest first."""


def match_operations(
    before: Sequence[Contract], after: Sequence[Contract]
) -> tuple[Pairs, list[Contract], list[Contract]]:
    """Operations side by side in the older order, those that went, and those that came.

    One that is left on each side is taken for one that moved, unless both have names of their own.
    """
    newer: dict[int, Contract] = {}
    removed, added = list(before), list(after)
    for mark in _MATCHERS:
        for one in tuple(removed):
            said = mark(one)
            other = next((other for other in added if said is not None and mark(other) == said), None)
            if other is not None:
                newer[id(one)] = other
                removed, added = _without(removed, one), _without(added, other)
    if len(removed) == len(added) == 1 and None in (_id(removed[0]), _id(added[0])):
        newer[id(removed[0])] = added[0]
        removed, added = [], []
    return [(one, newer[id(one)]) for one in before if id(one) in newer], removed, added


def _without(contracts: list[Contract], taken: Contract) -> list[Contract]:
    return [one for one in contracts if one is not taken]
