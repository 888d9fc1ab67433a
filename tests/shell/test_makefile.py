"""The make targets match the documents and `make help`; the locks match pyproject.toml."""

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

from generator.commands import COMMANDS

ROOT = Path(__file__).parents[2]
LOCKS = sorted((ROOT / "requirements").glob("*.lock"))
DEVELOPMENT = ROOT / "requirements" / "dev.lock"
RUNTIME = ROOT / "requirements" / "runtime.lock"
LOWEST = ROOT / "requirements" / "lowest.lock"
LOWEST_HTTPX2 = ROOT / "requirements" / "httpx2.lock"
CONSUMER = ROOT / "requirements" / "consumer.lock"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def _targets() -> set[str]:
    declared = re.search(r"^\.PHONY:(.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert declared
    return set(declared[1].split())


def _run_make(*arguments: str | Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run `make` in the environment of the tests, with other variables of the environment."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    command = ["make", "--no-print-directory", "-o", "setup", f"VENV={sys.prefix}", *map(str, arguments)]
    environment |= variables
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def _make(*arguments: str | Path, **variables: str) -> str:
    process = _run_make(*arguments, **variables)
    assert (process.returncode, process.stderr) == (0, "")
    return process.stdout


def _pins(lock: Path) -> dict[str, str]:
    return dict(re.findall(r"^([\w.-]+)==([\w.]+)", lock.read_text(), re.MULTILINE))


def test_make_alone_lists_every_command() -> None:
    listed = re.findall(r"^  make ([a-z0-9-]+) +\S", _make(), re.MULTILINE)
    assert set(listed) == _targets() - {"setup"}


@pytest.mark.parametrize("target", ["changes", "contract", "generate"])
def test_a_deprecation_stops_a_command(target: str, tmp_path: Path) -> None:
    """Of a dependency too, which Python does not show by default."""
    (tmp_path / "yaml.py").write_text("import warnings\nwarnings.warn('outdated', DeprecationWarning, stacklevel=2)\n")
    process = _run_make(target, PYTHONPATH=str(tmp_path))
    assert process.returncode
    assert "DeprecationWarning: outdated" in process.stderr


REJECTED = {
    "a lower-case name": (
        ("changes", "base=main"),
        "`make changes` does not read base; it reads BASE PYTHON SPEC VENV.",
    ),
    "an unused variable": (("lint", "PORT=8000"), "`make lint` does not read PORT; it reads PYTHON VENV."),
    "two": (("serve", "BASE=a", "port=1"), "`make serve` does not read BASE port; it reads PORT PYTHON SPEC VENV."),
    "no target": (("PORT=1",), "`make help` does not read PORT; it reads PYTHON VENV."),
    "a flag that is off": (("vendor", "DEST=images", "FORCE=0"), "FORCE can only be 1, not 0."),
    "no destination": (
        ("vendor",),
        "`make vendor` needs the folder of the copy, such as DEST=../myapp/myapp/_vendor/images.",
    ),
}


@pytest.mark.parametrize(("arguments", "message"), REJECTED.values(), ids=REJECTED)
def test_a_wrong_variable_is_one_sentence(arguments: tuple[str, ...], message: str) -> None:
    process = _run_make(*arguments)
    assert (process.returncode, process.stdout) == (2, "")
    assert re.fullmatch(rf"Makefile:\d+: \*\*\* {re.escape(message)}  Stop\.\n", process.stderr)


READ = {
    "generate SPEC=a.yaml CLIENT=b": 'generate --spec "a.yaml" --client "b"',
    "contract SPEC=a.yaml CLIENT=b PAGE=c.md": 'contract --spec "a.yaml" --client "b" --page "c.md"',
    "drift SPEC=a.yaml": 'drift --spec "a.yaml"',
    "changes SPEC=a.yaml BASE=main": 'changes --spec "a.yaml" "main"',
    "review SPEC=a.yaml CLIENT=b BASE=main": 'review --spec "a.yaml" --client "b" --base "main"',
    "vendor DEST=a NAME=b.c HTTP=httpx2 FORCE=1": 'vendor "a" --name "b.c" --http "httpx2" --force',
    "vendor DEST=a CHECK=1": 'vendor "a" --check',
    "serve SPEC=a.yaml PORT=8000": 'serve --spec "a.yaml" --port "8000"',
    "demo SPEC=a.yaml": 'demo --spec "a.yaml"',
}


@pytest.mark.parametrize(("arguments", "command"), READ.items())
def test_a_variable_becomes_an_option(arguments: str, command: str) -> None:
    shown = _make("--dry-run", *arguments.split())
    assert " ".join(shown.split()).endswith(f" -m generator {command}")


def test_every_variable_of_a_target_is_tried() -> None:
    read = {
        (target, name)
        for target, names in re.findall(r"^READS_(\S+) = (.+)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
        for name in names.split()
    }
    tried = {(words[0], word.partition("=")[0]) for words in map(str.split, READ) for word in words[1:]}
    assert read - tried == {("lock", "PACKAGE"), ("test-lowest", "WITH")}


def test_the_environment_sets_no_variable() -> None:
    """Some systems set NAME to the name of the host."""
    shown = _make("--dry-run", "vendor", "DEST=a", NAME="host", FORCE="1", CHECK="x")
    assert shown.split()[-3:] == ["generator", "vendor", '"a"']


def test_a_refusal_names_variables_of_make_and_options_of_the_command(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").touch()
    command = [sys.executable, "-m", "generator", "vendor", str(tmp_path / "a-b")]
    process = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert process.stderr.endswith(" or add --name\n")
    process = _run_make("vendor", f"DEST={tmp_path / 'a-b'}")
    assert process.returncode == 2
    assert process.stderr.splitlines()[0].endswith(" or add NAME=images")
    assert "--" not in process.stderr.splitlines()[0]
    message = _run_make("generate", "SPEC=tests/generator/lint/clean.yaml").stderr.splitlines()[0]
    assert message.endswith("; name another folder with CLIENT=")


DOCUMENTS = ("README.md", "CONTRIBUTING.md", "docs/promises.md", "docs/dependencies.md", ".ci/run")


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_command_that_a_document_names_exists(document: str) -> None:
    named = set(
        re.findall(r"(?:^|`|run )make ([a-z][a-z0-9-]*)", (ROOT / document).read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert named
    assert named <= _targets()


def test_every_subcommand_that_a_command_runs_exists() -> None:
    run = set(re.findall(r"\$\((?:RUN\) generator|COMMAND\)) ([a-z]+)", (ROOT / "Makefile").read_text()))
    assert run
    assert run <= COMMANDS.keys()


def test_the_continuous_integration_runs_the_test_command_of_the_readme() -> None:
    assert "make test" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert "\nrun make test\n" in (ROOT / ".ci" / "run").read_text()


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_names_no_host_and_has_a_hash_for_everything(lock: Path) -> None:
    text = lock.read_text()
    assert "://" not in text
    requirements = re.split(r"^(?=\w)", text, flags=re.MULTILINE)[1:]
    assert requirements
    assert all("--hash=sha256:" in requirement for requirement in requirements)


def test_the_lock_of_the_node_tools_names_no_host() -> None:
    packages = json.loads((ROOT / "lint" / "package-lock.json").read_text())["packages"]
    assert packages
    assert not any("resolved" in package for package in packages.values())
    assert all("integrity" in package for path, package in packages.items() if path)


TOOLS = {"Spectral", "Redocly", "oasdiff", "axe-core", "playwright-core", "pyodide", "openapi-typescript", "typescript"}
"""The code that Node runs."""


def test_each_dependency_has_its_reason() -> None:
    groups = PROJECT["dependency-groups"].values()
    declared = {Requirement(text).name for group in groups for text in [*group, *PROJECT["project"]["dependencies"]]}
    table = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([\w, -]+) \|.*\|.*\|$", table, re.MULTILINE)
    assert declared == {name for row in rows for name in row.split(", ")} - {"dependency", *TOOLS}


@pytest.mark.parametrize(
    ("declared", "lock"),
    [
        pytest.param(PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"], DEVELOPMENT, id="dev"),
        pytest.param(PROJECT["dependency-groups"]["client"], RUNTIME, id="runtime"),
        pytest.param(PROJECT["dependency-groups"]["consumer"], CONSUMER, id="consumer"),
        pytest.param(PROJECT["dependency-groups"]["lowest"], LOWEST, id="lowest"),
    ],
)
def test_the_lock_holds_what_is_declared(declared: list[str], lock: Path) -> None:
    pins = _pins(lock)
    for requirement in map(Requirement, declared):
        assert pins[requirement.name] in requirement.specifier


def test_the_client_is_tested_with_the_versions_of_its_own_lock() -> None:
    assert _pins(RUNTIME).items() <= _pins(DEVELOPMENT).items()


@pytest.mark.parametrize(
    ("group", "lock"),
    [("client", LOWEST), ("client-credentials", LOWEST), ("client-fast", LOWEST), ("httpx2", LOWEST_HTTPX2)],
)
def test_the_client_is_tested_with_the_lowest_versions_too(group: str, lock: Path) -> None:
    """Each is the floor itself, or the first version above it that can be had."""
    pins = _pins(lock)
    for requirement in map(Requirement, PROJECT["dependency-groups"][group]):
        (floor,) = (bound.version for bound in requirement.specifier if bound.operator == ">=")
        pinned = Version(pins[requirement.name]).release
        assert Version(floor).release <= pinned
        assert pinned[: len(Version(floor).release)] == Version(floor).release


def test_what_the_client_needs_is_declared_alike_for_the_project() -> None:
    assert set(PROJECT["dependency-groups"]["client"]) <= set(PROJECT["project"]["dependencies"])


def test_the_generator_installs_no_script() -> None:
    """Its commands read files of the checkout, such as LICENSE, which a wheel lacks."""
    assert "scripts" not in PROJECT["project"]
