from collections.abc import Callable
from typing import Any

import pytest

from generated_client import Image
from tests.client.callers import ClientFactory

GetImages = Callable[..., list[Image]]
"""Calls `images.get` a number of times, once by default, through one new client, which takes the other arguments."""


@pytest.fixture
def get_images(client_factory: ClientFactory) -> GetImages:
    def get_images(count: int = 1, **arguments: Any) -> list[Image]:
        with client_factory(**arguments) as caller:
            return [caller.get() for _ in range(count)]

    return get_images
