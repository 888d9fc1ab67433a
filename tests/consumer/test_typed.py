"""Consumers pass their own type checkers at their strictest, whether the client is copied or installed."""

import os
import re
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
    for archive in wheel.build(SOURCE, folder / "dist"):
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
        "with installed.Client(base_url=sys.argv[1]) as client:\n"
        "    print(sum(size for _, size in registry_report.weights(client, sys.argv[2])))\n"
    )
    done = library.run("-c", program, fake_server.url, IMAGE.id)
    assert (done.returncode, done.stderr) == (0, "")
    assert int(done.stdout) > 0


def check_types(application: Application, checker: str, *paths: str) -> None:
    """Check modules of an application at the strictest, as the host sets it and with the environment of the host."""
    settings, python = {
        "mypy": (["--strict", "--no-incremental", "--cache-dir", os.devnull], "--python-executable"),
        "pyright": ([], "--pythonpath"),
    }[checker]
    done = subprocess.run(
        [sys.executable, "-m", checker, *settings, python, str(application.python), *paths],
        cwd=application.folder,
        env={**os.environ, "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.match("Success: no issues|0 errors, 0 warnings", done.stdout.splitlines()[-1])


@pytest.mark.parametrize("checker", ["mypy", "pyright"])
def test_type_checkers_accept_them(consumers: Application, checker: str) -> None:
    """No extra of the client is installed."""
    check_types(consumers, checker, "registry_tool", "registry_service", "registry_report.py")
