# Generated from spec/openapi.yaml by container-registry-client-generator; do not edit; renew with `make generate`.
"""Imports the package: by `python -m` even if it is broken, and a part of it only when it is first used."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType


@contextmanager
def importing(package: str) -> Generator[None]:
    """Ignore errors of the block if `python -m` only looks for `__main__` of that package."""
    try:
        yield
    except Exception:
        if sys.argv[0] != "-m" or package not in sys.orig_argv:
            raise


def on_first_use(package: str, submodule: str) -> Callable[[str], ModuleType]:
    """Return the `__getattr__` of a package that imports a submodule when it is first used."""

    def get(name: str) -> ModuleType:
        if name != submodule:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return import_module(f"{package}.{submodule}")

    return get
