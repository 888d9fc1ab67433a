"""The fixture for pytest, in a suite of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import generated_client

SUITE = """
import httpx
from generated_client import Client
from generated_client.testing import FakeServer, faults


def test_fixture_passes(fake_server: FakeServer) -> None:
    with Client("t", base_url=fake_server.url) as client:
        client.images.get("crp5o1vp3mk7vq1ql0b9")


def test_a_fault_is_left(fake_server: FakeServer) -> None:
    fake_server.enqueue(faults.html_502)


def test_a_request_is_refused(fake_server: FakeServer) -> None:
    httpx.get(fake_server.url)
"""


@pytest.mark.slow
def test_the_fixture_gives_a_fake_server_and_checks_it_in_the_end(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text("pytest_plugins = ['generated_client.testing.fixtures']\n", "utf-8")
    (tmp_path / "test_suite.py").write_text(SUITE, "utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-W", "error", "-p", "no:cacheprovider"]
    package = str(Path(generated_client.__file__).parents[1])
    alone = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONPATH": package}
    done = subprocess.run(command, cwd=tmp_path, env=alone, capture_output=True, text=True, check=False)
    assert "3 passed, 2 errors" in done.stdout, done.stdout
    assert "AssertionError: planned faults were not used: html_502" in done.stdout
    assert "AssertionError: requests violated the contract: GET /: the contract has no path /" in done.stdout
