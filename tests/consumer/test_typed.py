"""Consumers pass their own type checkers at their strictest, whether the client is copied or installed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generated_client.testing import FakeServer
from generator.vendoring import wheel
from tests.consumer.conftest import IMAGE, SOURCE, Application
from tests.consumer.environment import declared, make

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Application:
    """The typed library, and an environment into which the wheel of the client was installed."""
    folder = tmp_path_factory.mktemp("library")
    shutil.copytree(HERE / "typed", folder / "typed")
    python = make(folder / "environment", declared(HERE / "web_service"))
    for archive in wheel.build(SOURCE.files(), folder / "dist"):
        if archive.suffix == ".whl":
            options = ["--no-index", "--quiet", "--disable-pip-version-check", str(archive)]
            subprocess.run([sys.executable, "-m", "pip", "--python", str(python), "install", *options], check=True)
    return Application(folder / "typed", python)


@pytest.fixture(scope="session")
def consumers(library: Application, tool: Application, service: Application) -> Application:
    """All three consumers side by side, for checkers that take their time."""
    folder = library.folder.parent / "consumers"
    shutil.copytree(tool.folder, folder)
    shutil.copytree(service.folder, folder, dirs_exist_ok=True)
    shutil.copytree(library.folder, folder, dirs_exist_ok=True)
    return Application(folder, library.python)


def test_the_library_works_with_the_installed_client(library: Application, fake_server: FakeServer) -> None:
    program = (
        "import sys, yandex_container_registry as installed, registry_report\n"
        "client = installed.Client(base_url=sys.argv[1])\n"
        "print(sum(size for _, size in registry_report.weights(client, sys.argv[2])))\n"
    )
    done = library.run("-c", program, fake_server.url, IMAGE.id)
    assert (done.returncode, done.stderr) == (0, "")
    assert int(done.stdout) > 0


def test_the_installed_client_is_whole_and_says_so(library: Application) -> None:
    done = library.run("-m", "yandex_container_registry", "--check")
    assert (done.returncode, done.stdout) == (0, "every file is as it was written\n")


def _judged(consumers: Application, *command: str) -> str:
    environment = {**os.environ, "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1"}
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=consumers.folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip().splitlines()[-1] if done.returncode == 0 else done.stdout + done.stderr


@pytest.mark.slow
def test_mypy_passes_them(consumers: Application) -> None:
    """As the host sets it, and with the environment of the host, in which no extra of the client is installed."""
    settings = ["--strict", "--no-incremental", "--cache-dir", os.devnull, "--python-executable", str(consumers.python)]
    modules = ["registry_tool", "registry_service", "registry_report.py"]
    assert "Success" in _judged(consumers, "mypy", *settings, *modules)


@pytest.mark.slow
def test_pyright_passes_them(consumers: Application) -> None:
    assert "0 errors, 0 warnings" in _judged(consumers, "pyright", "--pythonpath", str(consumers.python))
