"""The examples in the docstrings, run against the fake server."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from generated_client import AsyncClient, Client
from generated_client.testing import FakeServer
from tests.client.docstring_examples import methods_of, run_examples

SYNC, ASYNC = [*methods_of(Client)], [*methods_of(AsyncClient)]


def test_sync_and_async_clients_have_the_same_methods() -> None:
    assert [method.__name__ for method in SYNC] == [method.__name__ for method in ASYNC]
    assert SYNC


def has_example(method: Callable[..., Any]) -> bool:
    """Return True if a method has an example: the specification has one of each value that it needs."""
    return "Examples:" in (method.__doc__ or "")


def test_a_method_has_an_example() -> None:
    assert any(map(has_example, SYNC))


@pytest.mark.parametrize("method", SYNC, ids=lambda method: method.__qualname__)
def test_the_example_of_a_method(method: Callable[..., Any]) -> None:
    with Client("any", transport=FakeServer().transport) as client:
        count = asyncio.run(run_examples(method, {"client": client}))
    assert bool(count) == has_example(method)


@pytest.mark.parametrize("method", ASYNC, ids=lambda method: method.__qualname__)
def test_the_example_of_an_async_method(method: Callable[..., Any]) -> None:
    async def run() -> int:
        async with AsyncClient("any", transport=FakeServer().transport) as client:
            return await run_examples(method, {"client": client})

    assert bool(asyncio.run(run())) == has_example(method)


@pytest.mark.parametrize("kind", [Client, AsyncClient])
def test_the_example_of_a_client(kind: type[Client] | type[AsyncClient]) -> None:
    factory: partial[Any] = partial(kind, "any", transport=FakeServer().transport)
    assert asyncio.run(run_examples(kind, {kind.__name__: factory}))


def method_with_a_wrong_example() -> None:
    """Do nothing.

    Examples:
        >>> 1 + 1
        3
    """


def test_a_wrong_example_fails() -> None:
    with pytest.raises(AssertionError):
        asyncio.run(run_examples(method_with_a_wrong_example, {}))
