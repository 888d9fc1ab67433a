"""The generated code is small, and fields that are added shift no values."""

import re
from pathlib import Path

import pytest

from generator import runtime
from tests.generator.writer.rendering import SAMPLE_API, imported, rendered
from tests.sample import client

OF_PLAIN_UPSTREAM = 999
"""Lines that openapi-python-client writes for the sample specification with its own templates."""
_EXAMPLES = re.compile(r'\n\n +Examples:\n.*?(?=\n +""")', re.DOTALL)


def test_it_is_less_than_half_of_what_upstream_would_write() -> None:
    """Every line counts but the first, which names the origin; the runtime does not: no specification changes it.

    Nor do the examples of docstrings: upstream has none. A signature takes ten lines with the options of a call, which
    upstream does not have either.
    """
    source = Path(runtime.__file__).parent
    folder = client()
    copied = {folder / path.relative_to(source) for path in source.rglob("*.py")} - {folder / "__init__.py"}
    generated = {*folder.rglob("*.py")} - copied
    texts = [_EXAMPLES.sub("", path.read_text(encoding="utf-8")) for path in generated]
    lines = sum(len(text.splitlines()[1:]) for text in texts)
    assert 0 < lines < OF_PLAIN_UPSTREAM // 2


def test_fields_that_are_added_or_moved_in_the_spec_shift_no_values(tmp_path: Path) -> None:
    text = SAMPLE_API.read_text(encoding="utf-8")
    mast = "        height: {$ref: '#/components/schemas/Weight', description: How high it is.}\n"
    yard, first, second = (f"        {name}: {{$ref: '#/components/schemas/Weight'}}\n" for name in ("yard", "a", "b"))
    for number, fields in enumerate([mast, yard + mast, mast + yard, first + mast + second]):
        specification = tmp_path / f"{number}.yaml"
        specification.write_text(text.replace(mast, fields), encoding="utf-8")
        with imported(rendered(specification, tmp_path / str(number))) as package:
            assert package.Mast(height=3).to_dict() == {"height": "3"}
            with pytest.raises(TypeError, match="positional"):
                package.Mast(3)
