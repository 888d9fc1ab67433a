"""Our templates over openapi-python-client's: the passport is up to date, and each template is needed.

python -m tests.generator.test_templates > generator/client_writer/templates/PASSPORT.yaml
"""

import hashlib
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

import pytest
import yaml
from jinja2.exceptions import UndefinedError

from generator.client_writer import opc
from generator.errors import InputError
from tests.generator.conftest import KITCHEN_SINK
from tests.generator.writer.rendering import differences, rendered

ROOT = Path(__file__).parents[2]
SPECIFICATION = ROOT / "spec" / "openapi.yaml"
PASSPORT = opc.TEMPLATES / "PASSPORT.yaml"
OURS = sorted(opc.TEMPLATES.rglob("*.jinja"))
NAME = "openapi-python-client"
THEIRS = files("openapi_python_client") / "templates"

HEADER = """\
# The upstream templates that ours replace, each with the reason from the first line of ours. `over` is the SHA-256 of
# the upstream template, so that a change of it is noticed. Written by tests/generator/test_templates.py.
"""


def reason(template: Path) -> str:
    first = template.read_text(encoding="utf-8").partition("\n")[0]
    opening = re.fullmatch(r"\{# Differs: (.+\.) #\}", first)
    assert opening, f"{template.name} opens with {first!r}"
    return opening[1]


def passport() -> str:
    """Return the passport of our templates for the installed version."""
    templates = {
        template.name: {
            "reason": reason(template),
            "over": hashlib.sha256((THEIRS / template.name).read_bytes()).hexdigest(),
        }
        for template in OURS
    }
    plain = {"upstream": NAME, "version": version(NAME), "templates": templates}
    return HEADER + yaml.safe_dump(plain, sort_keys=False, width=116)


def test_the_passport_is_up_to_date() -> None:
    """If upstream or a template has changed, compare them, then rewrite the passport with the command above.

    The version is pinned: a range would let in templates that nobody has compared with ours.
    """
    assert PASSPORT.read_text(encoding="utf-8") == passport()
    assert sorted(opc.TEMPLATES.iterdir()) == sorted([PASSPORT, *OURS])
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert f"{NAME}=={version(NAME)}" in project["dependencies"]


def contract_problems(folder: Path, specification: Path) -> list[str]:
    """Return the differences between a specification and its client, or the reason why it is not generated."""
    try:
        return [*map(str, differences(specification, rendered(specification, folder)))]
    except (InputError, UndefinedError) as problem:  # An upstream template reads values that ours do not have.
        return [str(problem)]


def problems(folder: Path, specification: Path) -> list[str]:
    """Return the differences between a specification and its client, and the findings of ruff."""
    differing = contract_problems(folder, specification)
    ruff = str(Path(sysconfig.get_path("scripts"), "ruff"))
    elsewhere = "--ignore=ASYNC109,C901,INP001,PLR0912,PLR0913,PLR0915,RUF100,TID252"
    options = [f"--config={ROOT / 'pyproject.toml'}", elsewhere, "--no-cache", "--output-format=concise"]
    command = [ruff, "check", *options, str(folder)]
    style = subprocess.run(command, capture_output=True, text=True, check=False)
    return [*differing, *style.stdout.splitlines()[:-1]]


def test_with_every_template_the_client_is_in_order(tmp_path: Path) -> None:
    assert problems(tmp_path / "client", KITCHEN_SINK) == []


@pytest.mark.slow
@pytest.mark.parametrize("template", OURS, ids=lambda template: template.name)
def test_without_a_template_the_client_is_not_in_order(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The upstream template breaks a promise, so the override is needed."""
    rest = shutil.copytree(opc.TEMPLATES, tmp_path / "templates")
    (rest / template.name).unlink()
    monkeypatch.setattr(opc, "TEMPLATES", rest)
    needs_more = template.name == "str_enum.py.jinja"
    assert problems(tmp_path / "client", KITCHEN_SINK if needs_more else SPECIFICATION) != []


LOSSES = {
    "the checks of the arguments": ("endpoint_module.py.jinja", r" +\{\{ line \}\}\n", ""),
    "the path of a call": ("endpoint_module.py.jinja", r"\{\{ operation\.path_expression \}\}", '""'),
    "the decoding of a field": ("model.py.jinja", r"\{\{ field\.decode \}\}", "{{ field.raw_name }}"),
    "the writing of a field": ("model.py.jinja", r".*\{\{ field\.encode \}\},\n", ""),
    "an attribute of the client": ("client.py.jinja", r"(?s)    @cached_property.*?_connection\)\n", ""),
    "the twin of a method": ("endpoint_init.py.jinja", r"_detailed(?=\(\{\{ operation\.method_signature)", ""),
    "the query of a call": ("endpoint_module.py.jinja", r"query=\{ .* \},\n", ""),
    "the content of a call": ("endpoint_module.py.jinja", r" +content=encode_body\(.*\n", ""),
    "the checks of a message": ("model.py.jinja", r" +\{\{ line \}\}\n", "        pass\n"),
    "the members of an enumeration": ("str_enum.py.jinja", r" +\{\{ name \}\} = .*\n", ""),
    "the walk over pages": ("endpoint_init.py.jinja", r"page\.\{\{ operation\.pages\.attribute \}\}", "[]"),
}
"""Loss -> the template, the text that goes, and its replacement. What only a docstring says is no fact to lose."""


@pytest.mark.slow
@pytest.mark.parametrize(("name", "text", "replacement"), LOSSES.values(), ids=LOSSES)
def test_a_loss_in_a_template_is_detected_in_the_client(
    name: str, text: str, replacement: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    templates = shutil.copytree(opc.TEMPLATES, tmp_path / "templates")
    whole = (templates / name).read_text(encoding="utf-8")
    less = re.sub(text, replacement, whole)
    assert less != whole
    (templates / name).write_text(less, encoding="utf-8")
    monkeypatch.setattr(opc, "TEMPLATES", templates)
    assert contract_problems(tmp_path / "client", KITCHEN_SINK) != []


if __name__ == "__main__":
    sys.stdout.write(passport())
