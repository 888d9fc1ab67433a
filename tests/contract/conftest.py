"""The judge of mutants: what `contract` would say of a specification."""

from collections.abc import Callable
from typing import Any

import pytest

from generator.contract.compare import compare
from generator.errors import InputError, Location
from generator.readers import openapi
from generator.yaml_document import Row, Table
from tests.contract.witnesses import SPECIFICATION, Json, clients, locks

Judge = Callable[[dict[str, Any]], set[str]]
"""A specification -> the ids of its differences from the lock and the client; `unreadable` if it cannot be read."""


_PLACE = Location(str(SPECIFICATION))


def _loaded(plain: Json) -> Any:
    """Plain data as `load` gives it, without the way through a text, which takes most of the time."""
    if isinstance(plain, dict):
        table = Table(_PLACE)
        table.update((key, _loaded(value)) for key, value in plain.items())
        return table
    if isinstance(plain, list):
        row = Row(_PLACE)
        row.extend(map(_loaded, plain))
        row.lines = [0] * len(row)
        return row
    return plain


@pytest.fixture
def caught() -> Judge:
    def differences(document: dict[str, Any]) -> set[str]:
        try:
            said = openapi.contracts_of(_loaded(document))
        except InputError:
            return {"unreadable"}
        witnesses = zip(said, locks(), clients(), strict=True)
        return {found.id for ours, *others in witnesses for theirs in others for found in compare(ours, theirs)}

    return differences
