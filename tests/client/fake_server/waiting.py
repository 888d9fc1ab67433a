"""Waiting for what a fake server does in its own thread."""

from time import sleep

from generated_client.testing import FakeServer


def wait_for_requests(fake_server: FakeServer, number: int) -> None:
    """Wait until so many requests have come; the time limit of the test ends it otherwise."""
    while len(fake_server.requests) < number:
        sleep(0.001)
