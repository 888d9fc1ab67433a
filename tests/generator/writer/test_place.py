"""The installed client is always complete, and no file of anybody else is lost."""

import errno
import os
import sysconfig
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from generator import runtime
from generator.commands.generate import difference, generate
from generator.errors import InputError
from tests.generator.writer.rendering import SAMPLE_API, file_size_limit, state

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("limit", [0, 1, 300, 1_000, 3_000, 6_000])
def test_a_full_disk_leaves_the_old_client_and_is_one_sentence(client: Path, limit: int) -> None:
    """A limit on the file size fails as a full disk does, earlier or later."""
    (client / "client.py").write_text("edited")
    before = state(client)
    with file_size_limit(limit), pytest.raises(InputError, match=r"cannot be |failed to format") as refused:
        generate(SAMPLE_API, client)
    assert "\n" not in refused.value.message
    assert state(client) == before
    assert [path.name for path in client.parent.iterdir()] == ["client"]


def test_a_client_that_is_what_it_should_be_is_not_touched(client: Path) -> None:
    before = {path: path.stat().st_ctime_ns for path in (client, *client.rglob("*"))}
    assert generate(SAMPLE_API, client) == ("nothing changed",)
    assert {path: path.stat().st_ctime_ns for path in (client, *client.rglob("*"))} == before


def test_an_edited_client_is_repaired(client: Path) -> None:
    """The files in the manifest are the generator's; edits of them are lost."""
    before = state(client)
    (client / "client.py").write_text("broken")
    (client / "errors.py").unlink()
    assert generate(SAMPLE_API, client) == ("regenerated; no API fact changed",)
    assert state(client) == before


def test_a_file_named_like_a_staging_folder_is_not_touched(client: Path) -> None:
    """Staging makes folders only, so a file is somebody else's."""
    others = [client.parent / f".container-registry-client-{name}" for name in ("file", "link", "pipe")]
    others[0].write_text("mine")
    others[1].symlink_to(client.parent)
    os.mkfifo(others[2])
    (client / "client.py").write_text("edited")
    assert generate(SAMPLE_API, client) == ("regenerated; no API fact changed",)
    assert sorted(client.parent.iterdir()) == sorted([client, *others])


def test_compiled_modules_in_the_client_are_removed(client: Path) -> None:
    (client / "api" / "__pycache__").mkdir()
    (client / "api" / "__pycache__" / "x.pyc").touch()
    (client / "client.py").unlink()
    generate(SAMPLE_API, client)
    assert not (client / "api" / "__pycache__").exists()


@pytest.mark.parametrize("run", [generate, difference])
def test_unknown_files_are_refused_with_their_names(client: Path, run: Any) -> None:
    (client / "notes.txt").write_text("mine")
    (client / "models" / "mine.py").write_text("mine")
    os.mkfifo(client / "pipe")
    before = sorted(client.rglob("*"))
    with pytest.raises(
        InputError, match=r"files that the generator did not write: models/mine\.py, notes\.txt, pipe; move them"
    ):
        run(SAMPLE_API, client)
    assert sorted(client.rglob("*")) == before


def test_of_many_unknown_files_some_are_named(client: Path) -> None:
    for number in range(1, 13):
        (client / f"notes{number:02}.txt").touch()
    with pytest.raises(InputError, match=r"did not write: notes01\.txt, .*, notes10\.txt and 2 more; move them"):
        generate(SAMPLE_API, client)


def test_a_link_among_the_files_is_refused(client: Path, tmp_path: Path) -> None:
    """Even a link with a name from the manifest may lead to somebody else's file."""
    (tmp_path / "mine.py").write_text("mine")
    (client / "client.py").unlink()
    (client / "client.py").symlink_to(tmp_path / "mine.py")
    with pytest.raises(InputError, match=r"did not write: client\.py; move them"):
        generate(SAMPLE_API, client)
    assert (tmp_path / "mine.py").read_text() == "mine"


@pytest.mark.parametrize("manifest", [b"", b"[]", b'{"files": 1}', b"\xff", b'{"files": {}}'])
def test_without_its_manifest_nothing_is_known_to_be_the_generators(client: Path, manifest: bytes) -> None:
    (client / "manifest.json").write_bytes(manifest)
    with pytest.raises(InputError, match=r"did not write: __init__\.py, "):
        generate(SAMPLE_API, client)


def test_a_file_is_not_a_destination(tmp_path: Path) -> None:
    (tmp_path / "client").write_text("mine")
    with pytest.raises(InputError, match="client: is not a folder; name the folder of the client"):
        generate(SAMPLE_API, tmp_path / "client")
    assert (tmp_path / "client").read_text() == "mine"


@pytest.mark.parametrize("leads", ["somewhere", "nowhere"])
def test_a_link_is_not_a_destination(tmp_path: Path, leads: str) -> None:
    (tmp_path / "somewhere").mkdir()
    (tmp_path / "client").symlink_to(tmp_path / leads)
    with pytest.raises(InputError, match="client: is not a folder"):
        generate(SAMPLE_API, tmp_path / "client")


@pytest.mark.parametrize("inside", ["", "client"])
def test_the_generator_is_not_a_destination(inside: str) -> None:
    folder = Path(runtime.__file__).parent / inside
    with pytest.raises(InputError, match="is part of the generator; name another folder"):
        generate(SAMPLE_API, folder)


@pytest.mark.parametrize("folder", ["nowhere", "/proc"])
def test_a_parent_that_cannot_be_written_to_is_one_sentence(tmp_path: Path, folder: str) -> None:
    """/proc is read-only even for root."""
    client = tmp_path / folder / "client"
    with pytest.raises(InputError, match=f"^{client}: cannot be written: "):
        generate(SAMPLE_API, client)
    assert not list(tmp_path.iterdir())


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
def test_the_old_client_stays_if_two_folders_cannot_be_exchanged(
    client: Path, monkeypatch: pytest.MonkeyPatch, library: SimpleNamespace, says: str
) -> None:
    (client / "client.py").write_text("edited")
    edited = state(client)

    def loaded(_name: None, *, use_errno: bool) -> SimpleNamespace:
        assert use_errno
        return library

    monkeypatch.setattr("ctypes.CDLL", loaded)
    monkeypatch.setattr("ctypes.get_errno", lambda: errno.EXDEV)
    with pytest.raises(InputError, match=f"client: cannot be written: {says}"):
        generate(SAMPLE_API, client)
    assert state(client) == edited
    assert [path.name for path in client.parent.iterdir()] == ["client"]


@pytest.mark.parametrize(
    ("ruff", "says"),
    [
        (None, "cannot be run: No such file or directory"),
        ("echo no room left >&2; exit 2", "failed to format the client: no room left"),
    ],
)
def test_a_ruff_that_fails_leaves_the_old_client(
    client: Path, monkeypatch: pytest.MonkeyPatch, ruff: str | None, says: str, tmp_path: Path
) -> None:
    before = state(client)
    scripts = tmp_path / "scripts"
    scripts.mkdir()
    if ruff:
        (scripts / "ruff").write_text(f"#!/bin/sh\n{ruff}\n")
        (scripts / "ruff").chmod(0o755)
    monkeypatch.setattr(sysconfig, "get_path", {"scripts": str(scripts)}.__getitem__)
    with pytest.raises(InputError, match=f"ruff: {says}"):
        generate(SAMPLE_API, client)
    assert state(client) == before


def test_two_generations_at_once_wait_for_each_other(tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as pool:
        for future in [pool.submit(generate, SAMPLE_API, tmp_path / "client") for _ in range(2)]:
            future.result()
    assert difference(SAMPLE_API, tmp_path / "client") == ""
    assert [path.name for path in tmp_path.iterdir()] == ["client"]
