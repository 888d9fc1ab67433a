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


def test_decoding_looks_at_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = count()
    monkeypatch.setattr(_clock, "monotonic", lambda: next(ticks) / 1000)
    data: dict[str, object] = {"layers": [{}] * 20_000}
    with pytest.raises(TimeoutError):
        read(Image, data, _clock.Deadline(0.01))
    assert len(read(Image, data).layers) == 20_000


def test_a_decoded_response_is_the_one_that_was_sent() -> None:
    """Nobody else holds what was parsed from a response, so its unknown fields are not copied."""
    data: dict[str, object] = {"id": "crp1", "unknown": {"deep": [0]}}
    image = read(Image, data, _clock.Deadline(60))
    assert image.additional_properties["unknown"] is data["unknown"]
    copy = Image.from_dict(data)
    assert copy == image
    assert copy.additional_properties["unknown"] is not data["unknown"]


def test_the_longest_body_is_read_and_no_longer_one(get_images: GetImages) -> None:
    body = b'{"id":"crp1"}'.ljust(MAX_RESPONSE_BYTES)
    with serving(sending(status(200, body=body), status(200, body=body + b" "))) as server:
        assert get_images(base_url=server.url)[0].id == "crp1"
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
