"""Settings of every test: loopback addresses only, no proxy, and Hypothesis without a clock."""

import os
from collections.abc import Iterator

import hypothesis
import pytest

from tests import loopback

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
