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
from tests.generator.folders import state

CHANGE = "GET /boats/{boatId}: changed: parameter `boatId` maxLength, `50` -> `60`"


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
    for folder in ("../other", "."):
        assert run(first, folder)[0] == 0
        assert (tmp_path / "images" / folder / "client.py").is_file()


def test_an_up_to_date_copy_is_not_written(copy: Path, first: ClientBundle, run: Run) -> None:
    """Bytecode is not an edit."""
    (copy / "models" / "__pycache__").mkdir()
    (copy / "models" / "__pycache__" / "image.cpython-311.pyc").touch()
    before = state(copy.parent)
    assert run(first, copy) == (0, f"{copy}: up to date, version 1.0.0; nothing written\n", "")
    assert run(first, copy, "--check")[0] == 0
    assert state(copy.parent) == before


def test_an_update_lists_the_changes(copy: Path, second: ClientBundle, run: Run) -> None:
    assert run(second, copy) == (0, f"{copy}: version 1.0.0 -> 1.1.0, not breaking\n    {CHANGE}\n", "")
    assert (copy / "client.py").read_text().endswith("# Version two.\n")
    assert "## 1.1.0" in (copy / "CHANGELOG.md").read_text()
    assert [path.name for path in copy.parent.iterdir()] == ["images"]


def test_local_edits_are_listed_and_discarded_only_with_force(
    copy: Path, first: ClientBundle, second: ClientBundle, run: Run
) -> None:
    """By an update to the same version and to the next."""
    (copy / "models" / "image.py").write_text("# mine\n")
    (copy / "errors.py").unlink()
    (copy / "mine").mkdir()
    (copy / "mine" / "more.py").touch()
    os.mkfifo(copy / "pipe")
    edits = ["errors.py: missing", "mine/more.py: added", "models/image.py: changed", "pipe: added"]
    before = state(copy.parent)
    for made in (first, second):
        refusal = "\n".join([f"{copy}: not updated; --force would discard:", *edits, ""])
        assert run(made, copy) == (1, refusal, "")
    assert state(copy.parent) == before
    status, out, _ = run(second, copy, "--force")
    assert (status, out.splitlines()[2:]) == (0, [f"discarded: {edit}" for edit in edits])
    assert run(second, copy, "--check")[0] == 0


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "cut": lambda text: text[:1000],
    "another fact": lambda text: text.replace(b'"maxLength": 50', b'"maxLength": 49'),
    "one more space": lambda text: text + b"\n",
    "nested deep": lambda text: b"[" * len(text),
    "no text": lambda _: b"\xff",
    "another mapping": lambda _: b"{}",
    "a list": lambda _: b"[]",
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
    losses = ["discarded: manifest.json: missing or damaged", "discarded: mine.py: added"]
    assert (status, out.splitlines()[1:]) == (0, losses)
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


def test_a_copy_can_be_moved(copy: Path, first: ClientBundle, run: Run) -> None:
    moved = copy.rename(copy.with_name("pictures"))
    assert run(first, moved, "--check")[0] == 0
    assert "up to date" in run(first, moved)[1]


def test_file_modes_do_not_depend_on_the_umask(tmp_path: Path, first: ClientBundle, run: Run) -> None:
    target = tmp_path / "_vendor" / "images"
    before = os.umask(0o077)
    try:
        assert run(first, target)[0] == 0
    finally:
        os.umask(before)
    modes = {oct(path.stat().st_mode & 0o777) for path in (target, *target.rglob("*")) if path.is_file()}
    assert modes == {"0o644"}
    assert oct(target.parent.stat().st_mode & 0o777) == "0o755"
