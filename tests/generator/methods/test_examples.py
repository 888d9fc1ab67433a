"""The examples in the docstrings of more methods, run against the fake server."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from tests.client.docstring_examples import methods_of, run_examples

WITH_EXAMPLE = {"delete", "get", "list", "plan", "update"}
"""The methods of which the specification has examples of each required argument and of the response."""


@pytest.fixture
def names(boats: Any) -> Mapping[str, Any]:
    """The imports of a caller."""
    return {name: getattr(boats, name) for name in boats.__all__}


def test_sync_examples_run(boats: Any, client: Any, names: Mapping[str, Any]) -> None:
    async def run(method: Callable[..., Any]) -> int:
        return await run_examples(method, {**names, "client": client})

    numbers = {method.__name__: asyncio.run(run(method)) for method in methods_of(boats.Client)}
    assert {name for name, number in numbers.items() if number} == with_detailed(WITH_EXAMPLE)


def test_async_examples_run(boats: Any, fake_server: Any, names: Mapping[str, Any]) -> None:
    async def run(method: Callable[..., Any]) -> int:
        async with boats.AsyncClient("any", transport=fake_server.transport) as client:
            return await run_examples(method, {**names, "client": client})

    numbers = {method.__name__: asyncio.run(run(method)) for method in methods_of(boats.AsyncClient)}
    assert {name for name, number in numbers.items() if number} == with_detailed(WITH_EXAMPLE)


def with_detailed(names: set[str]) -> set[str]:
    return {full for name in names for full in (name, f"{name}_detailed")}
