"""`release` locks the facts of a version once, if the witnesses agree and its number matches the changes.

`vendor` and `wheel` hand out no version that breaks callers before it is released.
"""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.changes.releases import Versions, client_version, dump_release
from generator.cli import main
from generator.errors import InputError
from generator.runtime import _manifest
from generator.vendoring.bundle import ClientBundle
from tests.commands import Run
from tests.generator.folders import contents
from tests.generator.vendored.sources import NEXT, ROOT, WIDER, source

Command = Callable[..., tuple[int, list[str]]]


@pytest.fixture
def command(run: Run) -> Command:
    """Run a command on a bundle: exit status, lines of stdout."""

    def command(name: str, made: ClientBundle, *arguments: Path) -> tuple[int, list[str]]:
        status, out, _ = run(made, *arguments, command=name)
        return status, out.splitlines()

    return command


@pytest.fixture
def own(tmp_path: Path) -> ClientBundle:
    """A copy of the project's own contract and client, without releases."""
    shutil.copytree(ROOT / "spec", tmp_path / "spec", ignore=shutil.ignore_patterns("released", "CHANGELOG.md"))
    shutil.copytree(ROOT / "generated_client", tmp_path / "client", ignore=shutil.ignore_patterns("__pycache__"))
    return ClientBundle(tmp_path / "spec" / "openapi.yaml", tmp_path / "client")


def edit(made: ClientBundle, *edits: tuple[str, str]) -> None:
    text = made.specification.read_text(encoding="utf-8")
    for old, new in edits:
        assert old in text
        text = text.replace(old, new, 1)
    made.specification.write_text(text, encoding="utf-8")


def test_a_version_is_released_once(own: ClientBundle, command: Command) -> None:
    number = own.versions.specified().number
    file = own.versions.folder / f"{number}.yaml"
    assert command("release", own) == (0, [f"{file}: version {number} released"])
    before = contents(own.versions.folder)
    assert command("release", own) == (0, [f"{file}: version {number} was released before; nothing written"])
    assert contents(own.versions.folder) == before
    (released,), specified = own.versions.released(), own.versions.specified()
    assert (released.number, released.sha256) == (specified.number, specified.sha256)
    assert [list(row.facts()) for row in released.contracts] == [list(row.facts()) for row in specified.contracts]
    assert oct(file.stat().st_mode & 0o777) == "0o644"


def test_a_folder_of_releases_that_cannot_be_made_is_invalid_input(own: ClientBundle, run: Run) -> None:
    own.versions.folder.write_text("mine", encoding="utf-8")
    status, _, err = run(own, command="release")
    assert (status, err.partition(": ")[2]) == (2, "cannot be written: File exists\n")
    assert own.versions.folder.read_text(encoding="utf-8") == "mine"


def test_a_contract_that_its_witnesses_contradict_is_not_released(own: ClientBundle, command: Command) -> None:
    """The page says 50; each difference is listed as by `contract`."""
    edit(own, ("maxLength: 50", "maxLength: 40"))
    assert command("generate", own)[0] == 0
    status, lines = command("release", own)
    assert (status, lines[-2:]) == (
        1,
        ["2 differences", f"{own.versions.folder}/{own.versions.specified().number}.yaml: not written; see above"],
    )
    assert any("value-differs: parameter imageId maxLength" in line for line in lines)
    assert not own.versions.folder.exists()


def test_a_breaking_version_needs_number_note_and_release_before_anybody_gets_it(
    own: ClientBundle, command: Command, tmp_path: Path
) -> None:
    """Each command names the next step, and does nothing before it."""
    images, dist = tmp_path / "images", tmp_path / "dist"
    last = own.versions.specified().number
    number = f"{int(last.partition('.')[0]) + 1}.0.0"
    assert command("release", own)[0] == 0
    assert command("vendor", own, images)[0] == 0
    before = contents(images)

    def refusal() -> str:
        made = [command("release", own), command("vendor", own, images), command("wheel", own, dist)]
        assert {status for status, _ in made[1:]} == {1}
        assert contents(images) == before
        assert not dist.exists()
        assert made[1] == made[2]
        (line,) = made[1][1]
        return line.removeprefix(f"{own.specification}: breaks callers of {last}")

    change = "changed: parameter `imageId` minLength, `1` -> `2`"
    note = f"tell them what to do under `## {number}` in {own.specification.parent}/CHANGELOG.md"
    edit(own, ("minLength: 1", "minLength: 2"))
    required = f"{own.specification}: breaks callers of {last}; set version {number} and {note}: {change}"
    assert command("generate", own)[1][-1] == required
    assert refusal() == f"; set version {number} and {note}: {change}"
    edit(own, (f"version: {last}", f"version: {number}"))
    command("generate", own)
    assert command("release", own) == (1, [f"{own.specification}: breaks callers of {last}; {note}: {change}"])
    assert refusal() == f"; {note}: {change}"
    (own.specification.parent / "CHANGELOG.md").write_text(f"## {number}\n\nAn id has two characters.\n")
    status, (line,) = command("vendor", own, images)
    unreleased = f"{own.specification}: breaks callers of {last} and is not released; run `make release` first"
    assert (status, line) == (1, unreleased)
    assert command("wheel", own, dist) == (1, [unreleased])
    assert command("release", own)[0] == 0
    assert command("vendor", own, images)[0] == 0
    assert command("wheel", own, dist)[0] == 0
    history = (images / "CHANGELOG.md").read_text()
    assert f"## {number}\n\nAn id has two characters.\n" in history
    assert f"- {change} (breaking)\n" in history


@pytest.mark.parametrize(("edits", "holds"), [((NEXT, WIDER), True), ((WIDER,), False), ((), True)])
def test_a_version_that_breaks_nobody_is_copied_before_its_release(
    tmp_path: Path, command: Command, edits: tuple[tuple[str, str], ...], *, holds: bool
) -> None:
    """But not under the number of a released one."""
    first, later = source(tmp_path / "first"), source(tmp_path / "later", *edits)
    lock(first, later)
    status, lines = command("vendor", later, tmp_path / "images")
    assert (status == 0) == holds == (tmp_path / "images").exists()
    if not holds:
        change = "changed: parameter `boatId` maxLength, `50` -> `60`"
        assert lines == [f"{later.specification}: version 1.0.0 is released; set version 1.1.0: {change}"]


def lock(made: ClientBundle, *projects: ClientBundle) -> None:
    """Write the release of a bundle for the given projects."""
    manifest = _manifest.load(made.client)["contract"]
    for project in projects:
        (project.versions.folder / f"{manifest['version']}.yaml").write_text(dump_release(manifest))


def test_versions_are_ordered_numerically(tmp_path: Path) -> None:
    """And not alphabetically."""
    last = source(tmp_path / "last")
    for number in ("1.10.0", "1.9.0"):
        lock(source(tmp_path / number, ("version: 1.0.0", f"version: {number}")), last)
    assert [version.number for version in Versions(last.specification).released()] == ["1.9.0", "1.10.0"]


def test_an_invalid_manifest_has_no_version(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text('{"contract": 1}')
    with pytest.raises(InputError, match="is not the manifest of a generated client"):
        client_version(tmp_path / "manifest.json")


@pytest.mark.parametrize("name", ["generate", "vendor", "wheel", "release"])
def test_another_specification_needs_a_client_of_its_own(
    name: str, tmp_path: Path, own: ClientBundle, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The committed client is not overwritten, copied or released for it."""
    shutil.copytree(own.client, tmp_path / "generated_client")
    before = contents(tmp_path / "generated_client")
    monkeypatch.chdir(tmp_path)
    shutil.copy(own.specification, "other.yaml")
    arguments = ["images"] if name in {"vendor", "wheel"} else []
    assert main([name, "--spec", "other.yaml", *arguments]) == 2
    message = "other.yaml: generated_client is the client of spec/openapi.yaml; name another folder with --client\n"
    assert capsys.readouterr() == ("", message)
    assert contents(tmp_path / "generated_client") == before
    assert not (tmp_path / "images").exists()
    assert main(["generate", "--check"]) == 0
