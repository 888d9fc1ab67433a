"""An invalid target gives one sentence and exit status 2, and is left as it was."""

import os
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from generator.errors import InputError
from generator.vendoring.atomic import staging_dir, write_files
from generator.vendoring.bundle import ClientBundle
from tests.commands import Run
from tests.generator.folders import contents, file_size_limit, state
from tests.generator.vendored.sources import source

Make = Callable[[Path], object]


def _nothing(_target: Path) -> None:
    pass


def _folder_with(name: str, text: bytes) -> Make:
    return lambda target: write_files(target, {name: text})


BAD: dict[str, tuple[str, Make, str]] = {
    "a file": ("images", Path.touch, "is not a folder; name a folder"),
    "a pipe": ("images", os.mkfifo, "is not a folder; name a folder"),
    "another folder": (
        "images",
        _folder_with("notes.txt", b"mine"),
        "is not a copy of the client but contains notes.txt; name a new folder, or a package in it with --name",
    ),
    "another manifest": (
        "images",
        _folder_with("manifest.json", b'{"manifest_version": 3, "files": []}'),
        "is not a copy of the client but contains manifest.json;",
    ),
    "a link": (
        "images",
        lambda target: target.symlink_to("."),
        "is a symbolic link; name the folder that it points to",
    ),
    "a link to nothing": ("images", lambda target: target.symlink_to("nothing"), "is a symbolic link;"),
    "below a file": ("file/images", lambda target: target.parent.touch(), "cannot be written: Not a directory"),
    "unwritable": ("/proc/images", _nothing, "cannot be written: "),
    "not an identifier": ("my-images", _nothing, "is not an importable package name; end the path with one"),
    "a keyword": ("import", _nothing, "is not an importable package name;"),
}
"""Kind of target -> its path, what makes it, and the message."""


@pytest.mark.parametrize("kind", BAD)
def test_it_is_rejected_in_one_sentence(tmp_path: Path, first: ClientBundle, run: Run, kind: str) -> None:
    """With --force too, which is only for edits of a copy."""
    path, make, message = BAD[kind]
    target = tmp_path / path
    make(target)
    before = state(tmp_path)
    for options in ([], ["--force"]):
        status, out, err = run(first, target, *options)
        assert (status, out) == (2, "")
        assert err.startswith(f"{target}: {message}")
        assert err.count("\n") == 1
    assert state(tmp_path) == before


@pytest.mark.parametrize("name", ["a-b", "..", "a..b", "/etc", "a b", "class"])
def test_a_name_that_python_cannot_import_is_rejected(tmp_path: Path, first: ClientBundle, run: Run, name: str) -> None:
    status, _, err = run(first, tmp_path, "--name", name)
    assert (status, err.partition("; ")[0]) == (2, f"{name}: is not an importable package name")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("target", ["project/client", "project/client/models/copy", "project", "link/client/copy"])
def test_the_source_is_no_target(tmp_path: Path, run: Run, target: str) -> None:
    made = source(tmp_path / "project")
    (tmp_path / "link").symlink_to("project")
    before = state(tmp_path)
    status, _, err = run(made, tmp_path / target)
    assert (status, err.partition(": ")[2]) == (
        2,
        "overlaps with the client that is copied; name a folder outside it\n",
    )
    assert state(tmp_path) == before


@pytest.fixture(params=["a copy", ""], ids=["a copy", "nothing"])
def target(request: pytest.FixtureRequest, tmp_path: Path, first: ClientBundle, run: Run) -> Path:
    """The folder of a copy of the first version, or a missing folder in a missing folder."""
    folder = tmp_path / "deep" / "images"
    if request.param:
        run(first, folder)
    return folder


@pytest.mark.parametrize("limit", [0, 100, 3_000, 6_000])
def test_a_full_disk_leaves_the_old_files(target: Path, second: ClientBundle, run: Run, limit: int) -> None:
    tree = target.parents[1]
    before = contents(tree)
    made = target if before else target.parent
    with file_size_limit(limit):
        result = run(second, target)
    assert result == (2, "", f"{made}: cannot be written: File too large\n")
    assert contents(tree) == before


def test_a_missing_file_of_ours_is_not_a_target_that_cannot_be_written(tmp_path: Path) -> None:
    """Only what fails beside the target is about the target."""
    ours = tmp_path / "ours" / "template"
    (tmp_path / "theirs").mkdir()
    with pytest.raises(FileNotFoundError, match=str(ours)), staging_dir(tmp_path / "theirs" / "images"):
        ours.read_bytes()
    with pytest.raises(InputError, match="theirs/images: cannot be written"), staging_dir(tmp_path / "theirs/images"):
        (tmp_path / "theirs" / "missing" / "file").touch()


@pytest.mark.parametrize(
    ("file", "message"),
    [
        ("client/client.py", "was edited after generation (client.py: changed); run `make generate`"),
        ("spec/openapi.yaml", "was not generated from {specification}; run `make generate`"),
    ],
)
def test_a_client_that_is_not_what_was_generated_is_not_copied(
    tmp_path: Path, run: Run, file: str, message: str
) -> None:
    made = source(tmp_path / "project")
    with (tmp_path / "project" / file).open("a") as changed:
        changed.write("# changed\n")
    expected = f"{made.client}: {message.format(specification=made.specification)}\n"
    assert run(made, tmp_path / "images") == (2, "", expected)
    assert not (tmp_path / "images").exists()


def test_a_folder_created_by_another_program_is_kept(
    tmp_path: Path, first: ClientBundle, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Created just before the missing folders are put in their place."""

    @contextmanager
    def late(destination: Path) -> Generator[Path]:
        with staging_dir(destination) as scratch:
            write_files(tmp_path / "deep", {"mine": b""})
            yield scratch

    monkeypatch.setattr("generator.vendoring.vendor.install.staging_dir", late)
    status, _, err = run(first, tmp_path / "deep" / "images")
    assert (status, err) == (2, f"{tmp_path}/deep: was created by another program in the meantime; try again\n")
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["mine"]


def test_a_target_that_cannot_be_listed_is_invalid_input(
    tmp_path: Path, first: ClientBundle, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder of another user, for example."""
    iterdir, folder = Path.iterdir, tmp_path / "images"

    def refuse(path: Path) -> Generator[Path]:
        if path == folder:
            raise PermissionError(13, "Permission denied", str(path))
        return iterdir(path)

    folder.mkdir()
    monkeypatch.setattr(Path, "iterdir", refuse)
    assert run(first, folder) == (2, "", f"{folder}: cannot be read: Permission denied\n")
