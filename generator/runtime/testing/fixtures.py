"""The double as a fixture of pytest: `pytest_plugins = ["generated_client.testing.fixtures"]` in `conftest.py`."""

# Type checkers pass this module also where pytest is not installed.
# mypy: disable-error-code="import-not-found, untyped-decorator"
# pyright: reportMissingImports=false, reportUnknownMemberType=false, reportUntypedFunctionDecorator=false

from __future__ import annotations

from collections.abc import Generator

import pytest

from ._double import Double


@pytest.fixture
def double() -> Generator[Double]:
    """A double of the service that serves HTTP.

    The test fails in the end where a planned fault befell no request, or a request was against the contract.
    """
    with Double() as double:
        yield double
    double.assert_all_used()
    double.assert_all_allowed()
