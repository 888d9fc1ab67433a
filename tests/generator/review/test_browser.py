"""The page for a review in a browser: nothing is asked for, and axe finds nothing, in light, dark, narrow and print."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from generator.reports.html.gather import review
from generator.reports.html.page import page_of
from tests.generator.review.test_evidence import edited

ROOT = Path(__file__).parents[3]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
VIEWS = {"light", "dark", "middling", "narrow", "narrow and dark", "printed"}

pytestmark = [
    pytest.mark.node,
    pytest.mark.timeout(600),  # axe reads the whole page five times
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not here: nobody looked at the page for a review"),
]


def looked_at(page: str, folder: Path) -> dict[str, Any]:
    """What a browser sees of a page."""
    file = folder / "page.html"
    file.write_text(page, encoding="utf-8")
    command = ["node", "lint/look.mjs", str(CHROMIUM), str(file)]
    seen: dict[str, Any] = json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout)
    assert seen["views"].keys() == VIEWS
    return seen


def faultless(seen: dict[str, Any]) -> None:
    assert seen["requests"] == []
    assert seen["complaints"] == []
    for view in seen["views"].values():
        assert view == {"violations": [], "overflow": 0}


def test_what_stands_on_it_changes_nothing_about_that(tmp_path: Path) -> None:
    """A change that breaks, differences, findings, and hostile text: nothing is asked for, nothing is too wide."""
    specification = edited(
        tmp_path, "            maxLength: 50", "            maxLength: 40\n            pattern: '[a-z]+'"
    )
    hostile = "</script><script>alert(1)</script> in bytes " + "x" * 100_000
    text = specification.read_text(encoding="utf-8")
    specification.write_text(text.replace("Size of the blob.", json.dumps(hostile)), encoding="utf-8")
    found = review(specification, ROOT / "generated_client", None).review
    assert found.differences
    assert found.findings
    faultless(looked_at(page_of(found), tmp_path))


def test_the_page_of_the_contract_is_faultless_and_found_by_roles_and_keyboard(tmp_path: Path) -> None:
    """Headings, tables with their headers also where they are laid out as cards, and links in their order."""
    found = review(ROOT / "spec" / "openapi.yaml", ROOT / "generated_client", None)
    seen = looked_at(page_of(found.review), tmp_path)
    faultless(seen)
    for role in (
        'heading "Verdict" [level=2]',
        'heading "What changed" [level=2]',
        'heading "Fact by fact" [level=3]',
        'columnheader "If it changed"',
        'rowheader "maxLength greatest number of characters"',
        'navigation "Parts of this page"',
        'region "The file, line by line"',
    ):
        assert role in seen["outline"]
    parts = ["Verdict", "Changes", "Evidence", "Additions", "Call", "Examples", "The file"]
    assert seen["reached"][: len(parts)] == parts


def test_the_browser_sees_what_is_wrong_with_a_page(tmp_path: Path) -> None:
    """A request, a picture without words, and a table wider than the window."""
    page = (
        '<!DOCTYPE html><html lang="en"><title>A page</title><main><h1>A page</h1>'
        '<img src="missing.png"><pre>' + "x" * 1000 + "</pre></main></html>"
    )
    seen = looked_at(page, tmp_path)
    assert [one.rpartition("/")[2] for one in seen["requests"]] == ["missing.png"]
    assert any(one.startswith("image-alt") for one in seen["views"]["light"]["violations"])
    assert seen["views"]["narrow"]["overflow"] > 0
