"""One AsyncClient works in several event loops, one after another."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import anyio
import pytest
import trio
import uvloop

from generated_client import AsyncClient
from tests.client.authority import Authority
from tests.client.callers import TOKEN
from tests.client.server import OK, sending, serving

Run = Callable[[Coroutine[Any, Any, None]], None]


async def call_at_once(client: AsyncClient, number: int) -> None:
    async with anyio.create_task_group() as group:
        for _ in range(number):
            group.start_soon(client.images.get, "crp1")


@pytest.mark.parametrize("run", [pytest.param(asyncio.run, id="asyncio"), pytest.param(uvloop.run, id="uvloop")])
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_client_works_in_loop_after_loop_and_closes_in_another(run: Run, scheme: str, authority: Authority) -> None:
    """Any warning about a connection that is left open is an error here."""
    with serving(sending(OK), authority.server if scheme == "https" else None) as server:
        client = AsyncClient(TOKEN, base_url=server.url, verify=authority.client, retries=0)
        for number in (1, 6, 1, 6):
            run(call_at_once(client, number))
        run(client.close())
        assert len(server.requests) == 14


def test_a_client_goes_from_one_kind_of_loop_to_another() -> None:
    with serving(sending(OK)) as server:
        client = AsyncClient(TOKEN, base_url=server.url, retries=0)
        asyncio.run(call_at_once(client, 2))
        trio.run(call_at_once, client, 2)
        uvloop.run(call_at_once(client, 2))
        trio.run(client.close)
        assert len(server.requests) == 6
