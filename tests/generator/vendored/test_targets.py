"""An invalid target gives one sentence and exit status 2, and is left as it was."""

import os
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from generator.errors import InputError
from generator.vendoring.atomic import staging_dir
from generator.vendoring.bundle import ClientBundle
from tests.commands import Run
from tests.generator.vendored.sources import contents, source, state
from tests.generator.writer.rendering import file_size_limit


def _a_file(folder: Path) -> str:
    (folder / "images").write_text("mine")
    return "images"


def _other_folder(folder: Path) -> str:
    (folder / "images").mkdir()
    (folder / "images" / "notes.txt").write_text("mine")
    return "images"


def _other_manifest(folder: Path) -> str:
    (folder / "images").mkdir()
    (folder / "images" / "manifest.json").write_text('{"manifest_version": 3, "files": []}')
    return "images"


def _a_link(folder: Path) -> str:
    (folder / "real").mkdir()
    (folder / "images").symlink_to("real")
    return "images"


def _a_link_to_nothing(folder: Path) -> str:
    (folder / "images").symlink_to("nothing")
    return "images"


def _below_a_file(folder: Path) -> str:
    (folder / "file").write_text("mine")
    return "file/images"


def _a_pipe(folder: Path) -> str:
    os.mkfifo(folder / "images")
    return "images"


BAD: dict[str, tuple[Callable[[Path], str], str]] = {
    "a file": (_a_file, "is not a folder; name a folder"),
    "a pipe": (_a_pipe, "is not a folder; name a folder"),
    "another folder": (
        _other_folder,
        "is not a copy of the client but contains notes.txt; name a new folder, or a package in it with --name",
    ),
    "another manifest": (_other_manifest, "is not a copy of the client but contains manifest.json;"),
    "a link": (_a_link, "is a symbolic link; name the folder that it points to"),
    "a link to nothing": (_a_link_to_nothing, "is a symbolic link;"),
    "below a file": (_below_a_file, "cannot be written: Not a directory"),
    "not an identifier": (lambda _: "my-images", "is not an importable package name; end the path with one"),
    "a keyword": (lambda _: "import", "is not an importable package name;"),
}


@pytest.mark.parametrize(("make", "message"), BAD.values(), ids=BAD)
def test_it_is_rejected_in_one_sentence(
    tmp_path: Path, first: ClientBundle, run: Run, make: Callable[[Path], str], message: str
) -> None:
    """With --force too, which is only for edits of a copy."""
    target = tmp_path / make(tmp_path)
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


@pytest.mark.parametrize("where", ["client", "client/models/copy", "."])
def test_the_source_is_no_target(tmp_path: Path, run: Run, where: str) -> None:
    made = source(tmp_path / "project")
    before = state(tmp_path)
    status, _, err = run(made, tmp_path / "project" / where)
    assert (status, err.partition(": ")[2]) == (
        2,
        "overlaps with the client that is copied; name a folder outside it\n",
    )
    assert state(tmp_path) == before


def test_a_source_reached_through_a_link_is_no_target(tmp_path: Path, run: Run) -> None:
    made = source(tmp_path / "project")
    (tmp_path / "link").symlink_to("project")
    assert run(made, tmp_path / "link" / "client" / "copy")[0] == 2


def test_an_unwritable_folder_is_an_error(first: ClientBundle, run: Run) -> None:
    status, _, err = run(first, "/proc/images")
    assert status == 2
    assert err.startswith("/proc/images: cannot be written: ")


@pytest.fixture(params=["a copy", ""], ids=["a copy", "nothing"])
def target(request: pytest.FixtureRequest, tmp_path: Path, first: ClientBundle, run: Run) -> Path:
    """The folder of a copy of the first version, or a missing folder in a missing folder."""
    folder = tmp_path / "deep" / "images"
    if request.param:
        run(first, folder)
    return folder


@pytest.mark.parametrize("limit", [0, 100, 3_000, 6_000])
def test_a_full_disk_leaves_the_old_files(target: Path, second: ClientBundle, run: Run, limit: int) -> None:
    """A limit on the file size fails as a full disk does."""
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


def test_an_edited_client_is_not_copied(tmp_path: Path, run: Run) -> None:
    made = source(tmp_path / "project")
    (made.client / "client.py").write_text("# mine\n")
    status, _, err = run(made, tmp_path / "images")
    assert status == 2
    assert err == (f"{made.client}: was edited after generation (client.py: changed); run `make generate`\n")
    assert not (tmp_path / "images").exists()


def test_a_client_of_another_specification_is_not_copied(tmp_path: Path, run: Run) -> None:
    made = source(tmp_path / "project")
    with made.specification.open("a") as file:
        file.write("# changed\n")
    status, _, err = run(made, tmp_path / "images")
    assert status == 2
    assert err == f"{made.client}: was not generated from {made.specification}; run `make generate`\n"


def test_a_folder_created_by_another_program_is_kept(
    tmp_path: Path, first: ClientBundle, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Created just before the missing folders are put in their place."""

    @contextmanager
    def late(destination: Path) -> Generator[Path]:
        with staging_dir(destination) as scratch:
            (tmp_path / "deep").mkdir()
            (tmp_path / "deep" / "mine").touch()
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
