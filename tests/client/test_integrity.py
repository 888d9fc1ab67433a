"""The client says whether it is whole and where it came from, and lets itself be asked where it cannot be imported."""

import shutil
import sys
from pathlib import Path

import pytest

import generated_client
from generated_client import __main__ as asked
from generated_client._importing import importing

FOLDER = Path(generated_client.__file__).parent


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the client, which is asked in its place."""
    folder = tmp_path / "copy"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(asked, "files", {asked.__package__: folder}.__getitem__)
    return folder


def answer(capsys: pytest.CaptureFixture[str], question: str) -> tuple[int, list[str]]:
    return asked.main([question]), capsys.readouterr().out.splitlines()


def test_it_is_whole_and_says_where_it_came_from(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert answer(capsys, "--check") == (0, ["every file is as it was written"])
    contract = asked.read(copy)["contract"]
    status, lines = answer(capsys, "--version")
    assert status == 0
    assert lines[:2] == [f"{contract['title']} {contract['version']}", f"specification: SHA-256 {contract['sha256']}"]


def test_it_names_each_file_that_is_another(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (copy / "models" / "image.py").write_text("")
    (copy / "errors.py").unlink()
    (copy / "errors.py").mkdir()
    (copy / "mine.py").symlink_to("nowhere")
    (copy / "__pycache__").mkdir()
    (copy / "__pycache__" / "errors.cpython-311.pyc").touch()
    edits = ["errors.py: missing", "mine.py: added", "models/image.py: changed"]
    assert answer(capsys, "--check") == (1, edits)
    assert answer(capsys, "--version")[0] == 0


@pytest.mark.parametrize("manifest", ["", "[]", "{}", '{"digest": 1}', "[" * 9000, None])
def test_without_its_manifest_it_knows_nothing(
    copy: Path, manifest: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    (copy / "manifest.json").unlink()
    if manifest is not None:
        (copy / "manifest.json").write_text(manifest)
    for question in ("--check", "--version"):
        assert answer(capsys, question) == (1, ["manifest.json: missing or damaged"])


def test_a_file_that_cannot_be_read_is_another(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = Path.read_bytes

    def refusing(path: Path) -> bytes:
        if path.name == "errors.py":
            raise PermissionError
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refusing)
    assert asked.edits(copy) == ["errors.py: changed"]


def test_one_question_is_asked_at_a_time() -> None:
    for questions in ([], ["--check", "--version"]):
        with pytest.raises(SystemExit, match="2"):
            asked.main(questions)


@pytest.mark.parametrize(
    "command", [["python", "-m", "myapp.images", "--check"], ["python", "-O", "-m", "myapp.images"]]
)
def test_a_failure_to_import_passes_where_the_package_alone_is_asked(
    command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["-m"])
    monkeypatch.setattr(sys, "orig_argv", command)
    with importing("myapp.images"):
        raise SyntaxError


@pytest.mark.parametrize(
    ("argument", "command"),
    [
        ("-m", ["python", "-m", "myapp"]),
        ("-m", ["python", "-m", "myapp.images.client"]),
        ("myapp/__main__.py", ["python", "-m", "myapp.images"]),
        ("-c", ["python", "-c", "import myapp.images", "myapp.images"]),
    ],
)
def test_any_other_failure_to_import_is_an_error(
    argument: str, command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", [argument])
    monkeypatch.setattr(sys, "orig_argv", command)
    with pytest.raises(SyntaxError), importing("myapp.images"):
        raise SyntaxError
