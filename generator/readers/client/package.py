"""The generated package, imported from its folder under a name of its own, and called without a network."""

from __future__ import annotations

import importlib.util
import itertools
import sys
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar, get_type_hints

import httpx
from attrs import field, frozen

from generator.errors import InputError, Location
from generator.yaml_document import real_path

_Found = TypeVar("_Found")

_NUMBERS = itertools.count(1)


@frozen
class Package:
    """An imported client. `sent` are the requests that it made; `answers` gives the answer to each."""

    module: ModuleType
    folder: Path
    sent: list[httpx.Request] = field(factory=list[httpx.Request])
    answers: list[tuple[int, Any]] = field(factory=lambda: [(200, {})])
    _found: dict[Any, Any] = field(factory=dict[Any, Any])

    def client(self) -> Any:
        """A client whose calls are recorded and answered with the last of `answers`: (status, JSON)."""
        return self.module.Client("t", transport=httpx.MockTransport(self._answer))

    def hints(self, of: Any) -> Mapping[str, Any]:
        """The annotations of a class or function, each evaluated once."""
        return self.once(get_type_hints, of)

    def once(self, find: Callable[[Any], _Found], of: Any) -> _Found:
        """What a function finds of a part of the package, which is looked at once."""
        key = find.__name__, of
        if key not in self._found:
            self._found[key] = find(of)
        found: _Found = self._found[key]
        return found

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.sent.append(request)
        status, body = self.answers[-1]
        return httpx.Response(status, json=body)

    def location(self, module: str, line: int) -> Location:
        """A line of one of the package's modules, named as it was imported."""
        path = Path(sys.modules[module].__file__ or "")
        return Location(str(self.folder / path.relative_to(real_path(self.folder))), line)


@contextmanager
def loaded(folder: Path) -> Generator[Package]:
    """The package in a folder, imported for as long as the block runs.

    Raises InputError where there is none, it cannot be imported, or has no Client.
    """
    name = f"_client_being_read_{next(_NUMBERS)}"
    start = real_path(folder) / "__init__.py"
    spec = importlib.util.spec_from_file_location(name, start, submodule_search_locations=[str(start.parent)])
    if spec is None or spec.loader is None or not start.is_file():
        raise InputError("holds no client; write one with `make generate`", Location(str(folder)))
    for path in folder.rglob("*.py"):
        if path.exists() and not path.is_file():
            raise InputError("is not a regular file; write the client with `make generate`", Location(str(path)))
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    # Not for the import alone: a client imports the rest when it is made.
    before, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        _import(spec.loader.exec_module, module, folder)
        yield Package(module, folder)
    finally:
        sys.dont_write_bytecode = before
        for one in [key for key in sys.modules if key == name or key.startswith(f"{name}.")]:
            del sys.modules[one]


def _import(execute: Callable[[ModuleType], None], module: ModuleType, folder: Path) -> None:
    try:
        execute(module)
    except Exception as problem:  # Whatever a broken package raises, it is one that cannot be read.
        raise InputError(f"cannot be imported: {type(problem).__name__}: {problem}", Location(str(folder))) from problem
    if not hasattr(module, "Client"):
        raise InputError("has no `Client`; write one with `make generate`", Location(str(folder)))
