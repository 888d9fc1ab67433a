"""`vendor --check` reports local edits of a copy, the changes since it was written, and whether they break callers."""

from pathlib import Path

import pytest

from generator.vendoring.bundle import ClientBundle
from tests.commands import Run
from tests.generator.vendored.sources import NARROWER, NEXT, WIDER, source, state

PATH = "/boats/{boatId}"
OPERATION = f"GET {PATH}"
UNEDITED = "no local edits"


@pytest.fixture
def copy(tmp_path: Path, first: ClientBundle, run: Run) -> Path:
    assert run(first, tmp_path / "images")[0] == 0
    return tmp_path / "images"


def test_an_unedited_current_copy_holds(copy: Path, first: ClientBundle, run: Run) -> None:
    before = state(copy.parent)
    assert run(first, copy, "--check") == (0, f"{UNEDITED}\nversion 1.0.0 is current\n", "")
    assert state(copy.parent) == before


def test_the_copy_is_found_by_its_name_too(copy: Path, first: ClientBundle, run: Run) -> None:
    assert run(first, copy.parent, "--name", "images", "--check")[0] == 0


def test_an_edited_copy_does_not_hold(copy: Path, first: ClientBundle, run: Run) -> None:
    (copy / "client.py").write_text("")
    assert run(first, copy, "--check") == (1, "client.py: changed\nversion 1.0.0 is current\n", "")


HOST = "https://boats.example"
LATER: dict[str, tuple[list[tuple[str, str]], list[str]]] = {
    "compatible": (
        [NEXT, WIDER],
        [
            "version 1.0.0 -> 1.1.0, not breaking",
            f"    {OPERATION}: changed: parameter `boatId` maxLength, `50` -> `60`",
        ],
    ),
    "breaking": (
        [NARROWER],
        [
            "version 1.0.0 -> 1.0.0, breaking",
            f"    {OPERATION}: changed: parameter `boatId` maxLength, `50` -> `40` (breaking)",
        ],
    ),
    "the operation itself": (
        [("/boats/{boatId}:", "/ships/{boatId}:")],
        [
            "version 1.0.0 -> 1.0.0, breaking",
            f"    {OPERATION}: changed: operation path, `{PATH}` -> `/ships/{{boatId}}` (breaking)",
        ],
    ),
    "a description": ([("Get one boat.", "Get a boat.")], ["version 1.0.0 -> 1.0.0, no fact changed"]),
}
"""Edits of the specification, and the lines that are printed."""


@pytest.mark.parametrize(("edits", "lines"), LATER.values(), ids=LATER)
def test_a_copy_of_an_older_contract_does_not_hold_and_the_changes_are_listed(
    copy: Path, run: Run, edits: list[tuple[str, str]], lines: list[str]
) -> None:
    later = source(copy.parent / "later", *edits)
    expected = [UNEDITED, f"{copy}: {lines[0]}", *lines[1:], "update it without --check"]
    status, out, _ = run(later, copy, "--check")
    assert (status, out.splitlines()) == (1, expected)


def test_a_copy_of_older_code_does_not_hold(copy: Path, run: Run) -> None:
    later = source(copy.parent / "later", code="# Faster.\n")
    expected = f"{UNEDITED}\n{copy}: version 1.0.0 is current, but its code is out of date\nupdate it without --check\n"
    assert run(later, copy, "--check") == (1, expected, "")


def test_a_newer_copy_does_not_hold(copy: Path, first: ClientBundle, second: ClientBundle, run: Run) -> None:
    assert run(second, copy)[0] == 0
    expected = f"{UNEDITED}\n{copy}: version 1.1.0 is newer than 1.0.0, the current version here\n"
    assert run(first, copy, "--check") == (1, expected, "")


def test_changes_are_listed_before_the_client_is_generated(copy: Path, tmp_path: Path, run: Run) -> None:
    later = source(tmp_path / "later")
    later.specification.write_text(later.specification.read_text().replace(*NARROWER))
    status, out, _ = run(later, copy, "--check")
    assert status == 1
    assert "maxLength, `50` -> `40` (breaking)\n" in out


def test_a_copy_without_its_manifest_does_not_hold(copy: Path, first: ClientBundle, run: Run) -> None:
    (copy / "manifest.json").unlink()
    status, out, _ = run(first, copy, "--check")
    assert (status, out.splitlines()) == (
        1,
        ["manifest.json: missing or damaged", f"{copy}: its version cannot be read; replace it with --force"],
    )


@pytest.mark.parametrize("exists", ["a folder", ""])
def test_without_a_copy_there_is_nothing_to_check(tmp_path: Path, first: ClientBundle, run: Run, exists: str) -> None:
    if exists:
        (tmp_path / "images").mkdir()
    status, _, err = run(first, tmp_path / "images", "--check")
    assert (status, err) == (2, f"{tmp_path}/images: contains no copy of the client; create one without --check\n")


def test_checking_and_forcing_exclude_each_other(copy: Path, first: ClientBundle, run: Run) -> None:
    with pytest.raises(SystemExit, match="2"):
        run(first, copy, "--check", "--force")
