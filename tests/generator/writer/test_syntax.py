"""The second lock: a generated module that holds what no template of ours writes is refused."""

from pathlib import Path

import pytest

from generator.client_writer.syntax import check
from generator.errors import InputError

CODE = {
    "a module of the system": "import os",
    "a name of a module of the system": "from os import abort",
    "a statement that calls": "from attrs import abort\nabort()\nwhile True: abort()",
    "a name from nowhere": "__all__ = [eval]",
    "an importing name": "__all__ = [__import__]",
    "a hidden attribute": "a = str\nb = a.__subclasses__\n",
    "a hidden method": "class A:\n    def __del__(self) -> None:\n        return self",
    "code in a text": 'a = 1\nb = f"/{a}"',
    "a loop": "a = 1\nfor b in a: a",
    "a bare expression": "a = 1\na",
    "no Python": "a = (",
    "a NUL": "a = 1\0",
}


@pytest.mark.parametrize("code", CODE.values(), ids=CODE)
def test_what_no_template_writes_is_refused(code: str, tmp_path: Path) -> None:
    (tmp_path / "api").mkdir()
    (tmp_path / "api" / "get.py").write_text(f'"""A call."""\n\n{code}\n')
    with pytest.raises(InputError, match="would be generated ") as refused:
        check(tmp_path)
    assert refused.value.location.file == "api/get.py"


def test_what_templates_write_is_let_through(tmp_path: Path) -> None:
    (tmp_path / "get.py").write_text(
        '"""A call."""\n\nfrom .._arguments import path_segment\n\n\n'
        'def request(boat: str) -> str:\n    """The path."""\n    return f"/boats/{path_segment(boat)}"\n'
    )
    check(tmp_path)
