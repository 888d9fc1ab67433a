"""Two versions of a contract with their clients, and a function that runs `vendor`."""

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
    """The next version, which does not break callers."""
    return source(tmp_path_factory.mktemp("second") / "project", NEXT, WIDER, code="\n# Version two.\n")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `vendor` of a bundle: exit status, stdout, stderr."""

    def run(made: ClientBundle, *arguments: str | Path) -> tuple[int, str, str]:
        options = ["--spec", str(made.specification), "--client", str(made.client)]
        status = main(["vendor", *options, *map(str, arguments)])
        out, err = capsys.readouterr()
        return status, out, err

    return run
