"""Our templates over openapi-python-client's: the passport is true, and each of them is needed.

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

from generator.client_writer import opc as upstream
from generator.errors import InputError
from tests.generator.conftest import VOYAGES
from tests.generator.writer.rendering import differences, rendered

ROOT = Path(__file__).parents[2]
SPECIFICATION = ROOT / "spec" / "openapi.yaml"
PASSPORT = upstream.TEMPLATES / "PASSPORT.yaml"
OURS = sorted(upstream.TEMPLATES.rglob("*.jinja"))
NAME = "openapi-python-client"
THEIRS = files("openapi_python_client") / "templates"

HEADER = """\
# Whose templates these take the place of, and why each does: the reason is its own first line. `over` is the SHA-256
# of the template of theirs, so that an edit of theirs is noticed. Written by tests/generator/test_templates.py.
"""


def reason(template: Path) -> str:
    first = template.read_text(encoding="utf-8").partition("\n")[0]
    opening = re.fullmatch(r"\{# Differs: (.+\.) #\}", first)
    assert opening, f"{template.name} opens with {first!r}"
    return opening[1]


def passport() -> str:
    """The passport that the installed version and our templates call for."""
    templates = {
        one.name: {"reason": reason(one), "over": hashlib.sha256((THEIRS / one.name).read_bytes()).hexdigest()}
        for one in OURS
    }
    plain = {"upstream": NAME, "version": version(NAME), "templates": templates}
    return HEADER + yaml.safe_dump(plain, sort_keys=False, width=116)


def test_the_passport_is_what_the_templates_and_the_installed_version_call_for() -> None:
    """Where upstream or a template has changed: look at what it means, then write it anew by the command above."""
    assert PASSPORT.read_text(encoding="utf-8") == passport()


def test_the_version_is_pinned() -> None:
    """A range would let templates in that nobody has looked at."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert f"{NAME}=={version(NAME)}" in project["dependencies"]


@pytest.mark.parametrize("template", OURS, ids=lambda one: one.name)
def test_a_template_of_ours_takes_the_place_of_another_one(template: Path) -> None:
    """One that upstream does not have would never be used; one that is upstream's own is no template of ours."""
    theirs = (THEIRS / template.relative_to(upstream.TEMPLATES)).read_text(encoding="utf-8")
    ours = template.read_text(encoding="utf-8").partition("\n")[2]
    assert ours.split() != theirs.split()


def test_nothing_but_templates_lies_among_them() -> None:
    assert sorted(upstream.TEMPLATES.iterdir()) == sorted([PASSPORT, *OURS])


def unsaid(folder: Path, specification: Path) -> list[str]:
    """What the client that the templates give does not say of a specification, or why it is none."""
    try:
        return [str(one) for one in differences(specification, rendered(specification, folder))]
    except (InputError, UndefinedError) as problem:  # Upstream's own asks for what our values do not have.
        return [str(problem)]


def troubles(folder: Path, specification: Path) -> list[str]:
    """What is wrong with the client that the templates give: it is none, says too little, or is ill-styled."""
    found = unsaid(folder, specification)
    ruff = str(Path(sysconfig.get_path("scripts"), "ruff"))
    elsewhere = ["--ignore=ASYNC109,C901,INP001,PLR0912,PLR0913,RUF100,TID252", "--no-cache", "--output-format=concise"]
    command = [ruff, "check", f"--config={ROOT / 'pyproject.toml'}", *elsewhere, str(folder)]
    style = subprocess.run(command, capture_output=True, text=True, check=False)
    return [*found, *style.stdout.splitlines()[:-1]]


def test_with_every_template_the_client_is_in_order(tmp_path: Path) -> None:
    assert troubles(tmp_path / "client", VOYAGES) == []


@pytest.mark.slow
@pytest.mark.parametrize("template", OURS, ids=lambda one: one.name)
def test_without_a_template_the_client_is_not_in_order(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Upstream's own template in its place breaks a promise, so that the override is needed."""
    rest = shutil.copytree(upstream.TEMPLATES, tmp_path / "templates")
    (rest / template.name).unlink()
    monkeypatch.setattr(upstream, "TEMPLATES", rest)
    needs_more = template.name == "str_enum.py.jinja"
    assert troubles(tmp_path / "client", VOYAGES if needs_more else SPECIFICATION) != []


DROPPED = {
    "the checks of the arguments": ("endpoint_module.py.jinja", r" +\{\{ line \}\}\n", ""),
    "the path of a call": ("endpoint_module.py.jinja", r"\{\{ operation\.path_expression \}\}", '""'),
    "the documentation of a field": ("model.py.jinja", r" +\{\{ docstring\(\[one\.documentation\], 4\) \}\}\n", ""),
    "the reading of a field": ("model.py.jinja", r" +\{\{ one\.reads \}\},\n", ""),
    "the writing of a field": ("model.py.jinja", r".*\{\{ one\.writes \}\},\n", ""),
    "an attribute of the client": ("client.py.jinja", r"(?s)    @cached_property.*?_connection\)\n", ""),
    "the twin of a method": ("endpoint_init.py.jinja", r"_detailed(?=\(\{\{ operation\.method_signature)", ""),
}
"""What a template could lose: its name, the text that goes, and what then stands in its place."""

DROPPED_OF_MORE = {
    "the query of a call": ("endpoint_module.py.jinja", r"query=\{ .* \},\n", ""),
    "the content of a call": ("endpoint_module.py.jinja", r" +content=encode_body\(.*\n", ""),
    "the checks of a message": ("model.py.jinja", r" +\{\{ line \}\}\n", "        pass\n"),
    "the members of an enumeration": ("str_enum.py.jinja", r" +\{\{ name \}\} = .*\n", ""),
    "the walk over pages": ("endpoint_init.py.jinja", r"page\.\{\{ operation\.pages\.attribute \}\}", "[]"),
}
"""Likewise, to be seen in a client of more methods."""


LOST = [*((SPECIFICATION, *one) for one in DROPPED.values()), *((VOYAGES, *one) for one in DROPPED_OF_MORE.values())]


@pytest.mark.slow
@pytest.mark.parametrize("lost", LOST, ids=[*DROPPED, *DROPPED_OF_MORE])
def test_what_a_template_drops_is_seen_in_the_client(
    lost: tuple[Path, str, str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    specification, name, text, instead = lost
    templates = shutil.copytree(upstream.TEMPLATES, tmp_path / "templates")
    whole = (templates / name).read_text(encoding="utf-8")
    less = re.sub(text, instead, whole)
    assert less != whole
    (templates / name).write_text(less, encoding="utf-8")
    monkeypatch.setattr(upstream, "TEMPLATES", templates)
    assert unsaid(tmp_path / "client", specification) != []


if __name__ == "__main__":
    sys.stdout.write(passport())
