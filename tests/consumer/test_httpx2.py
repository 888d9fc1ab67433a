"""An application that has httpx2 alone works with its copy, and strict type checkers accept it."""

import json
import shutil
from pathlib import Path

import pytest

from generated_client.testing import FakeServer
from generator.vendoring.http_library import HTTPX2
from generator.vendoring.vendor import vendor
from tests.consumer.conftest import IMAGE, SOURCE, Application
from tests.consumer.environment import make
from tests.consumer.test_typed import check_types

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent
COPY = "registry_tool/_vendor/images"
PROGRAM = """
import sys
import httpx2
from registry_tool._vendor.images import Client, errors

with Client("t1.made-up", base_url=sys.argv[1], transport=httpx2.HTTPTransport()) as client:
    client.images.get(sys.argv[2])
try:
    Client("t1.made-up", transport=object())
except errors.InvalidParameter as error:
    print(error)
"""


@pytest.fixture(scope="module")
def tool(tmp_path_factory: pytest.TempPathFactory) -> Application:
    """The command line tool with a copy that uses httpx2, and with what the manifest of the copy lists."""
    folder = tmp_path_factory.mktemp("tool")
    shutil.copytree(HERE / "command_line", folder, dirs_exist_ok=True)
    assert vendor(SOURCE, folder / COPY, http=HTTPX2).holds
    requirements = json.loads((folder / COPY / "manifest.json").read_bytes())["dependencies"]
    return Application(folder, make(folder / "environment", requirements))


def test_it_needs_no_httpx(tool: Application, fake_server: FakeServer) -> None:
    for name in ("httpx", "httpcore"):
        assert tool.run("-c", f"import {name}").returncode == 1
    done = tool.run("-m", "registry_tool", IMAGE.id, "--endpoint", fake_server.url)
    assert (done.returncode, done.stderr) == (0, "")
    (request,) = fake_server.requests
    assert " httpcore2/" in dict(request.headers)["user-agent"]


def test_it_takes_transports_of_httpx2(tool: Application, fake_server: FakeServer) -> None:
    done = tool.run("-c", PROGRAM, fake_server.url, IMAGE.id)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "transport must be an httpx2.BaseTransport, not builtins.object\n"


@pytest.mark.parametrize("checker", ["mypy", "pyright"])
def test_strict_type_checkers_accept_it(tool: Application, checker: str) -> None:
    (tool.folder / "program.py").write_text(PROGRAM.replace("object()", "None"))
    check_types(tool, checker, "registry_tool", "program.py")
