"""A long response is decoded within the deadline and off the event loop; one that is too long is rejected."""

from __future__ import annotations

import threading
from itertools import count
from typing import Any

import anyio
import pytest

from generated_client import AsyncClient, Image, _call_state, _clock  # pyright: ignore[reportPrivateUsage]
from generated_client._exchange import MAX_RESPONSE_BYTES
from generated_client._wire import read
from generated_client.errors import MalformedResponse
from tests.client.callers import TOKEN
from tests.client.server import sending, serving, status
from tests.client.transport.conftest import GetImages


@pytest.fixture
def ticking(monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock that goes on by a millisecond with each look at it."""
    ticks = count()
    monkeypatch.setattr(_clock, "monotonic", lambda: next(ticks) / 1000)


@pytest.mark.usefixtures("ticking")
def test_decoding_looks_at_the_deadline() -> None:
    data: dict[str, object] = {"layers": [{}] * 100_000}
    with pytest.raises(TimeoutError):
        read(Image, data, _clock.Deadline(0.1))
    assert len(read(Image, data).layers) == 100_000


def test_a_decoded_response_is_the_one_that_was_sent() -> None:
    """Nobody else holds what was parsed from a response, so its unknown fields are not copied."""
    data: dict[str, object] = {"id": "crp1", "unknown": {"deep": [0]}}
    image = read(Image, data, _clock.Deadline(60))
    assert image.additional_properties["unknown"] is data["unknown"]
    copy = Image.from_dict(data)
    assert copy == image
    assert copy.additional_properties["unknown"] is not data["unknown"]


@pytest.mark.parametrize("padding", [0, 1])
def test_the_longest_body_is_read(get_images: GetImages, padding: int) -> None:
    body = b'{"id":"crp1"}'.ljust(MAX_RESPONSE_BYTES + padding)
    with serving(lambda exchange: exchange.send(status(200, body=body))) as server:
        if not padding:
            assert get_images(base_url=server.url)[0].id == "crp1"
            return
        with pytest.raises(MalformedResponse, match=f"longer than {MAX_RESPONSE_BYTES} bytes"):
            get_images(base_url=server.url)


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
@pytest.mark.parametrize(("size", "is_large"), [(60_000, False), (70_000, True)])
def test_a_large_response_is_decoded_off_the_event_loop(
    backend: str, size: int, monkeypatch: pytest.MonkeyPatch, *, is_large: bool
) -> None:
    threads: list[int] = []
    on_response = _call_state.CallState[Any].on_response

    def record(*arguments: Any) -> Any:
        threads.append(threading.get_ident())
        return on_response(*arguments)

    async def call() -> int:
        async with AsyncClient(TOKEN, base_url=server.url) as client:
            await client.images.get("crp1")
        return threading.get_ident()

    monkeypatch.setattr(_call_state.CallState, "on_response", record)
    with serving(sending(status(200, body=b"{}".ljust(size)))) as server:
        event_loop = anyio.run(call, backend=backend)
    assert (threads != [event_loop]) == is_large
