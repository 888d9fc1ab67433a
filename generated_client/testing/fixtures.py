# Generated from spec/openapi.yaml by container-registry-client-generator; do not edit; renew with `make generate`.
"""A pytest fixture: `pytest_plugins = ["generated_client.testing.fixtures"]` in `conftest.py`."""

# Type checkers accept this module without pytest.
# mypy: disable-error-code="import-not-found, untyped-decorator"
# pyright: reportMissingImports=false, reportUnknownMemberType=false, reportUntypedFunctionDecorator=false

from __future__ import annotations

from collections.abc import Generator

import pytest

from ._fake_server import FakeServer

__all__ = ["fake_server"]
__dir__ = __all__.copy


@pytest.fixture
def fake_server() -> Generator[FakeServer]:
    """A fake server that serves HTTP.

    At teardown the test fails if a planned fault was not used, or a request violated the contract.
    """
    with FakeServer() as fake_server:
        yield fake_server
    fake_server.assert_faults_consumed()
    fake_server.assert_no_violations()
