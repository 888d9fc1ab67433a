"""Settings of every test: loopback addresses only, no proxy, and Hypothesis without a clock."""

import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from tests import loopback
from tests.commands import Run

loopback.start()

# A proxy would be asked for the loopback addresses too.
for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
    del os.environ[name]

# A deadline for one example judges how busy the machine is; `timeout` in pyproject.toml bounds a whole test.
# Whether a change may land must not depend on luck: there, the same examples are tried each time.
hypothesis.settings.register_profile("project", deadline=None, derandomize="CI" in os.environ)
hypothesis.settings.load_profile("project")


@pytest.fixture(autouse=True)
def refused() -> Iterator[list[str]]:
    """The addresses beyond this host that the test has asked for; one that is left here fails the test."""
    loopback.refused.clear()
    yield loopback.refused
    assert not loopback.refused


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command of the generator in this process."""
    from generator import cli  # noqa: PLC0415  # the client's tests also run where only the client's dependencies are

    def run(*arguments: str | Path) -> tuple[int, str, str]:
        status = cli.main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return status, out, err

    return run
