"""Every file in `bad` is refused by the sentence in its first line, and nothing is written."""

from pathlib import Path

import pytest

from generator.commands.generate import generate
from generator.errors import InputError

BAD = Path(__file__).with_name("bad")
FILES = sorted(BAD.glob("*.yaml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_bad_specification_is_refused_with_line_and_pointer(file: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        generate(file, tmp_path / "client")
    said = str(refused.value).replace(str(file), "").replace(str(BAD.parent), "..").removeprefix(":")
    assert f"# {said}" == file.read_text(encoding="utf-8").splitlines()[0]
    assert list(tmp_path.iterdir()) == []


def test_the_folder_holds_every_kind_of_fault() -> None:
    """A folder that nobody fills would let the test above pass."""
    assert len(FILES) > 80
