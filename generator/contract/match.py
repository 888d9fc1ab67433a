"""Matches the operations of two lists of contracts."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from .facts import Contract
from .urls import url_path

Pairs = list[tuple[Contract, Contract]]


def operation_key(contract: Contract) -> str:
    """Return the name of a contract's operation: method and path, without the host."""
    return f"{contract.operation.method} {url_path(contract.operation.url)}"


def path_template(contract: Contract) -> str:
    """Return the method and path of an operation without the names of its placeholders."""
    return re.sub(r"{[^{}]*}", "{}", operation_key(contract))


def _operation_id(contract: Contract) -> str | None:
    return next((str(fact.value) for fact in contract.operation_metadata if fact.keyword == "operationId"), None)


_MATCHERS: tuple[Callable[[Contract], str | None], ...] = (path_template, _operation_id)
"""Values that identify an operation whose key changed, the surest first."""


def match_operations(
    before: Sequence[Contract], after: Sequence[Contract], *, single_matches: bool = True
) -> tuple[Pairs, list[Contract], list[Contract]]:
    """Return the pairs of contracts of one operation, in the order of `before`, then those removed and those added.

    All contracts of one key are paired with each other. With `single_matches`, the last operation of each side counts
    as one that moved, unless both have an `operationId`.
    """
    pairs = [(old, new) for old in before for new in after if operation_key(old) == operation_key(new)]
    removed = [old for old in before if not any(old is matched for matched, _ in pairs)]
    added = [new for new in after if not any(new is matched for _, matched in pairs)]
    for matcher in _MATCHERS:
        for old in tuple(removed):
            key = matcher(old)
            new = next((new for new in added if key is not None and matcher(new) == key), None)
            if new is not None:
                _pair(old, new, pairs, removed, added)
    if single_matches and len(removed) == len(added) == 1 and None in map(_operation_id, (*removed, *added)):
        _pair(removed[0], added[0], pairs, removed, added)
    positions = {id(contract): position for position, contract in enumerate(before)}
    return sorted(pairs, key=lambda pair: positions[id(pair[0])]), removed, added


def _pair(old: Contract, new: Contract, pairs: Pairs, removed: list[Contract], added: list[Contract]) -> None:
    """Move two contracts from the unmatched ones to the pairs; equal contracts are told apart by identity."""
    pairs.append((old, new))
    removed[:] = [contract for contract in removed if contract is not old]
    added[:] = [contract for contract in added if contract is not new]
