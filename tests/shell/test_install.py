"""The environment is created once by the right interpreter, from the locks alone, and never partially."""

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from attrs import frozen

ROOT = Path(__file__).parents[2]

# What the script asks of a Python, answered as a Python would; what it installs goes into a list.
GOOD = """#!/bin/sh
case "$1 $2" in
"-c "*base_executable*) echo "{file}" ;;
"-c "*) echo "a home, {version}" ;;
"-m venv") mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
"-m pip") [ ! -e fail ] && echo "$@" >>installed ;;
esac
"""
SHIM = """#!/bin/sh
echo "python: command not found" >&2
exit 127
"""
TOO_OLD = """#!/bin/sh
exit 0
"""


@frozen
class Project:
    """A copy of the locks and their script, and a PATH with the given Pythons only."""

    root: Path
    programs: Path

    def python(self, name: str, *, version: str = "3.12.1", text: str = GOOD) -> Path:
        file = self.programs / name
        file.write_text(text.replace("{version}", version).replace("{file}", str(file)))
        file.chmod(0o755)
        return file

    def install(self, folder: str = ".venv", *python: str) -> subprocess.CompletedProcess[str]:
        command = ["sh", str(self.root / "requirements" / "install.sh"), folder, *python]
        environment = {"PATH": f"{self.root}:{self.programs}"}
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    def made_by(self, *arguments: str) -> str:
        """Return the interpreter that created the environment."""
        return self.install(*arguments).stderr.splitlines()[0].partition(" with ")[2]

    @property
    def installed(self) -> list[str]:
        """Return one line per installation."""
        file = self.root / "installed"
        return file.read_text().splitlines() if file.exists() else []

    @property
    def is_ready(self) -> bool:
        return (self.root / ".venv" / "ready").exists()


@pytest.fixture
def project(tmp_path: Path) -> Project:
    root, programs = tmp_path / "a folder", tmp_path / "programs"
    shutil.copytree(ROOT / "requirements", root / "requirements")
    programs.mkdir()
    for name in ("cat", "cksum", "cp", "dirname", "grep", "mkdir", "rm", "sh"):
        (programs / name).symlink_to(str(shutil.which(name)))
    return Project(root, programs)


def test_everything_is_installed_by_its_hash_and_nothing_is_kept_elsewhere(project: Project) -> None:
    project.python("python3")
    assert project.install().returncode == 0
    assert project.is_ready
    locked, editable = project.installed[:-1], project.installed[-1]
    assert [line.rpartition(" ")[2] for line in locked] == ["requirements/installer.lock", "requirements/dev.lock"]
    assert all("--require-hashes" in line for line in locked)
    assert "--no-index" in editable
    assert all("--no-cache-dir" in line for line in project.installed)


def test_each_step_is_a_line_on_standard_error(project: Project) -> None:
    """A silent set-up of two minutes gets interrupted."""
    python = project.python("python3")
    packages = len(re.findall("^[a-z]", (project.root / "requirements" / "dev.lock").read_text(), re.MULTILINE))
    done = project.install()
    assert done.stdout == ""
    assert done.stderr.splitlines() == [
        f"Setting up .venv with {python}",
        "  creating the environment",
        "  installing pip",
        f"  installing the {packages} packages of requirements/dev.lock, which takes a minute or two",
        "  installing the project itself",
        "  done",
    ]


def test_another_lock_is_installed_without_the_project(project: Project) -> None:
    """And the environment is created again for another one."""
    python = project.python("python3")
    assert project.install(".venv", str(python), "lowest").returncode == 0
    assert [line.rpartition(" ")[2] for line in project.installed] == [
        "requirements/installer.lock",
        "requirements/lowest.lock",
    ]
    assert project.install(".venv", str(python), "lowest").stderr == ""
    assert "Setting up" in project.install().stderr


def test_the_second_time_does_nothing(project: Project) -> None:
    project.python("python3")
    project.install()
    installed = project.installed
    second = project.install()
    assert (second.returncode, second.stderr) == (0, "")
    assert project.installed == installed


def test_an_interrupted_set_up_does_not_count(project: Project) -> None:
    project.python("python3")
    (project.root / "fail").touch()
    assert project.install().returncode != 0
    assert not project.is_ready
    (project.root / "fail").unlink()
    assert project.install().returncode == 0
    assert project.is_ready


def _change_a_lock(project: Project) -> None:
    with (project.root / "requirements" / "dev.lock").open("a") as lock:
        lock.write("# changed\n")


def _lose_the_interpreter(project: Project) -> None:
    (project.root / ".venv" / "bin" / "python").unlink()


def _move(project: Project) -> None:
    ready = project.root / ".venv" / "ready"
    ready.write_text(ready.read_text().replace("a folder", "another folder"))


@pytest.mark.parametrize("change", [_change_a_lock, _lose_the_interpreter, _move])
def test_it_is_made_anew_after(change: Callable[[Project], None], project: Project) -> None:
    project.python("python3")
    project.install()
    change(project)
    (project.root / ".venv" / "left over").touch()
    assert "Setting up" in project.install().stderr
    assert project.is_ready
    assert not (project.root / ".venv" / "left over").exists()


@pytest.mark.parametrize(
    ("texts", "chosen"),
    [
        ({"python3.13": SHIM, "python3.12": GOOD, "python3.11": GOOD}, "python3.12"),
        ({"python3.13": GOOD, "python3.9": GOOD, "python3.21": GOOD}, "python3.21"),
        ({"python3": TOO_OLD, "python": GOOD}, "python"),
    ],
    ids=["not one that fails", "one that does not exist yet", "not one that is too old"],
)
def test_the_newest_that_runs_is_chosen(project: Project, texts: dict[str, str], chosen: str) -> None:
    for name, text in texts.items():
        project.python(name, text=text)
    assert project.made_by() == str(project.programs / chosen)


def test_one_of_the_same_name_further_on_is_found(project: Project) -> None:
    shim = project.python("python3.12", text=SHIM)
    shim.rename(project.root / shim.name)  # the project's folder comes first on PATH
    behind = project.python("python3.12")
    assert project.made_by() == str(behind)


def test_an_activated_environment_is_no_interpreter_to_make_itself_by(project: Project) -> None:
    made_by = project.python("python3")
    project.install()
    activated = Path(shutil.copy(project.root / ".venv" / "bin" / "python", project.root / ".venv" / "bin" / "python3"))
    _change_a_lock(project)
    assert project.made_by(".venv", str(activated)) == str(made_by)
    assert project.is_ready


def test_a_named_interpreter_wins_and_replaces_another(project: Project) -> None:
    project.python("python3.13", version="3.13.0")
    named = project.python("mine", version="3.11.2")
    project.install()
    assert project.made_by(".venv", str(named)) == str(named)
    assert project.install(".venv", str(named)).stderr == ""
    assert project.install().stderr == "", "the one that was asked for stays"


@pytest.mark.parametrize("text", [SHIM, TOO_OLD])
def test_a_named_interpreter_that_will_not_do_is_refused_in_one_sentence(project: Project, text: str) -> None:
    project.python("python3")
    project.install()
    refused = project.install(".venv", str(project.python("mine", text=text)))
    assert refused.returncode == 2
    assert refused.stderr.count("\n") == 1
    assert "mine does not run, is older than 3.11 or lacks venv" in refused.stderr
    assert project.is_ready, "what stood before stands"


def test_no_interpreter_is_one_sentence(project: Project) -> None:
    refused = project.install()
    assert refused.returncode == 2
    assert refused.stderr.startswith("No Python 3.11 or newer")
    assert refused.stderr.count("\n") == 1


@pytest.mark.parametrize("folder", [".", "requirements", "../programs"])
def test_a_folder_of_another_name_is_not_removed(project: Project, folder: str) -> None:
    project.python("python3")
    assert project.install(folder).returncode == 2
    assert (project.root / "requirements" / "dev.lock").exists()
    assert (project.programs / "python3").exists()
