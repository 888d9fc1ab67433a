"""Versions of the contract with their clients, made in a blink: no code is generated, only the manifest is."""

import hashlib
import shutil
from pathlib import Path

from generator.contract.notation import to_notation
from generator.readers import openapi
from generator.runtime.__main__ import MANIFEST, read, written
from generator.vendoring import Source

ROOT = Path(__file__).parents[3]
SPECIFICATION = ROOT / "spec" / "openapi.yaml"

WIDER = ("maxLength: 50", "maxLength: 60")
NARROWER = ("maxLength: 50", "maxLength: 40")
NEXT = ("version: 1.0.0", "version: 1.1.0")


def source(folder: Path, *edits: tuple[str, str], code: str = "") -> Source:
    """The committed contract and client in a folder, with other texts in the contract, and code added to the client."""
    (folder / "spec").mkdir(parents=True)
    shutil.copytree(ROOT / "spec" / "released", folder / "spec" / "released")
    made = Source(folder / "spec" / "openapi.yaml", folder / "client")
    text = SPECIFICATION.read_text(encoding="utf-8")
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    made.specification.write_text(text, encoding="utf-8")
    shutil.copytree(ROOT / "generated_client", made.client, ignore=shutil.ignore_patterns("__pycache__"))
    with (made.client / "client.py").open("a") as file:
        file.write(code)
    note(made)
    return made


def note(made: Source) -> None:
    """Write the manifest of a client as generation would."""
    manifest = read(made.client)
    (version,) = [line.split()[1] for line in made.specification.read_text().splitlines() if "  version: " in line][:1]
    manifest["contract"] |= {
        "version": version,
        "sha256": hashlib.sha256(made.specification.read_bytes()).hexdigest(),
        "operations": [to_notation(one) for one in openapi.read(made.specification)],
    }
    manifest["files"] = {
        name: hashlib.sha256((made.client / name).read_bytes()).hexdigest() for name in manifest["files"]
    }
    (made.client / MANIFEST).write_bytes(written(manifest))


def state(folder: Path) -> dict[str, tuple[bytes | str, int]]:
    """All that stands in a folder, with the time of its last change: of its names, its content, its mode."""
    return {
        path.relative_to(folder).as_posix(): (_content(path), path.lstat().st_ctime_ns)
        for path in sorted([folder, *folder.rglob("*")])
    }


def contents(folder: Path) -> dict[str, bytes | str]:
    """What stands in a folder, whenever it came there; the folder itself not counted."""
    return {name: content for name, (content, _) in state(folder).items() if name != "."}


def _content(path: Path) -> bytes | str:
    return str(path.readlink()) if path.is_symlink() else path.read_bytes() if path.is_file() else ""
