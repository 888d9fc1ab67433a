"""`drift` reports what a published page says newly, with its verdict and a diff that can be applied."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.contract.facts import Contract
from generator.readers.witnesses import WitnessPaths
from tests.commands import Run
from tests.contract.mutations import Mutation, apply
from tests.contract.pages import page_of
from tests.contract.witnesses import ROOT
from tests.documentation_site import DocumentationSite, Served, documentation_site
from tests.sample import FOLDER, locks

PATH = "/docs/Image/get.md"


@pytest.fixture
def site() -> Iterator[DocumentationSite]:
    with documentation_site() as running:
        yield running


@pytest.fixture(autouse=True)
def project(site: DocumentationSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the specification whose page is on the site, without known differences from the documentation."""
    shutil.copytree(FOLDER, tmp_path / "spec")
    (tmp_path / "spec/pages.yaml").write_text(f"pages:\n  image.get.yaml: {site.url}{PATH}\n")
    known = tmp_path / "spec/known-differences.yaml"
    entries = known.read_text("utf-8").split("  - difference")
    kept = [entry for entry in entries if "witness: documentation" not in entry]
    assert len(kept) == len(entries) - 2
    known.write_text("  - difference".join(kept), "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _deprecated(path: str) -> Contract:
    return apply(locks()[0], Mutation("response", path, "deprecated", value=True))


def _accept(project: Path, path: str) -> None:
    with (project / "spec/known-differences.yaml").open("a", encoding="utf-8") as file:
        file.write(
            "  - difference: fact-missing\n    witness: documentation\n"
            "    operation: GET /container-registry/v1/images/{imageId}\n    part: response\n"
            f"    path: {path}\n    keyword: deprecated\n    reason: Not yet followed.\n"
            "    source: https://docs.example/get\n"
        )


def test_the_same_page_is_no_drift(site: DocumentationSite, run: Run) -> None:
    site.put(PATH, page_of(locks()[0], "en"))
    status, out, err = run("drift")
    assert (status, out.splitlines()[-1]) == (0, "the witnesses agree")
    assert err.startswith(f"{site.url}{PATH}: fetched at ")


def test_a_newer_page_is_drift_with_a_verdict_and_a_diff(project: Path, site: DocumentationSite, run: Run) -> None:
    site.put(PATH, page_of(_deprecated("digest"), "en").replace("0-50", "0-40"))
    status, out, _ = run("drift")
    report, mark, diff = out.partition("--- a/spec/openapi.yaml\n")
    assert status == 1
    assert "    for callers: breaking, existing requests may be rejected (request-narrowed)\n" in report
    assert "fact-missing: response digest deprecated" in report
    assert "the lock is out of date" in report
    subprocess.run(["git", "apply", "-"], cwd=project, input=(mark + diff).encode(), check=True)
    assert run("drift")[0] == 0


def test_an_accepted_difference_is_no_drift_and_not_proposed(project: Path, site: DocumentationSite, run: Run) -> None:
    _accept(project, "digest")
    site.put(PATH, page_of(_deprecated("digest"), "en"))
    status, out, _ = run("drift")
    assert (status, out.splitlines()[-1]) == (0, "the witnesses agree")
    assert f"known: fact-missing digest [{Path('spec/known-differences.yaml')}:" in out


def test_an_accepted_difference_that_is_gone_is_drift(project: Path, site: DocumentationSite, run: Run) -> None:
    """Unless the page says what its lock says: the entry is of a newer page."""
    _accept(project, "digest")
    site.put(PATH, page_of(locks()[0], "en"))
    assert run("drift")[0] == 0
    _accept(project, "name")
    site.put(PATH, page_of(_deprecated("name"), "en"))
    status, out, _ = run("drift")
    assert status == 1
    assert out.count("stale-exception: ") == 1
    assert "stale-exception: response digest deprecated" in out


def test_an_accepted_difference_from_a_page_that_is_named_is_known_too(project: Path, run: Run) -> None:
    """Without the page, or with an older one, the entry is not stale."""
    _accept(project, "digest")
    page, specification = project / "get.md", ("--spec", project / "spec/openapi.yaml")
    page.write_text(page_of(_deprecated("digest"), "en"), encoding="utf-8")
    status, out, _ = run("contract", "--page", page, *specification)
    assert (status, out.count("known: fact-missing digest [")) == (0, 2)
    assert "lock" not in out
    page.write_text(page_of(locks()[0], "en"), encoding="utf-8")
    assert run("contract", "--page", page, *specification)[0] == 0
    assert run("contract", *specification)[0] == 0


def test_a_page_that_is_cut_off_is_drift_without_a_diff(site: DocumentationSite, run: Run) -> None:
    """It would remove what the page lost from the specification."""
    page = page_of(locks()[0], "en")
    site.put(PATH, page[: len(page) // 2])
    status, out, err = run("drift")
    assert (status, "disagreement" in out, "\n--- a/" in out) == (1, True, False)
    assert err.splitlines()[-1] == f"{site.url}{PATH}: contradicts itself, so no diff is proposed; read the page"


@pytest.mark.parametrize("served", [Served(status=503), Served(b"# Notes\n")], ids=["broken", "other"])
def test_a_page_that_cannot_be_read_ends_with_two(site: DocumentationSite, run: Run, served: Served) -> None:
    site.put(PATH, served)
    status, out, err = run("drift")
    assert (status, out) == (2, "")
    assert f"{site.url}{PATH}" in err


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("pages: {}\n", "spec/pages.yaml:1: has no URL for image.get.yaml; add the address of the page's Markdown\n"),
        ("urls: {}\n", "spec/pages.yaml:1: must have one key, `pages`, with a mapping of locks to URLs under it\n"),
        (
            "pages:\n  image.get.yaml: https://docs.example/get.md\n  image.list.yaml: https://docs.example/list.md\n",
            "spec/pages.yaml:3: the lock image.list.yaml is missing in spec/documented; remove this line\n",
        ),
        ("pages:\n  image.get.yaml: 1\n", "spec/pages.yaml:2: the address of a page must be a string\n"),
    ],
    ids=["lacking", "other-key", "no-lock", "number"],
)
def test_an_invalid_list_of_pages_is_refused(project: Path, run: Run, text: str, sentence: str) -> None:
    (project / "spec/pages.yaml").write_text(text)
    assert run("drift") == (2, "", sentence)


def test_one_page_that_cannot_be_read_hides_no_drift_of_the_others(
    project: Path, site: DocumentationSite, run: Run
) -> None:
    shutil.copy("spec/documented/image.get.yaml", "spec/documented/other.yaml")
    with (project / "spec/pages.yaml").open("a") as file:
        file.write(f"  other.yaml: {site.url}/other.md\n")
    site.put(PATH, page_of(_deprecated("digest"), "en"))
    status, out, err = run("drift")
    assert status == 2
    assert "response digest deprecated" in out
    assert f"{site.url}/other.md: cannot be fetched" in err


def test_the_pages_of_the_project_have_addresses() -> None:
    urls = WitnessPaths(ROOT / "spec/openapi.yaml").read_page_urls().values()
    assert [url for url in urls if not (url.startswith("https://") and url.endswith(".md"))] == []


def test_every_format_has_the_diff(site: DocumentationSite, run: Run) -> None:
    site.put(PATH, page_of(_deprecated("digest"), "en"))
    _, mark, diff = run("drift")[1].partition("--- a/")
    assert run("drift", "--format", "markdown")[1].endswith(f"```diff\n{mark}{diff}```\n")
    assert json.loads(run("drift", "--format", "json")[1])["patch"] == mark + diff
