"""The specification is a contract for other languages too: openapi-typescript generates exact types from it."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAMS = ROOT / "lint" / "node_modules" / ".bin"

USE = """\
import type { components, operations } from "./types";

type Call = operations["images.get"];
const parameters: Call["parameters"]["path"] = { imageId: "crp1" };
const image: Call["responses"][200]["content"]["application/json"] = { name: "registry/app", compressedSize: "5" };
const layers: components["schemas"]["Blob"][] = image.layers ?? [];
export const size: string | undefined = layers[0]?.size;
export const id: string = parameters.imageId;
"""
MISTAKES = {
    "a size is a string": ('compressedSize: "5"', "compressedSize: 5"),
    "the id is required": ('{ imageId: "crp1" }', "{}"),
    "a list can be missing": ("image.layers ?? []", "image.layers"),
    "an unknown field": ("layers[0]?.size", "layers[0]?.weight"),
}

pytestmark = [pytest.mark.node, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def types(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The generated types."""
    file = tmp_path_factory.mktemp("types") / "types.ts"
    _run("openapi-typescript", "spec/openapi.yaml", "--output", str(file))
    return file


def _run(program: str, *arguments: str, status: int = 0) -> str:
    command = [str(PROGRAMS / program), *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == status, done.stdout + done.stderr
    return done.stdout


def _check(types: Path, text: str, status: int) -> str:
    file = types.with_name("use.ts")
    file.write_text(text)
    return _run("tsc", "--strict", "--noUncheckedIndexedAccess", "--noEmit", str(file), status=status)


def test_the_types_pass_the_strict_compiler(types: Path) -> None:
    assert _check(types, USE, 0) == ""


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES)
def test_they_reject_a_mistake(types: Path, mistake: tuple[str, str]) -> None:
    assert USE.count(mistake[0]) == 1
    assert "use.ts(" in _check(types, USE.replace(*mistake), 2)
