"""A copy uses httpx or httpx2, and keeps its library when it is updated."""

import json
from pathlib import Path

import pytest

from generator.vendoring.bundle import ClientBundle
from generator.vendoring.http_library import rename
from tests.commands import Run


@pytest.fixture
def copy(tmp_path: Path, first: ClientBundle, run: Run) -> Path:
    """A copy that uses httpx2."""
    assert run(first, tmp_path / "images", "--http", "httpx2")[0] == 0
    return tmp_path / "images"


def _library(copy: Path) -> str:
    """Return the library that the manifest names, which is the one that the code imports."""
    library = json.loads((copy / "manifest.json").read_bytes())["http"]
    assert f"\n    import {library}\n" in (copy / "_http.py").read_text()
    return str(library)


def test_the_manifest_names_the_library_and_its_requirements(copy: Path) -> None:
    manifest = json.loads((copy / "manifest.json").read_bytes())
    assert _library(copy) == "httpx2"
    names = [text.partition(">")[0] for text in manifest["dependencies"]]
    assert names == ["anyio", "attrs", "httpcore2", "httpx2"]
    assert manifest["optional-dependencies"]["fast"] == ["httpx-aiohttp[httpx2]>=0.2"]


def test_no_module_names_httpx(copy: Path) -> None:
    """Not in an error, a docstring or an annotation either; httpx-aiohttp has one name for both."""
    texts = [path.read_text().replace("httpx-aiohttp", "") for path in copy.rglob("*.py")]
    names = [name for text in texts for name in ("httpx", "httpcore") if name in text.replace(f"{name}2", "")]
    assert not names


def test_only_modules_that_use_the_library_differ(copy: Path, tmp_path: Path, first: ClientBundle, run: Run) -> None:
    assert run(first, tmp_path / "other")[0] == 0
    changed = {path.name for path in copy.rglob("*.py") if path.read_bytes() != _other(path, copy, tmp_path / "other")}
    assert "_http.py" in changed
    assert not changed & {"client.py", "errors.py", "image.py", "get.py"}


def _other(path: Path, copy: Path, other: Path) -> bytes:
    return (other / path.relative_to(copy)).read_bytes()


def test_a_model_that_names_httpx_stays_as_it_is() -> None:
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
    assert (status, out.splitlines()[1:]) == (
        1,
        [f"{copy}: version 1.0.0 is current, but it uses httpx2, not httpx", "update it without --check"],
    )


def test_a_copy_without_its_manifest_keeps_the_library(copy: Path, first: ClientBundle, run: Run) -> None:
    (copy / "manifest.json").unlink()
    assert run(first, copy)[1].splitlines()[1:] == ["manifest.json: missing or damaged"]
    assert run(first, copy, "--force")[0] == 0
    assert _library(copy) == "httpx2"


def test_a_copy_without_manifest_and_code_uses_httpx(copy: Path, first: ClientBundle, run: Run) -> None:
    for name in ("manifest.json", "_http.py"):
        (copy / name).unlink()
    assert run(first, copy, "--force")[0] == 0
    assert _library(copy) == "httpx"


def test_another_library_is_invalid(tmp_path: Path, first: ClientBundle, run: Run) -> None:
    with pytest.raises(SystemExit, match="2"):
        run(first, tmp_path / "images", "--http", "requests")
    assert not (tmp_path / "images").exists()
