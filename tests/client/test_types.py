"""A consumer's type checker, at its strictest, with the client vendored into the consumer's own package."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import generated_client

USES = Path(__file__).parent / "uses.py"

MISUSES = (
    "client.image",
    "client.images.get()",
    "client.images.get(7)",
    "client.images.get(None)",
    'client.images.get(b"crp1")',
    'client.images.get("crp1", "crp2")',
    'client.images.get("crp1", timeout="1")',
    'client.images.get("crp1", retries=0.5)',
    'client.images.get("crp1", client_request_id=7)',
    'client.images.get("crp1", 30.0)',
    'client.images.get("crp1").parsed',
    'client.images.get("crp1").createdAt',
    'client.images.get("crp1").name = 7',
    'client.images.get("crp1").compressed_size.upper()',
    'client.images.get("crp1").created_at.year',
    'client.images.get("crp1").config.size',
    'client.images.get("crp1").layers[0].urls',
    'client.images.get_detailed("crp1").name',
    'client.images.get_detailed("crp1").status_code.phrase',
    "Client(7)",
    'Client("t1.a", transport=httpx.AsyncHTTPTransport())',
    'Client("t1.a", "https://127.0.0.1")',
    'Client("t1.a", base_uri="https://127.0.0.1")',
    'Image(id="crp1", compressed_size="1")',
    'Image("crp1")',
    "Image(size=1)",
    "Image.from_dict([])",
    "Image.from_dict({}).to_dict().id",
    "errors.NotFoundError",
    'errors.InvalidParameter("image_id")',
    'Response[str]("", 200, {}, b"", None, 1, 0.0)',
    'FakeServer().add({"id": "crp1"})',
    "FakeServer().next(faults.rate_limited)",
)
"""Lines that a type checker must reject."""

HEAD = [
    "import httpx",
    "from myapp._vendor.images import Client, Image, Response, errors",
    "from myapp._vendor.images.testing import FakeServer, faults",
    "",
    "",
    "def misuse(client: Client) -> None:",
]

WRONG_LINES = [("misuses.py", number) for number in range(len(HEAD) + 1, len(HEAD) + len(MISUSES) + 1)]


@pytest.fixture
def application(tmp_path: Path) -> Path:
    """A consumer's project: the vendored client, the right uses of it, the wrong ones."""
    package = tmp_path / "myapp"
    client = Path(generated_client.__file__).parent
    shutil.copytree(client, package / "_vendor" / "images", ignore=shutil.ignore_patterns("__pycache__"))
    uses = USES.read_text(encoding="utf-8")
    assert "from generated_client import" in uses
    (package / "uses.py").write_text(uses.replace("from generated_client", "from myapp._vendor.images"), "utf-8")
    (package / "misuses.py").write_text("\n".join([*HEAD, *(f"    {line}" for line in MISUSES), ""]), "utf-8")
    return tmp_path


@pytest.mark.slow
def test_mypy_passes_the_client_and_its_uses_and_stops_every_misuse(application: Path) -> None:
    settings = ("--strict", "--no-incremental", "--cache-dir", os.devnull, "--explicit-package-bases")
    output = run("mypy", *settings, "--output", "json", "myapp", folder=application)
    found = [json.loads(line) for line in output.splitlines()]
    assert errors_of([(Path(error["file"]).name, error["line"], error["message"]) for error in found]) == WRONG_LINES


@pytest.mark.slow
def test_pyright_passes_the_client_and_its_uses_and_stops_every_misuse(application: Path) -> None:
    settings = {"typeCheckingMode": "strict", "include": ["myapp"], "reportUnusedExpression": "none"}
    (application / "pyrightconfig.json").write_text(json.dumps(settings), "utf-8")
    output = run("pyright", "--outputjson", "--pythonpath", sys.executable, folder=application)
    found = json.loads(output)["generalDiagnostics"]
    lines = [(Path(error["file"]).name, error["range"]["start"]["line"] + 1, error["message"]) for error in found]
    assert errors_of(lines) == WRONG_LINES


def test_the_package_says_that_it_is_typed() -> None:
    assert (Path(generated_client.__file__).parent / "py.typed").is_file()


def run(tool: str, *arguments: str, folder: Path) -> str:
    """Return the output of a tool, run in a folder."""
    environment = {**os.environ, "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1"}
    command = [sys.executable, "-m", tool, *arguments]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "")
    return done.stdout


def errors_of(found: list[tuple[str, int, str]]) -> list[tuple[str, int]]:
    """Return the lines with errors, each once; fail with their messages if others than the misuses have any."""
    unexpected = [error for error in found if error[:2] not in WRONG_LINES]
    assert unexpected == []
    return sorted({(file, line) for file, line, _ in found})
