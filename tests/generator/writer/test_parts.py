"""A client holds as much of the part that no specification changes as it uses."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import runtime
from generator.client_writer import copy_runtime as parts

RUNTIME = Path(runtime.__file__).parent

PUBLIC = {
    "__main__.py",
    "credentials.py",
    "errors.py",
    "testing/__init__.py",
    "testing/faults.py",
    "testing/fixtures.py",
}
"""What an application or a person asks for by name."""


def copied(client: Path) -> set[str]:
    parts.copy_runtime(client)
    return {path.relative_to(client).as_posix() for path in client.rglob("*.py")}


def test_what_has_a_name_for_the_public_is_always_there(tmp_path: Path) -> None:
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
def test_what_a_module_imports_is_there_with_all_that_it_needs(tmp_path: Path, module: str, line: str) -> None:
    (tmp_path / "without").mkdir()
    without = copied(tmp_path / "without")
    client = tmp_path / "client"
    (client / module).parent.mkdir(parents=True)
    (client / module).write_text(f"{line}\n")
    assert copied(client) - {module} == without | {"_checks.py"}


def test_everything_is_as_it_stands_in_the_runtime(tmp_path: Path) -> None:
    assert {name: (tmp_path / name).read_bytes() for name in copied(tmp_path)} == {
        name: (RUNTIME / name).read_bytes() for name in copied(tmp_path)
    }
