"""`serve` prints its URL, serves, plays faults and stops on a signal."""

import signal
import socket
import subprocess
import sys
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from generator.cli import main
from generator.errors import InputError
from generator.standin.serve import FAULTS, FAULTS_WITH_NUMBER, parse_fault, serve
from generator.yaml_document import load

ROOT = Path(__file__).parents[3]
SPECIFICATION = ROOT / "spec" / "openapi.yaml"
TOKEN = {"authorization": "Bearer token"}


@contextmanager
def serving(faults: Sequence[str] = ()) -> Generator[tuple[subprocess.Popen[str], str]]:
    with subprocess.Popen(
        [sys.executable, "-W", "error", "-m", "generator", "serve", *(f"--fault={fault}" for fault in faults)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        try:
            yield process, process.stdout.readline().strip()
        finally:
            process.kill()


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_it_prints_its_url_serves_and_stops_on_a_signal_with_status_0(stop: signal.Signals) -> None:
    with serving() as (process, url):
        path = "/container-registry/v1/images/crp5o1vp3mk7vq1ql0b9"
        assert httpx.get(url + path, headers=TOKEN).status_code == 200
        process.send_signal(stop)
        out, err = process.communicate()
    assert (process.returncode, out) == (0, "")
    examples = [f"  GET {url}/container-registry/v1/images/{image_id}" for image_id in _ids()]
    assert err.splitlines() == ["Any bearer token works; Ctrl-C stops. Examples:", *examples, f"GET {path} -> 200"]


def _ids() -> list[str]:
    values = [example["value"] for example in load(SPECIFICATION)["components"]["examples"].values()]
    return [value["id"] for value in values if "id" in value]


def test_faults_apply_to_the_requests_in_turn_repeatedly() -> None:
    with serving(["code=14", "none"]) as (_, url):
        assert [httpx.get(url).status_code for _ in range(4)] == [503, 404, 503, 404]


@pytest.mark.parametrize("name", [*FAULTS, *(f"{name}=404" for name in FAULTS_WITH_NUMBER if name != "code"), "code=5"])
def test_every_fault_can_be_named(name: str) -> None:
    assert callable(parse_fault(name))


UNKNOWN = ["", "drop", "cut=1", "delay", "delay=x", "delay=-1", "delay=inf", "delay=nan", "code=17", "status=200"]


@pytest.mark.parametrize("text", UNKNOWN)
def test_an_unknown_fault_is_rejected_with_the_list_of_faults(text: str) -> None:
    with pytest.raises(InputError, match=r"unknown fault; choose from: none, cut, .*, slow-body=NUMBER$"):
        parse_fault(text)


def test_a_port_in_use_is_one_sentence_and_status_2(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert main(["serve", "--spec", str(SPECIFICATION), "--port", str(port)]) == 2
    error = f"127.0.0.1:{port}: cannot listen: Address already in use; choose another port\n"
    assert capsys.readouterr() == ("", error)


@pytest.mark.parametrize("port", [-1, 65536])
def test_an_invalid_port_is_rejected(port: int) -> None:
    with pytest.raises(InputError, match=f"^127.0.0.1:{port}: invalid port; choose one from 0 to 65535$"):
        serve(SPECIFICATION, port)
