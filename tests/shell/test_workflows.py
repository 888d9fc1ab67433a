"""The workflows: their permissions are few, and their scripts do what they say. `make lint` checks the rest."""

from __future__ import annotations

import os
import re
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.clones import commit, git, make_clone, write_program
from tests.contract.mutations import Mutation, apply
from tests.contract.pages import page_of
from tests.contract.witnesses import ROOT, locks
from tests.documentation_site import documentation_site

WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
WRITES = {"drift.yml": {"contents", "pull-requests"}, "review.yml": {"pull-requests"}, "release.yml": {"id-token"}}
"""Workflow -> what it may write."""

GH = 'printf "%s\\n" "$*" >> "$GH_LOG"\n[ "$1 $2" != "pr list" ] || echo "${OPEN_PULL_REQUESTS:-0}"'
"""Stands for the command of GitHub: writes down how it was called."""


def _load(workflow: Path) -> dict[Any, Any]:
    return dict(yaml.safe_load(workflow.read_bytes()))


def test_the_workflows_are_there() -> None:
    assert {workflow.name for workflow in WORKFLOWS} == {"ci.yml", "drift.yml", "release.yml", "review.yml"}


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda workflow: workflow.name)
def test_a_workflow_has_the_least_permissions(workflow: Path) -> None:
    """And no secret but the built-in token."""
    content = _load(workflow)
    permissions = [content["permissions"], *(job.get("permissions", {}) for job in content["jobs"].values())]
    written = {name for scope in permissions for name, access in scope.items() if access == "write"}
    assert written == WRITES.get(workflow.name, set())
    assert "secrets." not in workflow.read_text("utf-8")


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda workflow: workflow.name)
def test_each_make_target_of_a_workflow_exists(workflow: Path) -> None:
    targets = set(re.findall(r"^([a-z0-9-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    steps = [step.get("run", "") for job in _load(workflow)["jobs"].values() for step in job["steps"]]
    called = {target for run in steps for names in re.findall(r"make ([a-z -]+)", run) for target in names.split()}
    assert called <= targets


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A repository with the specification, the scripts and an environment, whose `origin` is beside it."""
    (tmp_path / "bin").mkdir()
    write_program(tmp_path / "bin/gh", GH)
    git(tmp_path, "init", "-q", "--bare", "origin")
    folder = make_clone(tmp_path / "clone", ".github")
    git(folder, "remote", "add", "origin", str(tmp_path / "origin"))
    return folder


def _environment(clone: Path, **variables: str) -> dict[str, str]:
    path = f"{clone.parent / 'bin'}:{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "GH_LOG": str(clone.parent / "gh.log"), "HOME": str(clone.parent), **variables}


def _propose(clone: Path, open_pull_requests: int = 0) -> tuple[int, list[str]]:
    environment = _environment(clone, OPEN_PULL_REQUESTS=str(open_pull_requests))
    done = subprocess.run(["bash", ".github/propose_drift.sh"], cwd=clone, env=environment, check=False)
    log = clone.parent / "gh.log"
    return done.returncode, log.read_text().splitlines() if log.exists() else []


@pytest.mark.slow
@pytest.mark.skipif(
    not find_spec("generator.extras"), reason="drift is one of the extras, without which all else works"
)
def test_drift_is_proposed_in_one_pull_request(clone: Path) -> None:
    changed = apply(locks()[0], Mutation("response", "digest", "deprecated", value=True))
    with documentation_site() as site:
        (clone / "spec/pages.yaml").write_text(f"pages:\n  image.get.yaml: {site.url}/get.md\n")
        known = clone / "spec/known-differences.yaml"
        entries = known.read_text("utf-8").split("  - difference")
        known.write_text("  - difference".join(entry for entry in entries if "witness: documentation" not in entry))
        commit(clone, "first")

        site.put("/get.md", page_of(locks()[0], "en"))
        assert _propose(clone) == (0, [])

        site.put("/get.md", "<html>")
        assert _propose(clone) == (2, [])

        site.put("/get.md", page_of(changed, "en"))
        status, calls = _propose(clone)
        assert (status, [call.split()[:2] for call in calls]) == (0, [["pr", "list"], ["pr", "create"]])
        shown = git(clone, "show", "origin/drift/pages", "--", "spec/openapi.yaml")
        assert re.search(r"^\+ +deprecated: true$", shown, re.MULTILINE)
        assert "deprecated: true" in git(clone, "show", "drift/pages", "--", "spec/documented/image.get.yaml")

        git(clone, "switch", "-q", "main")
        status, calls = _propose(clone, open_pull_requests=1)
        assert (status, [call.split()[:2] for call in calls[2:]]) == (0, [["pr", "list"], ["pr", "edit"]])


def _review(clone: Path) -> dict[str, int]:
    """Run the steps of a review of the last commit up to one that fails; return their exit statuses by name."""
    (job,) = _load(ROOT / ".github/workflows/review.yml")["jobs"].values()
    environment = _environment(
        clone, BASE="HEAD~1", GITHUB_STEP_SUMMARY=str(clone.parent / "summary.md"), PULL_REQUEST="https://example.org/1"
    )
    statuses = dict[str, int]()
    for step in job["steps"]:
        if "run" in step and step["name"] != "Set up" and not any(statuses.values()):
            command = ["bash", "-e", "-c", step["run"]]
            statuses[step["name"]] = subprocess.run(command, cwd=clone, env=environment, check=False).returncode
    return statuses


def _raise_bound(clone: Path, number: str) -> None:
    """Break callers: ids must be longer. The client follows, and the version gets a number."""
    specification = clone / "spec/openapi.yaml"
    text = specification.read_text("utf-8").replace("  version: 1.0.0\n", f"  version: {number}\n", 1)
    specification.write_text(text.replace("            minLength: 1\n", "            minLength: 2\n", 1), "utf-8")
    generate = [".venv/bin/python", "-m", "generator", "generate"]
    subprocess.run(generate, cwd=clone, check=True, capture_output=True)


@pytest.mark.slow
def test_a_review_comments_and_writes_the_page_before_it_decides(clone: Path) -> None:
    commit(clone, "first")
    _raise_bound(clone, "1.0.0")
    commit(clone, "second")
    assert [*_review(clone).values()] == [0, 0, 1]
    assert "1 change, breaking: do not merge" in (clone / "build/changes.md").read_text("utf-8")
    assert (clone.parent / "summary.md").read_text("utf-8") == (clone / "build/changes.md").read_text("utf-8")
    assert (clone.parent / "gh.log").read_text("utf-8").startswith("pr comment https://example.org/1 ")
    assert "Do not merge" in (clone / "build/review.html").read_text("utf-8")


@pytest.mark.slow
def test_a_review_leaves_an_announced_breaking_change_to_a_person(clone: Path) -> None:
    commit(clone, "first")
    _raise_bound(clone, "2.0.0")
    (clone / "spec/CHANGELOG.md").write_text("## 2.0.0\n\nAn id has two characters.\n", "utf-8")
    commit(clone, "second")
    assert [*_review(clone).values()] == [0, 0, 0]
    assert "needs a human decision" in (clone / "build/changes.md").read_text("utf-8")
    assert "Needs a human decision" in (clone / "build/review.html").read_text("utf-8")
