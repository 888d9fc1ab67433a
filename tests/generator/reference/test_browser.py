"""The reference and the page of the contract in a browser."""

import subprocess
from pathlib import Path

import pytest

from generator.commands.docs import reference_of
from tests.generator.review.test_browser import CHROMIUM, assert_faultless, inspect

ROOT = Path(__file__).parents[3]
CONTRACT = ROOT / "build" / "docs" / "openapi.html"
LOGO = "https://cdn.redoc.ly/redoc/logo-mini-full.svg"
"""The picture that Redoc asks for; the policy of our template blocks it."""

pytestmark = [
    pytest.mark.node,
    pytest.mark.timeout(600),
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]


@pytest.mark.parametrize("kind", ["the client", "more methods"])
def test_the_reference_is_faultless_and_found_by_roles(kind: str, kitchen_sink: Path, tmp_path: Path) -> None:
    seen = inspect(reference_of(ROOT / "generated_client" if kind == "the client" else kitchen_sink), tmp_path)
    assert_faultless(seen)
    for role in (
        'navigation "Contents"',
        'region "Methods"',
        'heading "Errors" [level=2]',
        'heading "errors.StatusError exception" [level=3]',
        'columnheader "gRPC code"',
    ):
        assert role in seen["outline"]


def test_the_page_of_the_contract_works_offline(tmp_path: Path) -> None:
    subprocess.run(["make", "docs-contract"], cwd=ROOT, capture_output=True, check=True)
    first = CONTRACT.read_text(encoding="utf-8")
    seen = inspect(first, tmp_path)
    assert {url for url in seen["requests"] if not url.startswith("blob:")} <= {LOGO}
    assert all(LOGO in complaint for complaint in seen["complaints"] if "Content Security Policy" in complaint)
    assert "Get one Docker image." in first
    assert "/container-registry/v1/images/" in seen["outline"]
    subprocess.run(["make", "docs-contract"], cwd=ROOT, capture_output=True, check=True)
    assert CONTRACT.read_text(encoding="utf-8") == first
