"""The make targets match the documents and `make help`; the locks match pyproject.toml."""

import json
import os
import re
import subprocess
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


def _make(*arguments: str) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    return subprocess.run(
        ["make", *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    ).stdout


def _pins(lock: Path) -> dict[str, str]:
    return dict(re.findall(r"^([\w.-]+)==([\w.]+)", lock.read_text(), re.MULTILINE))


def test_make_alone_lists_every_command() -> None:
    listed = re.findall(r"^  make ([a-z0-9-]+) +\S", _make(), re.MULTILINE)
    assert set(listed) == _targets() - {"setup"}


DOCUMENTS = ("README.md", "CONTRIBUTING.md", "docs/promises.md", "docs/dependencies.md", ".ci/run")


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_command_that_a_document_names_exists(document: str) -> None:
    named = set(
        re.findall(r"(?:^|`|run )make ([a-z][a-z0-9-]*)", (ROOT / document).read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert named
    assert named <= _targets()


def test_every_subcommand_that_a_command_runs_exists() -> None:
    run = set(re.findall(r"\$\(RUN\) generator ([a-z]+)", (ROOT / "Makefile").read_text()))
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


def test_each_dependency_has_its_reason() -> None:
    groups = PROJECT["dependency-groups"].values()
    declared = {Requirement(text).name for group in groups for text in [*group, *PROJECT["project"]["dependencies"]]}
    table = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([\w, -]+) \|.*\|.*\|$", table, re.MULTILINE)
    assert declared == {name for row in rows for name in row.split(", ")} - {
        "dependency",
        "Spectral",
        "Redocly",
        "oasdiff",
        "axe-core",
        "playwright-core",
    }


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
