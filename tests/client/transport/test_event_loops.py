"""One AsyncClient works in several event loops, one after another."""

from __future__ import annotations

from typing import Any

import anyio
import pytest

from generated_client import AsyncClient
from tests.client.authority import Authority
from tests.client.callers import EVENT_LOOPS, TOKEN, call_at_once
from tests.client.server import OK, sending, serving


@pytest.mark.parametrize(
    "event_loops", [["asyncio"] * 5, ["uvloop"] * 5, ["asyncio", "trio", "uvloop", "trio", "asyncio"]]
)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_client_works_in_loop_after_loop_and_closes_in_another(
    event_loops: list[str], scheme: str, authority: Authority
) -> None:
    """Any warning about a connection that is left open is an error here."""
    runs: list[dict[str, Any]] = [EVENT_LOOPS[event_loop] for event_loop in event_loops]
    with serving(sending(OK), authority.server if scheme == "https" else None) as server:
        client = AsyncClient(TOKEN, base_url=server.url, verify=authority.client, retries=0)
        for run, number in zip(runs, (1, 6, 1, 6), strict=False):
            anyio.run(call_at_once, client, number, **run)
        anyio.run(client.close, **runs[-1])
        assert len(server.requests) == 14
