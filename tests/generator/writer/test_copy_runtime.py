"""A client contains the modules of the runtime that it uses, unchanged."""

from pathlib import Path

import pytest

from generator import runtime
from generator.client_writer.copy_runtime import copy_runtime

RUNTIME = Path(runtime.__file__).parent
PUBLIC = {"__main__.py", "credentials.py", "errors.py", *(f"testing/{name}.py" for name in ("faults", "fixtures"))}
"""Modules that an application imports by name."""


def copied(client: Path) -> dict[str, bytes]:
    copy_runtime(client)
    return {path.relative_to(client).as_posix(): path.read_bytes() for path in client.rglob("*.py")}


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("client.py", "from ._checks import check_list"),
        ("client.py", "from . import _checks"),
        ("models/image.py", "from .._checks import check_list"),
        ("api/images/get.py", "from ... import _checks"),
    ],
)
def test_public_modules_and_imported_ones_are_copied_with_their_own_imports(
    tmp_path: Path, module: str, line: str
) -> None:
    client, other = tmp_path / "client", tmp_path / "other"
    other.mkdir()
    (client / module).parent.mkdir(parents=True)
    (client / module).write_text(f"{line}\n")
    files, public = copied(client), copied(other)
    del files[module]
    assert public.keys() >= PUBLIC
    assert files.keys() - public.keys() == {"_checks.py"}
    assert files == {name: (RUNTIME / name).read_bytes() for name in files}
