"""The manifest and the command line of the client: origin and local edits, even if the client cannot be imported."""

import shutil
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path

import pytest

import generated_client
from generated_client import __main__ as command_line
from generated_client import _manifest
from generated_client._importing import importing

FOLDER = Path(generated_client.__file__).parent


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the client, on which the command line runs."""
    folder = tmp_path / "copy"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(command_line, "files", {command_line.__package__: folder}.__getitem__)
    return folder


def run(capsys: pytest.CaptureFixture[str], option: str) -> tuple[int, list[str]]:
    return command_line.main([option]), capsys.readouterr().out.splitlines()


def test_an_unedited_client_prints_its_origin(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "--check") == (0, ["every file is as it was written"])
    contract = _manifest.load(copy)["contract"]
    status, lines = run(capsys, "--version")
    assert status == 0
    assert lines[:2] == [f"{contract['title']} {contract['version']}", f"specification: SHA-256 {contract['sha256']}"]


def test_each_local_edit_is_listed(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (copy / "models" / "image.py").write_text("")
    (copy / "errors.py").unlink()
    (copy / "errors.py").mkdir()
    (copy / "mine.py").symlink_to("nowhere")
    (copy / "__pycache__").mkdir()
    (copy / "__pycache__" / "errors.cpython-311.pyc").touch()
    edits = ["errors.py: missing", "mine.py: added", "models/image.py: changed"]
    assert run(capsys, "--check") == (1, edits)
    assert run(capsys, "--version")[0] == 0


@pytest.mark.parametrize("manifest", ["", "[]", "{}", '{"digest": 1}', "[" * 9000, None])
def test_a_damaged_manifest_is_reported(copy: Path, manifest: str | None, capsys: pytest.CaptureFixture[str]) -> None:
    (copy / "manifest.json").unlink()
    if manifest is not None:
        (copy / "manifest.json").write_text(manifest)
    for option in ("--check", "--version"):
        assert run(capsys, option) == (1, ["manifest.json: missing or damaged"])


def test_an_unreadable_file_counts_as_changed(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = Path.read_bytes

    def refusing(path: Path) -> bytes:
        if path.name == "errors.py":
            raise PermissionError
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refusing)
    assert _manifest.local_edits(copy) == ["errors.py: changed"]


@pytest.mark.parametrize("text", [None, "def"])
def test_a_client_without_a_module_for_its_manifest_is_not_intact(copy: Path, text: str | None) -> None:
    (copy / "_manifest.py").unlink()
    if text is not None:
        (copy / "_manifest.py").write_text(text)
    done = subprocess.run([sys.executable, copy, "--check"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "_manifest.py: missing or damaged\n")


def test_exactly_one_option_is_required() -> None:
    for options in ([], ["--check", "--version"]):
        with pytest.raises(SystemExit, match="2"):
            command_line.main(options)


@pytest.mark.parametrize(
    ("argument", "command", "is_ignored"),
    [
        ("-m", "python -m myapp.images --check", True),
        ("-m", "python -O -m myapp.images", True),
        ("-m", "python -m myapp", False),
        ("-m", "python -m myapp.images.client", False),
        ("myapp/__main__.py", "python -m myapp.images", False),
        ("-c", "python -c pass myapp.images", False),
    ],
)
def test_an_import_error_is_ignored_for_the_command_line_alone(
    argument: str, command: str, monkeypatch: pytest.MonkeyPatch, *, is_ignored: bool
) -> None:
    monkeypatch.setattr(sys, "argv", [argument])
    monkeypatch.setattr(sys, "orig_argv", command.split())
    with nullcontext() if is_ignored else pytest.raises(SyntaxError), importing("myapp.images"):
        raise SyntaxError
