"""The command line tool works with its copy of the client."""

import pytest

from generated_client.testing import FakeServer
from tests.consumer.conftest import IMAGE, NUMBER, Application

pytestmark = pytest.mark.slow


def test_it_prints_an_image(tool: Application, fake_server: FakeServer) -> None:
    done = tool.run("-m", "registry_tool", IMAGE.id, "--endpoint", fake_server.url)
    assert (done.returncode, done.stderr) == (0, "")
    name, *layers = done.stdout.splitlines()
    assert name.rpartition(" ")[2].isdecimal()
    assert layers
    (request,) = fake_server.requests
    headers = dict(request.headers)
    assert headers["authorization"] == "Bearer t1.any.token"
    assert headers["user-agent"].startswith(f"registry-tool/1.0 yandex-container-registry/{NUMBER} ")


def test_it_says_in_a_line_what_went_wrong(tool: Application, fake_server: FakeServer) -> None:
    done = tool.run("-m", "registry_tool", "crp0000000000000", "--endpoint", fake_server.url)
    assert (done.returncode, done.stdout) == (1, "")
    assert ": 404 NOT_FOUND: " in done.stderr
    assert "t1.any.token" not in done.stderr
