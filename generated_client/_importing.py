# Generated from spec/openapi.yaml by container-registry-client-generator; do not edit; renew with `make generate`.
"""Lets `python -m` of the package answer also where the package cannot be imported."""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def importing(package: str) -> Generator[None]:
    """Ignore errors of the block if `python -m` only looks for `__main__` of that package."""
    try:
        yield
    except Exception:
        if sys.argv[0] != "-m" or package not in sys.orig_argv:
            raise
