"""Tools from the index meet the copy: formatters, `pre-commit`, installers, PyInstaller. It also has our own hooks."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generated_client.testing import FakeServer
from generator.vendoring import wheel
from generator.vendoring.vendor import vendor
from tests.clones import commit, git, make_clone
from tests.consumer.conftest import IMAGE, ROOT, SOURCE, Application
from tests.consumer.environment import declared, make

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

HERE = Path(__file__).parent
COPY = "myapp/_vendor/images"


def _install(python: Path, *what: str) -> None:
    options = ["--python", str(python), "install", "--quiet", "--no-cache-dir", "--disable-pip-version-check"]
    subprocess.run([sys.executable, "-m", "pip", *options, *what], check=True)


@pytest.fixture(scope="session")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of an environment with the tools, and with what the client needs."""
    python = make(tmp_path_factory.mktemp("tools") / "environment", declared(HERE / "command_line"))
    _install(python, "--require-hashes", "--requirement", str(ROOT / "requirements" / "consumer.lock"))
    return python


@pytest.fixture
def host(tmp_path: Path) -> Path:
    """A project with a copy of the client, and a module of its own that every formatter would change."""
    vendor(SOURCE, tmp_path / COPY)
    (tmp_path / "myapp" / "__init__.py").write_text("import sys, os\nx = {  'a':1 }\n")
    return tmp_path


@pytest.mark.parametrize("command", ["black --check --line-length 60", "isort --check --line-length 60"])
@pytest.mark.parametrize("file", [".", f"{COPY}/client.py", f"{COPY}/errors.py"])
def test_a_formatter_leaves_the_copy_alone(host: Path, tools: Path, command: str, file: str) -> None:
    """Walking the project, and given the very file; the module of the project's own it does see."""
    done = subprocess.run(
        [str(tools), "-m", *command.split(), file], cwd=host, capture_output=True, text=True, check=False
    )
    output = done.stdout + done.stderr
    assert COPY not in output
    assert (done.returncode, "myapp/__init__.py" in output) == ((1, True) if file == "." else (0, False))


@pytest.mark.parametrize("options", [["--explicit-package-bases", "."], ["--explicit-package-bases", "myapp"]])
def test_an_application_without_init_files_is_checked_as_the_readme_says(host: Path, options: list[str]) -> None:
    """Without the option, mypy finds each module of the copy under two names."""
    assert f"`mypy {options[0]}`" in (ROOT / "README.md").read_text(encoding="utf-8")
    (host / "myapp" / "__init__.py").unlink()
    (host / "myapp" / "main.py").write_text("from myapp._vendor.images import Client\n\nClient('').images.get(1)\n")
    mypy = [sys.executable, "-m", "mypy", "--strict", "--cache-dir=/dev/null"]
    checked = subprocess.run([*mypy, *options], cwd=host, capture_output=True, text=True, check=False)
    (error, total) = checked.stdout.splitlines()
    assert error.startswith("myapp/main.py:3: error: ")
    assert total.startswith("Found 1 error in 1 file ")
    assert "twice" in subprocess.run([*mypy, "myapp"], cwd=host, capture_output=True, text=True, check=False).stdout


def test_pre_commit_runs_the_hook(host: Path, tools: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The hook passes whole copies, and no others."""
    assert "hook `vendored-client` with `args: [" in (ROOT / "README.md").read_text(encoding="utf-8")
    copies = [COPY, "myapp/other"]
    shutil.copytree(host / COPY, host / copies[1])
    project = tmp_path_factory.mktemp("project")
    shutil.copy(ROOT / ".pre-commit-hooks.yaml", project)
    for folder in (project, host):
        git(folder, "init", "--quiet")
        commit(folder)
    hook = f"{{id: vendored-client, args: [{', '.join(copies)}]}}"
    config = f"repos: [{{repo: '{project}', rev: {git(project, 'rev-parse', 'HEAD')}, hooks: [{hook}]}}]\n"
    (host / ".pre-commit-config.yaml").write_text(config)
    git(host, "add", ".pre-commit-config.yaml")
    assert "Passed" in _pre_commit(tools, host, 0)
    for copy in copies:
        (host / copy / "client.py").unlink()
        assert "client.py: missing" in _pre_commit(tools, host, 1)
        git(host, "checkout", ".")


@pytest.fixture
def maintained(tools: Path, tmp_path: Path) -> Path:
    """A clone of a maintainer, with the hooks of this project."""
    clone = make_clone(tmp_path, ".pre-commit-config.yaml", "LICENSE")
    commit(clone)
    subprocess.run([str(tools), "-m", "pre_commit", "install"], cwd=clone, check=True, capture_output=True)
    return clone


def _commit(clone: Path) -> tuple[int, str]:
    """Commit everything as a maintainer does; return the exit status and what git prints."""
    author = {f"GIT_{role}_{name}": "a@b" for role in ("AUTHOR", "COMMITTER") for name in ("NAME", "EMAIL")}
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(clone / "home"), **author}
    command = ["git", "commit", "--all", "--message", "next"]
    done = subprocess.run(command, cwd=clone, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def _replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


REJECTED = {
    "invalid": (("maxLength: 50", "maxLength: -1"), "lint", "spec/openapi.yaml:50: "),
    "not in style": (("description: Docker", "description: TODO"), "lint", ": todo: `description` is not written"),
    "unlike the page": (("maxLength: 50", "maxLength: 40"), "contract", "value-differs: parameter imageId maxLength"),
    "not generated": (("examples:", "examples: # next"), "generate", "; run `make generate`"),
}


@pytest.mark.parametrize(("edit", "hook", "sentence"), REJECTED.values(), ids=REJECTED)
def test_a_commit_of_a_bad_spec_is_rejected(maintained: Path, edit: tuple[str, str], hook: str, sentence: str) -> None:
    """By the first hook that fails, with its sentence."""
    _replace(maintained / "spec/openapi.yaml", *edit)
    status, output = _commit(maintained)
    assert status == 1
    assert f"- hook id: {hook}\n" in output
    assert output.count("- hook id: ") == 1
    assert sentence in output


def test_the_hooks_of_a_maintainer_pass_a_good_commit(maintained: Path) -> None:
    """And do not run for one that leaves the spec alone."""
    _replace(maintained / "LICENSE", "Apache", "A")
    status, output = _commit(maintained)
    assert (status, output.count("Skipped")) == (0, 3)
    _replace(maintained / "spec/CHANGELOG.md", "#", "##")
    status, output = _commit(maintained)
    assert (status, output.count("Passed")) == (0, 3)


def _pre_commit(tools: Path, host: Path, status: int) -> str:
    environment = {"PATH": f"{tools.parent}:/usr/bin:/bin", "HOME": str(host.parent / "home")}
    command = [str(tools), "-m", "pre_commit", "run", "--all-files"]
    done = subprocess.run(command, cwd=host, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == status, done.stdout + done.stderr
    return done.stdout


def test_an_installer_takes_the_wheel_with_its_extras(tmp_path: Path) -> None:
    """And finds what it and they need."""
    python = make(tmp_path / "environment", [])
    (archive,) = [path for path in wheel.build(SOURCE, tmp_path / "dist") if path.suffix == ".whl"]
    _install(python, f"{archive}[credentials,fast]")
    program = "import yandex_container_registry, jwt.algorithms, httpx_aiohttp; assert jwt.algorithms.has_crypto"
    subprocess.run([str(python), "-c", program], check=True)
    subprocess.run([str(python), "-m", "yandex_container_registry", "--check"], check=True)


def test_frozen_by_pyinstaller(tool: Application, tools: Path, fake_server: FakeServer, tmp_path: Path) -> None:
    """PyInstaller needs no hint to find it in an application, on any Python."""
    name = "registry_tool._vendor.images"
    shutil.copytree(tool.folder / "registry_tool", tmp_path / "registry_tool")
    program = (HERE / "call_client.py").read_text(encoding="utf-8")
    (tmp_path / "call_client.py").write_text(program.replace("import asyncio\n", f"import {name}\nimport asyncio\n"))
    freeze = [str(tools), "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR", "call_client.py"]
    subprocess.run(freeze, cwd=tmp_path, check=True)
    shutil.rmtree(tmp_path / "registry_tool")
    frozen = [str(tmp_path / "dist" / "call_client" / "call_client"), fake_server.url, IMAGE.id, name]
    done = subprocess.run(frozen, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"{name} ")
