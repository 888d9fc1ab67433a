"""The differences that `make contract` would find in a specification."""

from collections.abc import Callable
from typing import Any

import pytest

from generator.contract.compare import compare
from generator.contract.match import operation_key
from generator.errors import InputError, Location
from generator.readers import openapi
from generator.yaml_document import YamlMapping, YamlSequence
from tests.contract.witnesses import SPECIFICATION, Json, clients, locks

Catch = Callable[[dict[str, Any]], set[str]]
"""A specification -> the ids of its differences from the lock and the client; `unreadable` if it cannot be read."""


_PLACE = Location(str(SPECIFICATION))


def _loaded(plain: Json) -> Any:
    """Plain data as `load` gives it, without the way through a text, which takes most of the time."""
    if isinstance(plain, dict):
        table = YamlMapping(_PLACE)
        table.update((key, _loaded(value)) for key, value in plain.items())
        return table
    if isinstance(plain, list):
        row = YamlSequence(_PLACE)
        row.extend(map(_loaded, plain))
        row.lines = [0] * len(row)
        return row
    return plain


@pytest.fixture
def caught() -> Catch:
    def differences(document: dict[str, Any]) -> set[str]:
        try:
            contracts = openapi.parse_specification(_loaded(document)).contracts
        except InputError:
            return {"unreadable"}
        by_key = {operation_key(contract): contract for contract in contracts}
        ids: set[str] = set()
        for witness in (*locks(), *clients()):
            spec = by_key.get(operation_key(witness))
            ids |= {difference.id for difference in compare(spec, witness)} if spec else {"operation-missing"}
        return ids

    return differences
