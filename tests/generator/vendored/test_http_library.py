"""A copy uses httpx or httpx2, and keeps its library when it is updated."""

import json
from pathlib import Path

import pytest

from generator.vendoring.bundle import ClientBundle
from generator.vendoring.http_library import rename
from tests.commands import Run

pytestmark = pytest.mark.parametrize("copy", ["httpx2"], indirect=True)


def _library(copy: Path) -> str:
    """Return the library that the manifest names, which is the one that the code imports."""
    library = json.loads((copy / "manifest.json").read_bytes())["http"]
    assert f"\n    import {library}\n" in (copy / "_http.py").read_text()
    return str(library)


def test_manifest_and_modules_name_the_library(copy: Path) -> None:
    """Errors, docstrings and annotations, too; httpx-aiohttp has one name for both."""
    manifest = json.loads((copy / "manifest.json").read_bytes())
    assert _library(copy) == "httpx2"
    names = [text.partition(">")[0] for text in manifest["dependencies"]]
    assert names == ["anyio", "attrs", "httpcore2", "httpx2"]
    assert manifest["optional-dependencies"]["fast"] == ["httpx-aiohttp[httpx2]>=0.2"]
    texts = [path.read_text().replace("httpx-aiohttp", "") for path in copy.rglob("*.py")]
    assert not [name for text in texts for name in ("httpx", "httpcore") if name in text.replace(f"{name}2", "")]


def test_only_modules_that_use_the_library_differ(copy: Path, tmp_path: Path, first: ClientBundle, run: Run) -> None:
    """A model may name httpx, too."""
    other = tmp_path / "other"
    assert run(first, other)[0] == 0
    names = [path.relative_to(copy) for path in copy.rglob("*.py")]
    changed = {name.name for name in names if (copy / name).read_bytes() != (other / name).read_bytes()}
    assert "_http.py" in changed
    assert not changed & {"client.py", "errors.py", "image.py", "get.py"}
    model = b'"""A client, such as httpx."""\n\nfrom .._wire import decode\n'
    assert rename("models/image.py", model, "httpx2") == model


@pytest.mark.parametrize("arguments", [[], ["--http", "httpx2"]])
def test_an_update_keeps_the_library(copy: Path, second: ClientBundle, run: Run, arguments: list[str]) -> None:
    assert "1.0.0 -> 1.1.0" in run(second, copy, *arguments)[1]
    assert _library(copy) == "httpx2"
    assert run(second, copy)[1].endswith("nothing written\n")
    assert run(second, copy, "--check")[0] == 0


def test_an_update_changes_the_library_if_asked_to(copy: Path, first: ClientBundle, run: Run) -> None:
    for library in ("httpx", "httpx2"):
        assert run(first, copy, "--http", library)[0] == 0
        assert _library(copy) == library


def test_the_check_reports_another_library(copy: Path, first: ClientBundle, run: Run) -> None:
    assert run(first, copy, "--check", "--http", "httpx2")[0] == 0
    status, out, _ = run(first, copy, "--check", "--http", "httpx")
    problem = f"{copy}: version 1.0.0 is current, but it uses httpx2, not httpx"
    assert (status, out.splitlines()[1:]) == (1, [problem, "update it without --check"])


@pytest.mark.parametrize(
    ("missing", "library"), [(["manifest.json"], "httpx2"), (["manifest.json", "_http.py"], "httpx")]
)
def test_a_copy_without_its_manifest_keeps_the_library_that_it_imports(
    copy: Path, first: ClientBundle, run: Run, missing: list[str], library: str
) -> None:
    for name in missing:
        (copy / name).unlink()
    assert run(first, copy)[1].splitlines()[1] == "manifest.json: missing or damaged"
    assert run(first, copy, "--force")[0] == 0
    assert _library(copy) == library


def test_another_library_is_invalid(copy: Path, first: ClientBundle, run: Run) -> None:
    with pytest.raises(SystemExit, match="2"):
        run(first, copy.with_name("other"), "--http", "requests")
    assert not copy.with_name("other").exists()
