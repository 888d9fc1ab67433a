"""Clients rendered for tests: from the text of a specification to a package that can be looked at."""

import importlib.util
import sys
from collections.abc import Generator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from types import ModuleType
from typing import Any

from generator.client_writer import render
from generator.contract.check import WitnessContracts, check
from generator.contract.compare import Difference
from generator.contract.facts import Witness
from generator.contract.serialize import to_dict
from generator.errors import Location
from generator.readers import client, openapi

BOATS = Path(__file__).with_name("boats.yaml")
"""A specification with one of everything that the writer knows."""

_NUMBERS = count()


def rendered(specification: Path, folder: Path) -> Path:
    """The client of a specification in a folder, which is made."""
    folder.mkdir()
    render(specification, [to_dict(one) for one in openapi.read(specification)], folder)
    return folder


def differences(specification: Path, folder: Path) -> tuple[Difference, ...]:
    """What a specification and a client in a folder do not agree on."""
    said = WitnessContracts(Witness.SPECIFICATION, Location(str(specification)), openapi.read(specification))
    kept = WitnessContracts(Witness.CLIENT, Location(str(folder)), client.read(folder))
    return check([(said, kept)]).differences


@contextmanager
def imported(folder: Path) -> Generator[ModuleType]:
    """The package in a folder, under a name of its own."""
    name = f"rendered_{next(_NUMBERS)}"
    spec = importlib.util.spec_from_file_location(
        name, folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    assert spec
    assert spec.loader
    module: Any = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
        yield module
    finally:
        for one in [key for key in sys.modules if key == name or key.startswith(f"{name}.")]:
            del sys.modules[one]


def state(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Mode and content of everything in a folder, but for what Python compiled there."""
    found = (path for path in sorted(folder.rglob("*")) if "__pycache__" not in path.parts)
    return {
        str(path.relative_to(folder)): (path.stat().st_mode, b"" if path.is_dir() else path.read_bytes())
        for path in found
    }
