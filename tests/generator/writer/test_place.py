"""The installed client is always complete, and no file of anybody else is lost."""

import errno
import os
import shutil
import sysconfig
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from generator import runtime
from generator.commands.generate import difference, generate
from generator.errors import InputError
from generator.runtime._manifest import MANIFEST
from generator.vendoring.atomic import Files, write_files
from tests.generator.folders import contents, file_size_limit, state
from tests.generator.writer.rendering import SAMPLE_API

RUNTIME = Path(runtime.__file__).parent


@pytest.fixture
def edited(client: Path) -> Path:
    (client / "client.py").write_text("edited")
    return client


def test_a_client_that_is_what_it_should_be_is_not_touched(client: Path) -> None:
    before = state(client)
    assert generate(SAMPLE_API, client) == ("nothing changed",)
    assert state(client) == before


def test_an_edited_client_is_repaired(client: Path) -> None:
    """The files in the manifest are the generator's; edits of them are lost, and so are compiled modules."""
    before = contents(client)
    (client / "client.py").write_text("broken")
    (client / "errors.py").unlink()
    (client / "api" / "__pycache__").mkdir()
    (client / "api" / "__pycache__" / "x.pyc").touch()
    assert generate(SAMPLE_API, client) == ("regenerated; no API fact changed",)
    assert contents(client) == before


def test_a_file_named_like_a_staging_folder_is_not_touched(edited: Path) -> None:
    """Staging makes folders only, so a file is somebody else's."""
    others = [edited.parent / f".container-registry-client-{name}" for name in ("file", "link", "pipe")]
    others[0].write_text("mine")
    others[1].symlink_to(edited.parent)
    os.mkfifo(others[2])
    assert generate(SAMPLE_API, edited) == ("regenerated; no API fact changed",)
    assert sorted(edited.parent.iterdir()) == sorted([edited, *others])


def _link(client: Path, target: str) -> None:
    shutil.rmtree(client)
    client.symlink_to(target)


def _file(client: Path) -> None:
    shutil.rmtree(client)
    client.write_text("mine")


def _linked_module(client: Path) -> None:
    """Even a link with a name from the manifest may lead to somebody else's file."""
    (client / "client.py").rename(client.parent / "mine.py")
    (client / "client.py").symlink_to("../mine.py")


def _pipe_and_file(client: Path) -> None:
    os.mkfifo(client / "pipe")
    (client / "models" / "mine.py").touch()


def _files(files: Files) -> Callable[[Path], object]:
    return lambda client: write_files(client, files)


FOREIGN = "contains files that the generator did not write"
REFUSED: dict[str, tuple[Callable[[Path], object], str]] = {
    "a file and a pipe": (
        _pipe_and_file,
        rf"{FOREIGN}: models/mine\.py, pipe; move them elsewhere",
    ),
    "many files": (
        _files({f"notes{number:02}.txt": b"mine" for number in range(1, 13)}),
        rf"{FOREIGN}: notes01\.txt, .*, notes10\.txt and 2 more; move them elsewhere",
    ),
    "a link among the files": (_linked_module, rf"{FOREIGN}: client\.py;"),
    "an empty manifest": (_files({MANIFEST: b""}), rf"{FOREIGN}: __init__\.py, "),
    "a manifest of another shape": (_files({MANIFEST: b'{"files": 1}'}), rf"{FOREIGN}: __init__\.py, "),
    "a manifest that is no text": (_files({MANIFEST: b"\xff"}), rf"{FOREIGN}: __init__\.py, "),
    "a file in its place": (_file, "is not a folder; name the folder of the client"),
    "a link in its place": (lambda client: _link(client, "."), "is not a folder;"),
    "a link to nothing in its place": (lambda client: _link(client, "nothing"), "is not a folder;"),
}
"""Contents of the destination -> what puts them there, and the message."""


@pytest.mark.parametrize("run", [generate, difference])
@pytest.mark.parametrize(("put", "says"), REFUSED.values(), ids=REFUSED)
def test_a_destination_that_is_not_the_generators_is_refused_and_kept(
    client: Path, run: Any, put: Callable[[Path], object], says: str
) -> None:
    put(client)
    before = state(client.parent)
    with pytest.raises(InputError, match=f"client: {says}"):
        run(SAMPLE_API, client)
    assert state(client.parent) == before


@pytest.mark.parametrize("folder", [RUNTIME, RUNTIME / "client"])
def test_the_generator_is_not_a_destination(folder: Path) -> None:
    with pytest.raises(InputError, match="is part of the generator; name another folder"):
        generate(SAMPLE_API, folder)


@pytest.mark.parametrize("folder", ["nowhere", "/proc"])
def test_a_parent_that_cannot_be_written_to_is_one_sentence(tmp_path: Path, folder: str) -> None:
    """/proc is read-only even for root."""
    client = tmp_path / folder / "client"
    with pytest.raises(InputError, match=f"^{client}: cannot be written: "):
        generate(SAMPLE_API, client)
    assert not list(tmp_path.iterdir())


def _assert_the_old_client_stays(edited: Path, says: str) -> None:
    before = contents(edited.parent)
    with pytest.raises(InputError, match=says) as refused:
        generate(SAMPLE_API, edited)
    assert "\n" not in refused.value.message
    assert contents(edited.parent) == before


@pytest.mark.parametrize("limit", [0, 1, 300, 1_000, 3_000, 6_000])
def test_a_full_disk_leaves_the_old_client(edited: Path, limit: int) -> None:
    """A limit on the file size fails earlier or later."""
    with file_size_limit(limit):
        _assert_the_old_client_stays(edited, r"cannot be |failed to format")


def _refused(*_arguments: object) -> int:
    return -1


@pytest.mark.parametrize(
    ("library", "says"),
    [
        (SimpleNamespace(), "this system cannot exchange two folders in one step"),
        (SimpleNamespace(renameat2=_refused, renameatx_np=_refused), "Invalid cross-device link"),
    ],
    ids=["unknown", "refused"],
)
def test_folders_that_cannot_be_exchanged_leave_the_old_client(
    edited: Path, monkeypatch: pytest.MonkeyPatch, library: SimpleNamespace, says: str
) -> None:
    def loaded(_name: None, *, use_errno: bool) -> SimpleNamespace:
        assert use_errno
        return library

    monkeypatch.setattr("ctypes.CDLL", loaded)
    monkeypatch.setattr("ctypes.get_errno", lambda: errno.EXDEV)
    _assert_the_old_client_stays(edited, f"client: cannot be written: {says}")


@pytest.mark.parametrize(
    ("ruff", "says"),
    [
        (None, "cannot be run: No such file or directory"),
        ("echo no room left >&2; exit 2", "failed to format the client: no room left"),
    ],
)
def test_a_ruff_that_fails_leaves_the_old_client(
    edited: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory, ruff: str | None, says: str
) -> None:
    scripts = tmp_path_factory.mktemp("scripts")
    if ruff:
        (scripts / "ruff").write_text(f"#!/bin/sh\n{ruff}\n")
        (scripts / "ruff").chmod(0o755)
    monkeypatch.setattr(sysconfig, "get_path", {"scripts": str(scripts)}.__getitem__)
    _assert_the_old_client_stays(edited, f"ruff: {says}")


def test_two_generations_at_once_wait_for_each_other(tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as pool:
        for future in [pool.submit(generate, SAMPLE_API, tmp_path / "client") for _ in range(2)]:
            future.result()
    assert difference(SAMPLE_API, tmp_path / "client") == ""
    assert [path.name for path in tmp_path.iterdir()] == ["client"]
