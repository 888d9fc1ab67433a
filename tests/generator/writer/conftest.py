"""A client that is installed in a folder."""

import shutil
from pathlib import Path

import pytest

from generator.commands.generate import generate
from tests.generator.writer.rendering import SAMPLE_API


@pytest.fixture(scope="session")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("generated") / "client"
    generate(SAMPLE_API, folder)
    return folder


@pytest.fixture
def client(generated: Path, tmp_path: Path) -> Path:
    """An installed client of the sample API."""
    return shutil.copytree(generated, tmp_path / "client")
