"""`read` prints and locks the facts of pages: in order, and one invalid page does not lose the others."""

import json
import re
from pathlib import Path

import pytest
import yaml

from generator.contract import lock
from generator.contract.compare import compare
from tests.commands import Run
from tests.contract.pages import page_of
from tests.contract.witnesses import locks


def test_read_prints_the_facts_of_a_page(run: Run, page: Path) -> None:
    """One object in either notation, or a table with a line for each subject."""
    status, out, err = run("read", page)
    assert (status, err) == (0, "")
    facts = json.loads(out)
    assert (facts["page"]["name"], facts["parameters"][0]["path"], facts["unread"]) == ("get.md", "imageId", [])
    assert yaml.safe_load(run("read", page, "--format", "yaml")[1]) == facts
    status, out, _ = run("read", page, "--format", "table")
    assert status == 0
    assert out.startswith("operation  GET https://container-registry.api.cloud.yandex.net/")
    assert f"response   config.size      string, int64, x-unit byte  [{page}:" in out


UNCLEAR = ("Output only.", "Output only. Must be at most seven fathoms.")


@pytest.mark.parametrize(
    ("edit", "key", "warnings"), [(UNCLEAR, "unread", 1), (('  "name": "string",\n', ""), "disagreements", 2)]
)
def test_read_reports_what_it_cannot_rely_on(
    run: Run, page: Path, edit: tuple[str, str], key: str, warnings: int
) -> None:
    """Exit status 1, each line on standard error, and the facts all the same."""
    page.write_text(page.read_text("utf-8").replace(*edit, 1), "utf-8")
    status, out, err = run("read", page)
    assert (status, len(json.loads(out)[key]), err.count(f"{page}:")) == (1, 1, warnings)
    assert ("not understood: Must be at most seven fathoms" in err) == (key == "unread")


def test_read_locks_the_facts_of_a_page_without_warnings(run: Run, page: Path, tmp_path: Path) -> None:
    """The lock has the facts that `read` prints; with warnings, the old one is kept."""
    file = tmp_path / "image.get.yaml"
    status, out, err = run("read", page, "--lock", file)
    assert (status, err) == (0, "")
    assert compare(lock.read_lock(file), locks()[0]) == ()
    assert re.fullmatch(rf"{re.escape(str(file))}: locked \d+ facts\n", out)
    before = file.read_bytes()
    page.write_text(page.read_text("utf-8").replace(*UNCLEAR, 1), "utf-8")
    status, _, err = run("read", page, "--lock", file)
    assert (status, file.read_bytes()) == (1, before)
    assert err.endswith(f"{file}: not written; resolve the warnings first\n")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two pages, a page in a subfolder, and a file that is not a page."""
    (tmp_path / "pages" / "below").mkdir(parents=True)
    (tmp_path / "pages" / "list.txt").write_text("no page", encoding="utf-8")
    for name in ("a.md", "b.md", "below/c.md"):
        (tmp_path / "pages" / name).write_text(page_of(locks()[0], "en"), encoding="utf-8")
    return tmp_path / "pages"


def _names(out: str) -> list[str]:
    return [facts["page"]["name"] for facts in json.loads(out)]


def test_a_folder_is_all_of_its_pages(run: Run, folder: Path) -> None:
    """Sorted by name, subfolders included; named pages keep their position."""
    status, out, err = run("read", folder)
    assert (status, _names(out), err) == (0, ["a.md", "b.md", "c.md"], "")
    assert _names(run("read", folder / "b.md", folder)[1]) == ["b.md", "a.md", "b.md", "c.md"]


def test_a_folder_without_a_page_is_rejected(run: Run, tmp_path: Path) -> None:
    assert run("read", tmp_path) == (
        2,
        "",
        f"{tmp_path}: contains no documentation pages (*.md); name another folder\n",
    )


def test_a_bad_page_does_not_lose_the_others(run: Run, folder: Path) -> None:
    """Exit status 2 with the error, the warnings of the other pages, and the facts of all readable pages."""
    (folder / "b.md").write_text("nothing", encoding="utf-8")
    page = folder / "below" / "c.md"
    page.write_text(page.read_text(encoding="utf-8").replace("Output only.", "Must be lucky.", 1), encoding="utf-8")
    status, out, err = run("read", folder)
    assert (status, _names(out)) == (2, ["a.md", "c.md"])
    error, warning = err.splitlines()
    assert error.startswith(f"{folder / 'b.md'}:1: ")
    assert warning == f"{page}:51: not understood: Must be lucky"


@pytest.mark.parametrize(("style", "empty"), [("json", "[]\n"), ("yaml", "[]\n"), ("table", "")])
def test_without_a_readable_page_the_list_is_empty(run: Run, tmp_path: Path, style: str, empty: str) -> None:
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text("nothing", encoding="utf-8")
    status, out, err = run("read", tmp_path, "--format", style)
    assert (status, out, err.count("\n")) == (2, empty, 2)


def test_a_lock_is_of_one_page(run: Run, folder: Path, tmp_path: Path) -> None:
    """A folder with several pages is rejected; a folder with one page is not."""
    status, _, err = run("read", folder, "--lock", tmp_path / "x.yaml")
    assert (status, err) == (2, "--lock: locks one page, but 3 are named; lock each page in a file of its own\n")
    assert run("read", folder / "below", "--lock", tmp_path / "x.yaml")[0] == 0
    assert (tmp_path / "x.yaml").exists()
