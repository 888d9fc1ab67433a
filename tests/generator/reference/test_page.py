"""The API reference: every public name, links that lead somewhere, the same bytes each time."""

import os
import re
import subprocess
import sys
from collections import Counter
from html import unescape
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from generator.commands.docs import reference_of
from generator.reports.reference.package import load_package, public_modules
from tests.commands import Run
from tests.generator.writer.rendering import imported

ROOT = Path(__file__).parents[3]
CLIENT = ROOT / "generated_client"


@pytest.fixture(scope="module")
def page() -> str:
    """The reference of the project's client."""
    return reference_of(CLIENT)


@pytest.fixture(scope="module")
def many(kitchen_sink: Path) -> str:
    """The reference of a client with more methods, enumerations and deprecated parts."""
    return reference_of(kitchen_sink)


def ids(page: str) -> list[str]:
    return [unescape(anchor) for anchor in re.findall(r' id="([^"]*)"', page)]


def text(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", "", page.replace("</t", " </t"))).split())


def exported(package: ModuleType, folder: Path) -> list[tuple[str, Any]]:
    """The names that public modules export, each by the module's own path, with its value."""
    modules = [module.path.partition(".")[2] for module in public_modules(load_package(folder).root)]
    assert {"", "credentials", "errors", "models", "testing", "testing.faults"} <= {*modules}
    names: list[tuple[str, Any]] = []
    for name in modules:
        module = import_module(".".join(filter(None, (package.__name__, name))))
        names += ((".".join(filter(None, (name, public))), getattr(module, public)) for public in module.__all__)
    return names


@pytest.mark.parametrize("kind", ["page", "many"])
def test_every_public_name_is_on_the_page(kind: str, kitchen_sink: Path, request: pytest.FixtureRequest) -> None:
    """Each at an anchor of its own; a name that two modules export, by the shorter path."""
    folder = CLIENT if kind == "page" else kitchen_sink
    anchors = {*ids(request.getfixturevalue(kind))}
    with imported(folder) as package:
        names = exported(package, folder)
    shortest = {id(value): name for name, value in sorted(names, key=lambda row: -row[0].count("."))}
    assert len(shortest) > 50
    assert {*shortest.values()} - anchors == set()


@pytest.mark.parametrize("kind", ["page", "many"])
def test_no_private_name_is_on_the_page(kind: str, request: pytest.FixtureRequest) -> None:
    page = request.getfixturevalue(kind)
    assert [anchor for anchor in ids(page) if re.search(r"(?:^|\.)_(?!_init__)", anchor)] == []
    assert {*re.findall(r"\b_[A-Za-z]\w+", text(page))} == {"_vendor"}


@pytest.mark.parametrize("kind", ["page", "many"])
def test_every_link_leads_to_one_place(kind: str, request: pytest.FixtureRequest) -> None:
    page = request.getfixturevalue(kind)
    anchors = Counter(ids(page))
    assert [anchor for anchor, number in anchors.items() if number > 1] == []
    links = re.findall(r' href="([^"]*)"', page)
    assert len(links) > 100
    inside = [unescape(link[1:]) for link in links if link.startswith("#")]
    assert [link for link in inside if link not in anchors] == []
    assert [link for link in links if not link.startswith(("#", "https://"))] == []


def test_it_shows_what_a_caller_looks_up(page: str, many: str) -> None:
    shown = text(page)
    for expected in (
        "Client( token: str | Callable[[], str] | TokenSource | CachedSource | None = None, *,",
        "timeout: float = 30.0",
        "transport: httpx.BaseTransport | None = None",
        "image_id str required Identifier of the image, as listing",
        "gives it. 1 to 50 characters",
        "compressed_size int Size of the image as it is stored and transferred. Unit: byte",
        'image = await client.images.get("crp5o1vp3mk7vq1ql0b9") image.name',
        "NotFound 5 The resource does not exist (HTTP 404).",
        "Timeout is also a TimeoutError",
        "rate_limited(seconds: int) → Fault",
        "enqueue(*faults: Fault)",
    ):
        assert expected in shown
    for expected in ("legs list[Leg] The parts of it, in order. Required 1 to 8 elements", "AFLOAT 'AFLOAT'"):
        assert expected in text(many)


def test_every_attribute_of_the_client_is_described(page: str) -> None:
    rows = re.findall(r'<tr id="([^"]*)">\n<th scope="row">.*?</th>\n<td>(.*?)</td>', page, re.DOTALL)
    assert len(rows) > 100
    assert [name for name, description in rows if not description] == []


def test_hostile_text_of_a_client_is_shown_as_text(tmp_path: Path) -> None:
    folder = tmp_path / "client"
    source = CLIENT / "models" / "image.py"
    subprocess.run(["cp", "-r", CLIENT, folder], check=True)
    hostile = 'Full name <script>alert("1")</script> ![picture](https://example.com/x.png) [link](javascript:alert)'
    (folder / "models" / "image.py").write_text(
        source.read_text(encoding="utf-8").replace("Full name", hostile), encoding="utf-8"
    )
    page = reference_of(folder)
    assert hostile.partition(" !")[0] in text(page)
    assert "<script" not in page
    assert "<img" not in page
    assert 'href="javascript' not in page


def test_the_page_is_the_same_whatever_the_hash_seed(tmp_path: Path, page: str) -> None:
    for seed in ("1", "2"):
        file = tmp_path / seed / "page.html"
        command = [sys.executable, "-m", "generator", "docs", "--output", str(file)]
        subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed}, check=True)
        assert file.read_text(encoding="utf-8") == page


def test_a_folder_without_a_client_is_invalid_input(run: Run, tmp_path: Path) -> None:
    status, _, stderr = run("docs", "--client", str(tmp_path), "--output", str(tmp_path / "page.html"))
    assert status == 2
    assert "is not a generated client" in stderr
    assert not (tmp_path / "page.html").exists()
