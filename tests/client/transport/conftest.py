from collections.abc import Generator
from functools import partial
from typing import Any, Protocol

import pytest
from anyio.from_thread import start_blocking_portal

from generated_client import Image
from tests.client.callers import ClientFactory, open_async, open_sync


class GetImages(Protocol):
    """Calls `images.get` a number of times through one new client, which sends each call once."""

    def __call__(self, count: int = 1, **arguments: Any) -> list[Image]: ...


def _get_images(open_client: ClientFactory, count: int = 1, **arguments: Any) -> list[Image]:
    with open_client(**{"retries": 0, **arguments}) as caller:
        return [caller.get() for _ in range(count)]


@pytest.fixture(scope="session", params=["sync", "asyncio", "trio"])
def get_images(request: pytest.FixtureRequest) -> Generator[GetImages]:
    """Calls through a client of each kind."""
    if request.param == "sync":
        yield partial(_get_images, open_sync)
    else:
        with start_blocking_portal(request.param) as portal:
            yield partial(_get_images, partial(open_async, portal))
