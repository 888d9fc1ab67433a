"""Two versions of a contract with their clients, a function that runs `vendor`, and a copy."""

from pathlib import Path

import pytest

from generator.vendoring.bundle import ClientBundle
from tests.commands import Run
from tests.generator.vendored.sources import NEXT, WIDER, source


@pytest.fixture(scope="session")
def first(tmp_path_factory: pytest.TempPathFactory) -> ClientBundle:
    """A contract, and its client."""
    return source(tmp_path_factory.mktemp("first") / "project")


@pytest.fixture(scope="session")
def second(tmp_path_factory: pytest.TempPathFactory) -> ClientBundle:
    """The next version, which does not break callers."""
    return source(tmp_path_factory.mktemp("second") / "project", NEXT, WIDER, code="\n# Version two.\n")


@pytest.fixture
def run(run: Run) -> Run:
    """Run a command on a bundle, `vendor` if no other one is named."""

    def run_on(bundle: ClientBundle, *arguments: str | Path, command: str = "vendor") -> tuple[int, str, str]:
        return run(command, "--spec", bundle.specification, "--client", bundle.client, *arguments)

    return run_on


@pytest.fixture
def copy(request: pytest.FixtureRequest, tmp_path: Path, first: ClientBundle, run: Run) -> Path:
    """A copy of the first version, which uses the library in the parameter."""
    library: str = getattr(request, "param", "httpx")
    assert run(first, tmp_path / "host" / "images", "--http", library)[0] == 0
    return tmp_path / "host" / "images"
