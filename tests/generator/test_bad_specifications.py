"""An invalid specification is rejected with line, pointer and one sentence; nothing is written."""

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.commands.generate import generate
from generator.errors import InputError
from generator.lint.linter import lint_file

BASE = Path(__file__).with_name("base.yaml").read_text(encoding="utf-8")
ROWS = yaml.safe_load(Path(__file__).with_name("bad_specifications.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["title"])
def test_a_bad_specification_is_rejected_with_line_and_pointer(
    row: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The linter has a finding too, or the same error."""
    monkeypatch.chdir(tmp_path)
    specification, text = Path("openapi.yaml"), BASE
    for original, replacement in row["edits"].items():
        assert text.count(original) == 1
        text = text.replace(original, replacement)
    specification.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as rejected:
        generate(specification, Path("client"))
    assert f"{rejected.value.location.line}: {rejected.value.message}" == row["error"]
    assert "\n" not in rejected.value.message
    assert list(Path().iterdir()) == [specification]
    with suppress(InputError):
        assert lint_file(specification)


def test_the_base_itself_is_generated(tmp_path: Path) -> None:
    """Each row is rejected for its own edits only."""
    specification = tmp_path / "openapi.yaml"
    specification.write_text(BASE, encoding="utf-8")
    assert generate(specification, tmp_path / "client")
