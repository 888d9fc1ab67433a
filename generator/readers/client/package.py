"""The generated package, imported from its folder under a name of its own, and called without a network."""

from __future__ import annotations

import importlib.util
import itertools
import sys
import warnings
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar, get_type_hints

import httpx
from attrs import field, frozen

from generator.errors import InputError, Location
from generator.yaml_document import real_path

_Value = TypeVar("_Value")

_NUMBERS = itertools.count(1)


@frozen
class Package:
    """An imported client. `sent` are the requests that it made; the last of `responses` is the response to each."""

    module: ModuleType
    folder: Path
    sent: list[httpx.Request] = field(factory=list[httpx.Request])
    responses: list[tuple[int, Any]] = field(factory=lambda: [(200, {})])
    _cache: dict[Any, Any] = field(factory=dict[Any, Any])

    def client(self) -> Any:
        """Return a client whose calls are recorded, with the last of `responses` as response: (status, JSON)."""
        return self.module.Client("t", transport=httpx.MockTransport(self._respond))

    @contextmanager
    def response(self, status: int, body: Any) -> Generator[None]:
        """Set the response to all requests for as long as the block runs."""
        self.responses.append((status, body))
        try:
            yield
        finally:
            self.responses.pop()

    def hints(self, part: Any) -> Mapping[str, Any]:
        """Return the annotations of a class or function, evaluated once."""
        return self.once(get_type_hints, part)

    def once(self, function: Callable[[Any], _Value], part: Any) -> _Value:
        """Return the result of a function for a part of the package, and compute it once."""
        key = function.__name__, part
        if key not in self._cache:
            self._cache[key] = function(part)
        value: _Value = self._cache[key]
        return value

    def _respond(self, request: httpx.Request) -> httpx.Response:
        self.sent.append(request)
        status, body = self.responses[-1]
        return httpx.Response(status, json=body)

    def location(self, module: str, line: int) -> Location:
        """Return a line of a module of the package, named as it was imported."""
        path = Path(sys.modules[module].__file__ or "")
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
        _import(spec.loader.exec_module, module, folder)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # What is deprecated is called like the rest.
            yield Package(module, folder)
    finally:
        sys.dont_write_bytecode = before
        for key in [key for key in sys.modules if key == name or key.startswith(f"{name}.")]:
            del sys.modules[key]


def _import(execute: Callable[[ModuleType], None], module: ModuleType, folder: Path) -> None:
    try:
        execute(module)
    except Exception as problem:  # Whatever a broken package raises, it is one that cannot be read.
        raise InputError(f"cannot be imported: {type(problem).__name__}: {problem}", Location(str(folder))) from problem
    if not hasattr(module, "Client"):
        raise InputError("has no `Client`; write one with `make generate`", Location(str(folder)))
