"""Strict type checkers accept the client in a package of its consumer, and reject each misuse."""

import shutil
from pathlib import Path

import pytest

import generated_client
from tests.client.type_checks import (
    assert_each_misuse_is_rejected,
    mypy_findings,
    pyright_findings,
    write_misuses,
)

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
    "FakeServer().enqueue(faults.rate_limited)",
)
"""Lines that a type checker must reject."""

HEAD = [
    "import httpx",
    "from myapp._vendor.images import Client, Image, Response, errors",
    "from myapp._vendor.images.testing import FakeServer, faults",
]


@pytest.mark.slow
def test_type_checkers_accept_the_client_and_its_uses_and_reject_each_misuse(tmp_path: Path) -> None:
    """In a project of a consumer, which has the client in a package of its own."""
    package = tmp_path / "myapp"
    client = Path(generated_client.__file__).parent
    shutil.copytree(client, package / "_vendor" / "images", ignore=shutil.ignore_patterns("__pycache__"))
    uses = USES.read_text(encoding="utf-8")
    assert "from generated_client import" in uses
    (package / "uses.py").write_text(uses.replace("from generated_client", "from myapp._vendor.images"), "utf-8")
    misuses = write_misuses(package, HEAD, MISUSES)
    assert_each_misuse_is_rejected(mypy_findings(tmp_path, "myapp"), misuses)
    assert_each_misuse_is_rejected(pyright_findings(tmp_path), misuses)


def test_the_package_says_that_it_is_typed() -> None:
    assert (Path(generated_client.__file__).parent / "py.typed").is_file()
