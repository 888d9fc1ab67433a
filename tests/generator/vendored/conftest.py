"""A contract with its client, the same one later, and the command as it is run."""

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.cli import main
from generator.vendoring.bundle import ClientBundle
from tests.generator.vendored.sources import NEXT, WIDER, source

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="session")
def first(tmp_path_factory: pytest.TempPathFactory) -> ClientBundle:
    """A contract, and its client."""
    return source(tmp_path_factory.mktemp("first") / "project")


@pytest.fixture(scope="session")
def second(tmp_path_factory: pytest.TempPathFactory) -> ClientBundle:
    """The next version, which callers of the first need not fear."""
    return source(tmp_path_factory.mktemp("second") / "project", NEXT, WIDER, code="\n# Version two.\n")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `vendor` of a source: exit status, stdout, stderr."""

    def run(made: ClientBundle, *arguments: str | Path) -> tuple[int, str, str]:
        options = ["--spec", str(made.specification), "--client", str(made.client)]
        status = main(["vendor", *options, *map(str, arguments)])
        said, troubles = capsys.readouterr()
        return status, said, troubles

    return run
