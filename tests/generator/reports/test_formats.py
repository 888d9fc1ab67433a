"""Every command that lists something prints each format, from the same rows, with stable fingerprints."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from generator import cli
from generator.contract.text import markdown_text
from generator.reports.formats import FORMATS
from tests.contract.pages import page_of
from tests.documentation_site import documentation_site
from tests.sample import FOLDER, locks

Print = Callable[[str, str], str]
ROOT = Path(__file__).parents[3]
SARIF = json.loads((Path(__file__).parent / "sarif-schema-2.1.0.json").read_bytes())
"""https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json, as published."""

COMMANDS: dict[str, tuple[str, ...]] = {
    "contract": ("--page", "get.md", "--client", str(ROOT / "generated_client")),
    "lint": (),
    "changes": ("old.yaml",),
}
if find_spec("generator.extras"):  # `drift` is one of the extras, without which everything else works
    COMMANDS["drift"] = ()
"""Command -> its arguments in the project, where each one has something to list."""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the specification, with a narrower bound than its base, lock and page, and a server without TLS."""
    shutil.copytree(FOLDER, tmp_path / "spec")
    specification = tmp_path / "spec/openapi.yaml"
    shutil.copy(specification, tmp_path / "old.yaml")
    text = specification.read_text("utf-8").replace("maxLength: 50", "maxLength: 40")
    specification.write_text(text.replace("url: https://", "url: http://", 1), "utf-8")
    page = page_of(locks()[0], "en")
    (tmp_path / "get.md").write_text(page, "utf-8")
    monkeypatch.chdir(tmp_path)
    with documentation_site() as site:
        site.put("/get.md", page)
        (tmp_path / "spec/pages.yaml").write_text(f"pages:\n  image.get.yaml: {site.url}/get.md\n")
        yield tmp_path


@pytest.fixture
def printed(project: Path, capsys: pytest.CaptureFixture[str]) -> Print:
    """Runs a command of the project; returns its output."""
    assert project.is_dir()

    def run(command: str, form: str) -> str:
        assert cli.main([command, *COMMANDS[command], "--format", form]) == 1
        return capsys.readouterr().out

    return run


def fingerprints(data: Any) -> set[str]:
    """Every fingerprint in the JSON of a command."""
    collected = set[str]()

    def collect(mapping: dict[str, Any]) -> dict[str, Any]:
        collected.update({mapping["fingerprint"]} if "fingerprint" in mapping else ())
        return mapping

    json.loads(json.dumps(data), object_hook=collect)
    return collected


def sarif_fingerprints(log: Any) -> set[str]:
    return {result["partialFingerprints"]["contract/v1"] for result in log["runs"][0]["results"]}


@pytest.mark.parametrize("command", COMMANDS)
def test_sarif_is_valid_and_has_the_rows_of_the_json(printed: Print, command: str) -> None:
    """The problem of the version is a row of its own, which JSON has under `version_problem`."""
    log = json.loads(printed(command, "sarif"))
    assert [str(error) for error in jsonschema_rs.validator_for(SARIF).iter_errors(log)] == []
    data = json.loads(printed(command, "json"))
    assert fingerprints(data)
    extra = 1 if data.get("version_problem") else 0
    assert len(sarif_fingerprints(log) - fingerprints(data)) == extra
    assert fingerprints(data) <= sarif_fingerprints(log)
    uris = {
        location["physicalLocation"]["artifactLocation"]["uri"]
        for result in log["runs"][0]["results"]
        for location in result["locations"]
    }
    assert "spec/openapi.yaml" in uris


@pytest.mark.parametrize("command", COMMANDS)
def test_a_moved_fact_has_the_same_fingerprint(printed: Print, project: Path, command: str) -> None:
    before = json.loads(printed(command, "json"))
    for name in ("spec/openapi.yaml", "old.yaml"):
        file = project / name
        file.write_text("# A line more.\n\n" + file.read_text("utf-8"), "utf-8")
    after = json.loads(printed(command, "json"))
    assert before != after
    assert fingerprints(before) == fingerprints(after)


@pytest.mark.parametrize("command", COMMANDS)
def test_github_marks_lines_and_markdown_lists_the_same_rows(printed: Print, command: str) -> None:
    summary, *annotations = printed(command, "github").splitlines()
    assert summary.startswith(f"::notice title={command}::")
    results = json.loads(printed(command, "sarif"))["runs"][0]["results"]
    assert len(annotations) == len(results)
    assert any(line.startswith("::error file=spec/openapi.yaml,line=") for line in annotations)
    listed = printed(command, "markdown").partition("```diff")[0].splitlines()
    items = [line for line in listed if line.startswith("- ")]
    assert len(items) == len(results)


def test_texts_are_no_markup_outside_their_code_spans() -> None:
    assert markdown_text("a `<b>` and ``c ` <d>`` but <e> [f](g) _h_") == (
        r"a `<b>` and ``c ` <d>`` but \<e> \[f\](g) \_h\_"
    )


def test_every_command_has_every_format(capsys: pytest.CaptureFixture[str]) -> None:
    for command in COMMANDS:
        with pytest.raises(SystemExit):
            cli.main([command, "--help"])
        assert f"{{{','.join(FORMATS)}}}" in capsys.readouterr().out
