"""Which operation of a newer specification is which of an older one."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from .check import label
from .facts import Contract
from .urls import path_of

Pairs = list[tuple[Contract, Contract]]


def shape(contract: Contract) -> str:
    """The method and path of an operation, whatever its placeholders are called."""
    return f"{contract.operation.method} {re.sub(r'{[^{}]*}', '{}', path_of(contract.operation.url))}"


def _id(contract: Contract) -> str | None:
    return next((str(fact.value) for fact in contract.besides if fact.keyword == "operationId"), None)


_MARKS: tuple[Callable[[Contract], str | None], ...] = (label, shape, _id)
"""What tells an operation, the surest first."""


def paired(before: Sequence[Contract], after: Sequence[Contract]) -> tuple[Pairs, list[Contract], list[Contract]]:
    """Operations side by side in the older order, those that went, and those that came.

    One that is left on each side is taken for one that moved, unless both have names of their own.
    """
    newer: dict[int, Contract] = {}
    gone, come = list(before), list(after)
    for mark in _MARKS:
        for one in tuple(gone):
            said = mark(one)
            other = next((other for other in come if said is not None and mark(other) == said), None)
            if other is not None:
                newer[id(one)] = other
                gone, come = _without(gone, one), _without(come, other)
    if len(gone) == len(come) == 1 and None in (_id(gone[0]), _id(come[0])):
        newer[id(gone[0])] = come[0]
        gone, come = [], []
    return [(one, newer[id(one)]) for one in before if id(one) in newer], gone, come


def _without(contracts: list[Contract], taken: Contract) -> list[Contract]:
    return [one for one in contracts if one is not taken]
