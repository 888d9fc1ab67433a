"""A specification of one method with its lock, its release and its client.

The tests of the tools edit it and count what is in it. The project's own specification grows.
"""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from generator import client_writer
from generator.contract.facts import Contract
from generator.contract.lock import read_lock
from generator.readers import openapi

FOLDER = Path(__file__).parent
SPECIFICATION = FOLDER / "openapi.yaml"


@cache
def specification() -> tuple[Contract, ...]:
    return openapi.read(SPECIFICATION)


@cache
def locks() -> tuple[Contract, ...]:
    return tuple(map(read_lock, (FOLDER / "documented").glob("*.yaml")))


@cache
def _folder() -> TemporaryDirectory[str]:
    """Generate the client into a folder that is removed at exit."""
    folder = TemporaryDirectory()
    client_writer.generate(openapi.read_specification(SPECIFICATION), Path(folder.name, "generated_client"))
    return folder


def client() -> Path:
    """The client of the specification."""
    return Path(_folder().name, "generated_client")
