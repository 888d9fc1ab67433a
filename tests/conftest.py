"""Settings of every test: loopback only, no proxy, and Hypothesis without a deadline."""

import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from generated_client.testing import FakeServer
from tests import network_guard
from tests.commands import Run

network_guard.start()

# A proxy would be asked for the loopback addresses too.
for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
    del os.environ[name]

# A deadline for one example judges how busy the machine is; `timeout` in pyproject.toml bounds a whole test.
# Whether a change may land must not depend on luck: there, the same examples are tried each time.
hypothesis.settings.register_profile("project", deadline=None, derandomize="CI" in os.environ)
hypothesis.settings.load_profile("project")


@pytest.fixture(autouse=True)
def refused() -> Iterator[list[str]]:
    """The addresses of other hosts that the test asked for; any that remains fails the test."""
    network_guard.refused.clear()
    yield network_guard.refused
    assert not network_guard.refused


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command of the generator in this process."""
    from generator import cli  # noqa: PLC0415  # the client's tests also run where only the client's dependencies are

    def run(*arguments: str | Path) -> tuple[int, str, str]:
        status = cli.main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return status, out, err

    return run


@pytest.fixture(scope="session")
def running() -> Iterator[FakeServer]:
    """One running fake server for the whole run; a test takes `fake_server`, which starts afresh."""
    with FakeServer() as fake_server:
        yield fake_server


@pytest.fixture
def fake_server(running: FakeServer) -> FakeServer:
    """A running fake server that has seen nothing yet and plans nothing."""
    running.reset()
    return running
