"""`vendor` copies, updates, and discards no edit silently."""

import ast
import hashlib
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from generator.vendoring.bundle import ClientBundle
from tests.commands import Run
from tests.generator.vendored.sources import state

CHANGE = "GET /boats/{boatId}: changed: parameter `boatId` maxLength, `50` -> `60`"


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "host" / "myapp" / "_vendor" / "images"


@pytest.fixture
def copy(target: Path, first: ClientBundle, run: Run) -> Path:
    """A copy of the first version."""
    assert run(first, target)[0] == 0
    return target


def test_a_copy_has_a_manifest_with_its_origin(first: ClientBundle, copy: Path) -> None:
    """Version, checksum of the specification, generator, dependencies, license, and the checksum of each file."""
    manifest = json.loads((copy / "manifest.json").read_bytes())
    generated = json.loads((first.client / "manifest.json").read_bytes())
    assert manifest["contract"] == generated["contract"]
    assert manifest["contract"]["version"] == "1.0.0"
    assert manifest["contract"]["sha256"] == hashlib.sha256(first.specification.read_bytes()).hexdigest()
    assert manifest["generator"].startswith("container-registry-client-generator ")
    assert manifest["license"] == "Apache-2.0"
    assert manifest["requires-python"] == ">=3.11"
    assert {text.partition(">")[0] for text in manifest["dependencies"]} >= {"attrs", "httpx"}
    files = {path.relative_to(copy).as_posix(): path for path in copy.rglob("*") if path.is_file()}
    assert {"LICENSE", "CHANGELOG.md", "py.typed", *generated["files"]} < files.keys()
    del files["manifest.json"]
    assert manifest["files"] == {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items()}
    assert (copy / "CHANGELOG.md").read_text().count("\n## 1.0.0\n") == 1


def test_it_imports_only_declared_dependencies(copy: Path) -> None:
    """And itself and the standard library; only the pytest module needs an extra. `python FOLDER` has no package."""
    imported = set[str]()
    for file in copy.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_bytes())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and not node.level:
                names = [str(node.module)]
            imported |= {name.partition(".")[0] for name in names}
    manifest = json.loads((copy / "manifest.json").read_bytes())
    assert manifest["optional-dependencies"].keys() == {"credentials", "fast", "pytest"}
    declared = {Requirement(text).name for text in manifest["dependencies"]}
    assert imported - sys.stdlib_module_names == {*declared, "pytest", "_manifest"}


@pytest.mark.parametrize("name", ["images", "_vendor.images", "_vendor/images"])
def test_a_name_is_a_package_in_the_folder(tmp_path: Path, first: ClientBundle, run: Run, name: str) -> None:
    (tmp_path / "mine.py").touch()
    assert run(first, tmp_path, "--name", name)[0] == 0
    assert (tmp_path / name.replace(".", "/") / "client.py").is_file()


def test_a_relative_folder_is_one_of_the_working_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: ClientBundle, run: Run
) -> None:
    (tmp_path / "images").mkdir()
    monkeypatch.chdir(tmp_path / "images")
    assert run(first, "../other")[0] == 0
    assert run(first, ".")[0] == 0
    assert (tmp_path / "images" / "client.py").is_file()
    assert (tmp_path / "other" / "client.py").is_file()


def test_an_up_to_date_copy_is_not_written(copy: Path, first: ClientBundle, run: Run) -> None:
    before = state(copy.parent)
    assert run(first, copy) == (0, f"{copy}: up to date, version 1.0.0; nothing written\n", "")
    assert state(copy.parent) == before


def test_an_update_lists_the_changes(copy: Path, second: ClientBundle, run: Run) -> None:
    assert run(second, copy) == (0, f"{copy}: version 1.0.0 -> 1.1.0, not breaking\n    {CHANGE}\n", "")
    assert (copy / "client.py").read_text().endswith("# Version two.\n")
    assert "## 1.1.0" in (copy / "CHANGELOG.md").read_text()
    assert [path.name for path in copy.parent.iterdir()] == ["images"]


def _edit(copy: Path) -> None:
    (copy / "models" / "image.py").write_text("# mine\n")
    (copy / "errors.py").unlink()
    (copy / "mine").mkdir()
    (copy / "mine" / "more.py").touch()
    os.mkfifo(copy / "pipe")


EDITS = ["errors.py: missing", "mine/more.py: added", "models/image.py: changed", "pipe: added"]


def test_local_edits_are_listed_and_kept(copy: Path, first: ClientBundle, second: ClientBundle, run: Run) -> None:
    """By an update to the same version and to the next."""
    _edit(copy)
    before = {path: path.lstat().st_ctime_ns for path in copy.parent.rglob("*")}
    for made in (first, second):
        status, out, _ = run(made, copy)
        assert status == 1
        assert out.splitlines() == [f"{copy}: not updated; --force would discard:", *EDITS]
    assert {path: path.lstat().st_ctime_ns for path in copy.parent.rglob("*")} == before


def test_force_overwrites_and_lists_discarded_edits(copy: Path, second: ClientBundle, run: Run) -> None:
    _edit(copy)
    status, out, _ = run(second, copy, "--force")
    assert status == 0
    assert out.splitlines()[2:] == [f"discarded: {edit}" for edit in EDITS]
    assert run(second, copy, "--check")[0] == 0


def _replacing(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    return lambda text: text.replace(old, new)


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "cut": lambda text: text[:1000],
    "another version": _replacing(b'"version": "1.0.0"', b'"version": "1.0.1"'),
    "another fact": _replacing(b'"maxLength": 50', b'"maxLength": 49'),
    "one more space": lambda text: text + b"\n",
    "nested deep": lambda text: b"[" * len(text),
    "no text": lambda text: b"\xff" * len(text),
    "empty": lambda text: text[:0],
    "another mapping": lambda text: b"{}" + text[:0],
    "a list": lambda text: b"[]" + text[:0],
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_manifest_is_an_edit(
    copy: Path, first: ClientBundle, run: Run, damage: Callable[[bytes], bytes]
) -> None:
    """Other edits are unknown without it, so every difference from the new copy is listed."""
    manifest = copy / "manifest.json"
    manifest.write_bytes(damage(manifest.read_bytes()))
    (copy / "mine.py").touch()
    assert run(first, copy)[0] == 1
    status, out, _ = run(first, copy, "--force")
    assert (status, out.splitlines()[1:]) == (
        0,
        ["discarded: manifest.json: missing or damaged", "discarded: mine.py: added"],
    )
    assert run(first, copy, "--check")[0] == 0


def test_a_newer_copy_is_not_replaced_by_an_older_one(
    copy: Path, first: ClientBundle, second: ClientBundle, run: Run
) -> None:
    assert run(second, copy)[0] == 0
    refused = f"{copy}: not updated; --force would discard:\nversion 1.1.0, which is newer than 1.0.0\n"
    assert run(first, copy) == (1, refused, "")
    assert run(second, copy, "--check")[0] == 0
    assert run(first, copy, "--force")[0] == 0
    assert run(first, copy, "--check")[0] == 0


def test_bytecode_is_not_an_edit(copy: Path, first: ClientBundle, run: Run) -> None:
    (copy / "models" / "__pycache__").mkdir()
    (copy / "models" / "__pycache__" / "image.cpython-311.pyc").touch()
    assert run(first, copy, "--check")[0] == 0


def test_a_copy_can_be_moved(copy: Path, first: ClientBundle, run: Run) -> None:
    moved = copy.rename(copy.with_name("pictures"))
    assert run(first, moved, "--check")[0] == 0
    assert "up to date" in run(first, moved)[1]


def test_file_modes_do_not_depend_on_the_umask(target: Path, first: ClientBundle, run: Run) -> None:
    before = os.umask(0o077)
    try:
        assert run(first, target)[0] == 0
    finally:
        os.umask(before)
    modes = {oct(path.stat().st_mode & 0o777) for path in (target, *target.rglob("*")) if path.is_file()}
    assert modes == {"0o644"}
    assert oct(target.parent.stat().st_mode & 0o777) == "0o755"
