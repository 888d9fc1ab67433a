"""`vendor --check` reports local edits of a copy, the changes since it was written, and whether they break callers."""

from pathlib import Path

import pytest

from generator.vendoring.bundle import ClientBundle
from tests.commands import Run
from tests.generator.folders import state
from tests.generator.vendored.sources import NARROWER, NEXT, WIDER, source

GET = "GET /boats/{boatId}"
UNEDITED = "no local edits"


def test_an_unedited_current_copy_holds(copy: Path, first: ClientBundle, run: Run) -> None:
    """Named by its folder, or by its name in a folder."""
    before = state(copy.parent)
    for arguments in ([copy], [copy.parent, "--name", "images"]):
        assert run(first, *arguments, "--check") == (0, f"{UNEDITED}\nversion 1.0.0 is current\n", "")
    assert state(copy.parent) == before


def test_an_edited_copy_does_not_hold(copy: Path, first: ClientBundle, run: Run) -> None:
    (copy / "client.py").write_text("")
    assert run(first, copy, "--check") == (1, "client.py: changed\nversion 1.0.0 is current\n", "")


LATER: dict[str, tuple[list[tuple[str, str]], list[str]]] = {
    "compatible": (
        [NEXT, WIDER],
        ["1.0.0 -> 1.1.0, not breaking", f"    {GET}: changed: parameter `boatId` maxLength, `50` -> `60`"],
    ),
    "breaking": (
        [NARROWER],
        ["1.0.0 -> 1.0.0, breaking", f"    {GET}: changed: parameter `boatId` maxLength, `50` -> `40` (breaking)"],
    ),
    "the operation itself": (
        [("/boats/{boatId}:", "/ships/{boatId}:")],
        [
            "1.0.0 -> 1.0.0, breaking",
            f"    {GET}: changed: operation path, `/boats/{{boatId}}` -> `/ships/{{boatId}}` (breaking)",
        ],
    ),
    "a description": ([("Get one boat.", "Get a boat.")], ["1.0.0 -> 1.0.0, no fact changed"]),
    "code": ([], ["1.0.0 is current, but its code is out of date"]),
}
"""Edits of the specification, and the lines that are printed from the version on."""


@pytest.mark.parametrize(("edits", "lines"), LATER.values(), ids=LATER)
def test_an_outdated_copy_does_not_hold_and_the_changes_are_listed(
    copy: Path, tmp_path: Path, run: Run, edits: list[tuple[str, str]], lines: list[str]
) -> None:
    later = source(tmp_path / "later", *edits, code="# Faster.\n")
    expected = [UNEDITED, f"{copy}: version {lines[0]}", *lines[1:], "update it without --check"]
    status, out, _ = run(later, copy, "--check")
    assert (status, out.splitlines()) == (1, expected)


def test_changes_are_listed_before_the_client_is_generated(copy: Path, tmp_path: Path, run: Run) -> None:
    later = source(tmp_path / "later")
    later.specification.write_text(later.specification.read_text().replace(*NARROWER))
    status, out, _ = run(later, copy, "--check")
    assert status == 1
    assert "maxLength, `50` -> `40` (breaking)\n" in out


def test_a_newer_copy_does_not_hold(copy: Path, first: ClientBundle, second: ClientBundle, run: Run) -> None:
    assert run(second, copy)[0] == 0
    expected = f"{UNEDITED}\n{copy}: version 1.1.0 is newer than 1.0.0, the current version here\n"
    assert run(first, copy, "--check") == (1, expected, "")


def test_a_copy_without_its_manifest_does_not_hold(copy: Path, first: ClientBundle, run: Run) -> None:
    (copy / "manifest.json").unlink()
    expected = f"manifest.json: missing or damaged\n{copy}: its version cannot be read; replace it with --force\n"
    assert run(first, copy, "--check") == (1, expected, "")


@pytest.mark.parametrize("exists", [True, False])
def test_without_a_copy_there_is_nothing_to_check(
    tmp_path: Path, first: ClientBundle, run: Run, *, exists: bool
) -> None:
    if exists:
        (tmp_path / "images").mkdir()
    message = f"{tmp_path}/images: contains no copy of the client; create one without --check\n"
    assert run(first, tmp_path / "images", "--check") == (2, "", message)


def test_checking_and_forcing_exclude_each_other(copy: Path, first: ClientBundle, run: Run) -> None:
    with pytest.raises(SystemExit, match="2"):
        run(first, copy, "--check", "--force")
