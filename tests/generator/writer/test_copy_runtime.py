"""A client contains the modules of the runtime that it uses."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import runtime
from generator.client_writer.copy_runtime import copy_runtime

RUNTIME = Path(runtime.__file__).parent

PUBLIC = {
    "__main__.py",
    "credentials.py",
    "errors.py",
    "testing/__init__.py",
    "testing/faults.py",
    "testing/fixtures.py",
}
"""Modules that an application imports by name."""


def copied(client: Path) -> set[str]:
    copy_runtime(client)
    return {path.relative_to(client).as_posix() for path in client.rglob("*.py")}


def test_public_modules_are_always_copied(tmp_path: Path) -> None:
    assert copied(tmp_path) >= PUBLIC


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("client.py", "from ._checks import check_list"),
        ("client.py", "from . import _checks"),
        ("models/image.py", "from .._checks import check_list"),
        ("api/images/get.py", "from ... import _checks"),
    ],
)
def test_an_imported_module_is_copied_with_its_own_imports(tmp_path: Path, module: str, line: str) -> None:
    (tmp_path / "without").mkdir()
    without = copied(tmp_path / "without")
    client = tmp_path / "client"
    (client / module).parent.mkdir(parents=True)
    (client / module).write_text(f"{line}\n")
    assert copied(client) - {module} == without | {"_checks.py"}


def test_copies_are_identical_to_the_runtime(tmp_path: Path) -> None:
    assert {name: (tmp_path / name).read_bytes() for name in copied(tmp_path)} == {
        name: (RUNTIME / name).read_bytes() for name in copied(tmp_path)
    }
