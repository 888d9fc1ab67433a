"""Writes a copy of the client for httpx2, and its tests with httpx and httpx2 swapped: `python -m … DEST`."""

import re
import shutil
import sys
from pathlib import Path

from generator.vendoring.http_library import HTTPX2
from generator.vendoring.vendor import vendor
from tests.consumer.conftest import ROOT, SOURCE

_NAMES = re.compile(r"\b(httpx|httpcore)(2?)\b(?!-)")


def main(destination: Path) -> None:
    """Replace the destination."""
    shutil.rmtree(destination, ignore_errors=True)
    vendor(SOURCE, destination / "generated_client", http=HTTPX2)
    for name in ("tests", "spec", "generator", "docs"):
        shutil.copytree(ROOT / name, destination / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, destination)
    for path in (destination / "tests" / "client").rglob("*.py"):
        text = _NAMES.sub(_swapped, path.read_text(encoding="utf-8"))
        path.write_text(text.replace("from httpx_aiohttp import", "from httpx_aiohttp.httpx2 import"), encoding="utf-8")


def _swapped(name: re.Match[str]) -> str:
    return name[1] if name[2] else f"{name[1]}2"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
