"""The review page in a browser: no requests, and no axe violations in light, dark, narrow and print."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from generator.commands.review import collect_review
from generator.reports.html.page import format_page
from tests.generator.review.test_evidence import edited

ROOT = Path(__file__).parents[3]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
VIEWS = {"light", "dark", "middling", "narrow", "narrow and dark", "printed"}

pytestmark = [
    pytest.mark.node,
    pytest.mark.timeout(600),  # axe reads the whole page five times
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]


def inspect(page: str, folder: Path) -> dict[str, Any]:
    """Open a page in Chromium; return requests, messages, violations and outline."""
    file = folder / "page.html"
    file.write_text(page, encoding="utf-8")
    command = ["node", "lint/look.mjs", str(CHROMIUM), str(file)]
    seen: dict[str, Any] = json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout)
    assert seen["views"].keys() == VIEWS
    return seen


def assert_faultless(seen: dict[str, Any]) -> None:
    assert seen["requests"] == []
    assert seen["complaints"] == []
    for view in seen["views"].values():
        assert view == {"violations": [], "overflow": 0, "below": False}


def test_a_page_with_findings_and_hostile_text_is_faultless(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No request, nothing is too wide, and the changes begin on the first screen."""
    specification = edited(
        tmp_path, "            maxLength: 50", "            maxLength: 40\n            pattern: '[a-z]+'"
    )
    hostile = "</script><script>alert(1)</script> in bytes " + "x" * 100_000
    text = specification.read_text(encoding="utf-8")
    specification.write_text(text.replace("Size of the blob.", json.dumps(hostile)), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    review = collect_review(Path("openapi.yaml"), ROOT / "generated_client", None)
    assert review.differences
    assert review.findings
    assert_faultless(inspect(format_page(review), tmp_path))


def test_the_page_of_the_contract_is_faultless_and_found_by_roles_and_keyboard(tmp_path: Path) -> None:
    """Headings, tables with headers even in the narrow layout, and links in their order."""
    review = collect_review(ROOT / "spec" / "openapi.yaml", ROOT / "generated_client", None)
    seen = inspect(format_page(review), tmp_path)
    assert_faultless(seen)
    for role in (
        'heading "Compatible" [level=2]',
        'heading "What changed" [level=2]',
        'heading "Fact by fact" [level=4]',
        'columnheader "If it changed"',
        'rowheader "maxLength greatest number of characters"',
        'navigation "Parts of this page"',
        'region "Source"',
    ):
        assert role in seen["outline"]
    parts = ["Changes", "Evidence", "Additions", "Call", "Examples", "Source"]
    assert seen["reached"][5 : 5 + len(parts)] == parts


def test_the_inspection_finds_faults(tmp_path: Path) -> None:
    """A request, a picture without words, and a table wider than the window."""
    page = (
        '<!DOCTYPE html><html lang="en"><title>A page</title><main><h1>A page</h1>'
        '<img src="missing.png"><pre>' + "x" * 1000 + "</pre></main></html>"
    )
    seen = inspect(page, tmp_path)
    assert [url.rpartition("/")[2] for url in seen["requests"]] == ["missing.png"]
    assert any(violation.startswith("image-alt") for violation in seen["views"]["light"]["violations"])
    assert seen["views"]["narrow"]["overflow"] > 0
