"""The first line of each generated file names its origin and the command that renews it."""

import tomllib
from pathlib import Path

import generated_client
from generator.vendoring.bundle import ClientBundle
from generator.vendoring.vendor import vendor

ROOT = Path(generated_client.__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["name"]
LINE = f"Generated from spec/openapi.yaml by {PROJECT}; do not edit; renew with `make {{}}`."
WITHOUT_COMMENTS = {"py.typed", "LICENSE", "manifest.json", "service.json", "bom.cdx.json"}


def _first_lines(folder: Path) -> set[str]:
    files = [path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    return {path.read_text().splitlines()[0] for path in files if path.name not in WITHOUT_COMMENTS}


def test_in_the_client() -> None:
    """GitHub collapses its files."""
    assert _first_lines(ROOT / "generated_client") == {f"# {LINE.format('generate')}"}
    assert "generated_client/** linguist-generated\n" in (ROOT / ".gitattributes").read_text()


def test_in_a_copy(tmp_path: Path) -> None:
    vendor(ClientBundle(ROOT / "spec" / "openapi.yaml", ROOT / "generated_client"), tmp_path / "images")
    line = LINE.format("vendor")
    assert _first_lines(tmp_path / "images") == {f"# {line}", f"<!-- {line} -->"}
    assert (tmp_path / "images" / "models" / "image.py").read_text().count("Generated from") == 1
