"""`generate` prints the changed facts; `--check` prints the difference and writes nothing."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

import pytest

from generator.cli import main
from tests.generator.writer.rendering import SAMPLE_API

GET, CLOSE = "GET /api/v1/harbours/{harbourId}/boats/{boatId}", "POST /api/v1/harbours/{harbourId}:close"

FACTS = {
    "Its number., readOnly: true": "Its number.",
    "minLength: 2": "minLength: 1",
    ", maxLength: 2": "",
    "names: {type": "nicks: {type: string}\n        names: {type",
    "/v1/weather": "/v2/weather",
}
"""Edits that change facts: a keyword, a value, a bound, a field and a URL."""

FACTS_CHANGED = [
    f"{GET}: removed: response `id` readOnly",
    f"{GET}: added: response `nicks`, `string`  [sample_api.yaml]",
    f"{CLOSE}: changed: parameter `harbourId` minLength, `2` -> `1`  [sample_api.yaml]",
    f"{CLOSE}: removed: parameter `harbourId` maxLength, `2`",
    "GET /api/v1/weather: changed: operation path, `/api/v1/weather` -> `/api/v2/weather`  [sample_api.yaml]",
]
ADDED = [f"{operation}: added: operation  [sample_api.yaml]" for operation in (GET, CLOSE, "GET /api/v1/weather")]

CHANGES: dict[str, tuple[dict[str, str], list[str]]] = {
    "facts": (FACTS, FACTS_CHANGED),
    "a description": ({"A boat.": "A ship."}, ["regenerated; no API fact changed"]),
    "a comment": ({"# A specification": "# The specification"}, ["regenerated; no API fact changed"]),
    "nothing": ({}, ["nothing changed"]),
}
"""Kind of change -> replacements in the specification, and the lines printed."""


class Run(Protocol):
    def __call__(self, *options: str, edits: Mapping[str, str] | None = None) -> tuple[int, list[str], str]: ...


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Edit the specification and generate; return exit status, lines of stdout without line numbers, and stderr."""
    monkeypatch.chdir(tmp_path)

    def run(*options: str, edits: Mapping[str, str] | None = None) -> tuple[int, list[str], str]:
        text = SAMPLE_API.read_text(encoding="utf-8")
        for old, new in (edits or {}).items():
            assert old in text
            text = text.replace(old, new)
        Path("sample_api.yaml").write_text(text, encoding="utf-8")
        status = main(["generate", "--spec", "sample_api.yaml", "--client", "client", *options])
        output = capsys.readouterr()
        return status, re.sub(r":\d+\]", "]", output.out).splitlines(), output.err

    return run


def test_the_first_generation_says_that_every_operation_is_new(run: Run) -> None:
    assert run() == (0, ADDED, "")


@pytest.mark.parametrize(("edits", "expected"), CHANGES.values(), ids=CHANGES)
@pytest.mark.usefixtures("client")
def test_a_generation_says_which_facts_changed(run: Run, edits: dict[str, str], expected: list[str]) -> None:
    assert run(edits=edits) == (0, expected, "")


def test_a_client_of_an_older_make_is_generated_anew(run: Run, client: Path) -> None:
    """Its manifest lists the generator's files, but not the facts."""
    manifest = client / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"operations"', '"facts"'))
    assert run()[1] == ADDED


@pytest.mark.usefixtures("client")
def test_check_says_nothing_of_a_client_that_is_what_it_should_be(run: Run) -> None:
    assert run("--check") == (0, [], "")


def test_check_shows_the_difference_and_the_command_that_repairs(run: Run, client: Path) -> None:
    """Files that are missing, an empty one too, and ones that should not be."""
    (client / "py.typed").unlink()
    status, lines, err = run("--check", edits={"Its number.": "Its name.", "Weather": "Wind"})
    assert status == 1
    out = "\n".join(lines)
    assert "--- client/models/boat.py\n+++ client/models/boat.py\n@@ " in out
    assert '\n-    """Its number. Set by the service alone."""\n+    """Its name. Set by the service alone."""\n' in out
    assert "--- client/models/weather.py\n+++ /dev/null\n" in out
    assert "--- /dev/null\n+++ client/models/wind.py\n" in out
    assert "--- /dev/null\n+++ client/py.typed" in out
    assert err == "client: differs from what sample_api.yaml generates; run `make generate`\n"


def test_check_writes_nothing(run: Run, tmp_path: Path) -> None:
    status, lines, _ = run("--check")
    assert status == 1
    assert "+++ client/__init__.py" in lines
    assert [path.name for path in tmp_path.iterdir()] == ["sample_api.yaml"]


def test_a_specification_that_cannot_be_kept_is_one_line_and_nothing_is_written(run: Run, tmp_path: Path) -> None:
    status, lines, err = run(edits={"{type: string, format: uuid}": "{type: string}"})
    assert (status, lines) == (2, [])
    assert re.fullmatch(r"sample_api\.yaml:\d+: #/paths/\S+/get/parameters/1/schema: the client sends a UUID .+\n", err)
    assert [path.name for path in tmp_path.iterdir()] == ["sample_api.yaml"]
