"""Applications as their authors would make them: a project, its environment, and the client carried into it."""

import shutil
import subprocess
from pathlib import Path

import pytest
from attrs import frozen

from generated_client import Image
from generated_client.testing._fake_server import contract_service
from generator.vendoring.bundle import ClientBundle
from generator.vendoring.vendor import vendor
from tests.consumer.environment import declared, make

ROOT = Path(__file__).parents[2]
SOURCE = ClientBundle(ROOT / "spec" / "openapi.yaml", ROOT / "generated_client")
NUMBER = SOURCE.generated_version().number
"""The version of the committed contract."""
IMAGE = Image.from_dict(contract_service().endpoints[0].examples[0])
"""An image that the fake server holds."""


@frozen
class Application:
    """A consumer's project in a folder of its own, with the interpreter of its environment."""

    folder: Path
    python: Path

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run its Python in its folder, with a token in the environment and nothing else."""
        return subprocess.run(
            [str(self.python), *arguments],
            cwd=self.folder,
            env={"YC_IAM_TOKEN": "t1.any.token", "PYTHONWARNINGS": "error", **environment},
            capture_output=True,
            text=True,
            check=False,
        )


def application(name: str, folder: Path) -> Application:
    """A project of this folder, with what it declares installed."""
    shutil.copytree(Path(__file__).parent / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    return Application(folder / name, make(folder / "environment", declared(folder / name)))


@pytest.fixture(scope="session")
def tool(tmp_path_factory: pytest.TempPathFactory) -> Application:
    """The command line tool, with the client in its `_vendor`."""
    made = application("command_line", tmp_path_factory.mktemp("tool"))
    assert vendor(SOURCE, made.folder / "registry_tool" / "_vendor" / "images").holds
    return made


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Application:
    """The web service, with the client beside its own modules."""
    made = application("web_service", tmp_path_factory.mktemp("service"))
    assert vendor(SOURCE, made.folder / "registry_service" / "images").holds
    return made
