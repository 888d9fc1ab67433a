"""The judge of mutants: what `contract` would say of a specification."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator.contract.compare import compare
from generator.contract.places import Unreadable
from generator.readers import openapi
from tests.contract.witnesses import clients, locks

Judge = Callable[[dict[str, Any]], set[str]]
"""A specification -> the ids of its differences from the lock and the client; `unreadable` if it cannot be read."""


@pytest.fixture
def caught(tmp_path: Path) -> Judge:
    def differences(document: dict[str, Any]) -> set[str]:
        file = tmp_path / "openapi.yaml"
        file.write_text(json.dumps(document), encoding="utf-8")
        try:
            said = openapi.read(file)
        except Unreadable:
            return {"unreadable"}
        witnesses = zip(said, locks(), clients(), strict=True)
        return {found.id for ours, *others in witnesses for theirs in others for found in compare(ours, theirs)}

    return differences
