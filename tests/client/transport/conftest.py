from collections.abc import Callable
from functools import partial
from typing import Any, Protocol

import anyio
import pytest

from generated_client import AsyncClient, Client, Image
from tests.client.faults.authority import Authority

TOKEN = "t1.made-up-token"


class GetImages(Protocol):
    """Calls `images.get` a number of times through one new client."""

    def __call__(self, count: int = 1, **arguments: Any) -> list[Image]: ...


def _with_defaults(arguments: dict[str, Any]) -> dict[str, Any]:
    return {"token": TOKEN, "retries": 0, **arguments}


def _get(count: int = 1, **arguments: Any) -> list[Image]:
    with Client(**_with_defaults(arguments)) as client:
        return [client.images.get("crp1") for _ in range(count)]


async def _get_async(count: int, arguments: dict[str, Any]) -> list[Image]:
    async with AsyncClient(**_with_defaults(arguments)) as client:
        return [await client.images.get("crp1") for _ in range(count)]


def _run_async(backend: str, count: int = 1, **arguments: Any) -> list[Image]:
    call: Callable[[], Any] = partial(_get_async, count, arguments)
    images: list[Image] = anyio.run(call, backend=backend)
    return images


@pytest.fixture(params=["sync", "asyncio", "trio"])
def get_images(request: pytest.FixtureRequest) -> GetImages:
    """Calls through a client of each kind."""
    return _get if request.param == "sync" else partial(_run_async, request.param)


@pytest.fixture(scope="session")
def authority() -> Authority:
    return Authority()
