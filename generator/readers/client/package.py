"""The generated package, imported from its folder under a name of its own, and called without a network."""

from __future__ import annotations

import importlib.util
import itertools
import sys
import warnings
from collections.abc import Generator
from contextlib import contextmanager
from importlib.abc import Loader
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
from attrs import define, field

from generator.errors import InputError, Location
from generator.yaml_document import real_path

_NUMBERS = itertools.count(1)


@define
class Package:
    """An imported client: the requests that it sent, and the response to each: status and JSON."""

    module: ModuleType
    folder: Path
    sent: list[httpx.Request] = field(factory=list[httpx.Request])
    response: tuple[int, Any] = (200, {})

    def client(self) -> Any:
        """Return a client that reaches no network."""
        return self.module.Client("t", transport=httpx.MockTransport(self._respond))

    def _respond(self, request: httpx.Request) -> httpx.Response:
        self.sent.append(request)
        status, body = self.response
        return httpx.Response(status, json=body)

    def location(self, part: Any, line: int) -> Location:
        """Return a line of the module of a class or function, named as it was imported."""
        path = Path(sys.modules[part.__module__].__file__ or "")
        return Location(str(self.folder / path.relative_to(real_path(self.folder))), line)


@contextmanager
def loaded(folder: Path) -> Generator[Package]:
    """Import the package in a folder for as long as the block runs.

    Raises InputError if there is none, if it cannot be imported, or if it has no Client.
    """
    name = f"_client_being_read_{next(_NUMBERS)}"
    start = real_path(folder) / "__init__.py"
    spec = importlib.util.spec_from_file_location(name, start, submodule_search_locations=[str(start.parent)])
    if spec is None or spec.loader is None or not start.is_file():
        raise InputError("contains no client; write one with `make generate`", Location(str(folder)))
    for path in folder.rglob("*.py"):
        if path.exists() and not path.is_file():
            raise InputError("is not a regular file; write the client with `make generate`", Location(str(path)))
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    # Not for the import alone: a client imports the rest when it is made.
    before, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        _execute(spec.loader, module, folder)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # Deprecated methods are called like the others.
            yield Package(module, folder)
    finally:
        sys.dont_write_bytecode = before
        for key in [key for key in sys.modules if key == name or key.startswith(f"{name}.")]:
            del sys.modules[key]


def _execute(loader: Loader, module: ModuleType, folder: Path) -> None:
    try:
        loader.exec_module(module)
    except Exception as problem:  # A broken package may raise anything.
        raise InputError(f"cannot be imported: {type(problem).__name__}: {problem}", Location(str(folder))) from problem
    if not hasattr(module, "Client"):
        raise InputError("has no `Client`; write one with `make generate`", Location(str(folder)))
