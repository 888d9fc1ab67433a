"""Renders clients for tests."""

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
from generator.contract.difference import Difference
from generator.contract.facts import Witness
from generator.errors import Location
from generator.readers import client, openapi

SAMPLE_API = Path(__file__).with_name("sample_api.yaml")
"""A specification with each feature of the writer."""

_NUMBERS = count()


def rendered(specification: Path, folder: Path) -> Path:
    """Create a folder with the client of a specification."""
    folder.mkdir()
    render(openapi.read_specification(specification), folder)
    return folder


def differences(specification: Path, folder: Path) -> tuple[Difference, ...]:
    """Return the differences between a specification and the client in a folder."""
    specified = WitnessContracts(Witness.SPECIFICATION, Location(str(specification)), openapi.read(specification))
    implemented = WitnessContracts(Witness.CLIENT, Location(str(folder)), client.read(folder))
    return check([(specified, implemented)]).differences


@contextmanager
def imported(folder: Path) -> Generator[ModuleType]:
    """Import the package in a folder under a unique name."""
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
        for module_name in [key for key in sys.modules if key == name or key.startswith(f"{name}.")]:
            del sys.modules[module_name]
