"""`release` locks the facts of a version once, and only if its number matches the changes."""

from pathlib import Path

import pytest

from generator.changes.releases import client_version
from generator.cli import main
from generator.errors import InputError
from generator.vendoring.bundle import ClientBundle
from generator.vendoring.vendor import vendor
from tests.generator.vendored.sources import NARROWER, NEXT, contents, source

MAJOR = ("version: 1.0.0", "version: 2.0.0")


@pytest.fixture
def project(tmp_path: Path) -> ClientBundle:
    """A contract without releases."""
    return source(tmp_path / "project")


def after(project: ClientBundle, *edits: tuple[str, str]) -> ClientBundle:
    """Make a later contract with the same releases."""
    later = source(project.specification.parents[2] / "later" / str(edits), *edits)
    later.versions.folder.rmdir()
    later.versions.folder.symlink_to(project.versions.folder)
    return later


def release(made: ClientBundle, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    status = main(["release", "--spec", str(made.specification), "--client", str(made.client)])
    return status, capsys.readouterr().out


def test_the_first_version_is_released_once(project: ClientBundle, capsys: pytest.CaptureFixture[str]) -> None:
    file = project.versions.folder / "1.0.0.yaml"
    assert release(project, capsys) == (0, f"{file}: version 1.0.0 released\n")
    before = contents(project.versions.folder)
    assert release(project, capsys) == (0, f"{file}: version 1.0.0 was released before; nothing written\n")
    assert contents(project.versions.folder) == before
    (released,), specified = project.versions.released(), project.versions.specified()
    assert (released.number, released.sha256) == (specified.number, specified.sha256)
    assert [list(row.facts()) for row in released.contracts] == [list(row.facts()) for row in specified.contracts]
    assert oct(file.stat().st_mode & 0o777) == "0o644"


def test_a_breaking_change_needs_a_major_version(
    project: ClientBundle, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert release(project, capsys)[0] == 0
    minor, major = after(project, NEXT, NARROWER), after(project, MAJOR, NARROWER)
    change = "changed: parameter `boatId` maxLength, `50` -> `40`"
    error = f"{minor.specification}: breaks callers of 1.0.0; set version 2.0.0: {change}\n"
    assert release(minor, capsys) == (1, error)
    assert [path.name for path in project.versions.folder.iterdir()] == ["1.0.0.yaml"]
    lacks = f"{major.specification}: breaks callers of 1.0.0; tell them what to do under `## 2.0.0`"
    assert release(major, capsys) == (1, f"{lacks} in spec/CHANGELOG.md\n")
    (major.specification.parent / "CHANGELOG.md").write_text("## 2.0.0\n\nShorten them.\n")
    assert release(major, capsys)[0] == 0
    vendor(major, tmp_path / "images")
    history = (tmp_path / "images" / "CHANGELOG.md").read_text()
    assert f"## 2.0.0\n\nShorten them.\n\n`GET /boats/{{boatId}}`\n\n- {change} (breaking)\n" in history


def test_versions_are_ordered_numerically(project: ClientBundle, capsys: pytest.CaptureFixture[str]) -> None:
    """And not alphabetically."""
    for number in ("1.9.0", "1.10.0"):
        assert release(after(project, ("version: 1.0.0", f"version: {number}")), capsys)[0] == 0
    assert [version.number for version in project.versions.released()] == ["1.9.0", "1.10.0"]


def test_an_invalid_manifest_has_no_version(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text('{"contract": 1}')
    with pytest.raises(InputError, match="is not the manifest of a generated client"):
        client_version(tmp_path / "manifest.json")
