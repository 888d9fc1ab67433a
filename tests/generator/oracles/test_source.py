"""The rules on Python source agree with a type checker: both clients are generated and checked."""

import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.changes.classify import Verdict
from generator.changes.revisions import read_revision
from generator.changes.spec_diff import diff_specs
from tests.generator.writer.rendering import SAMPLE_API, rendered

Edit = tuple[tuple[str, str], ...]

HEADER = """\
        - name: X-Client-Request-Id
          in: header
          schema: {type: string, format: uuid}
          x-source: https://boats.example/headers
"""
DEFAULT = """\
        default:
          $ref: '#/components/responses/Error'
"""
CONFLICT = DEFAULT.replace("default", "'409'")
NUMBER = "        - {name: harbourId, in: path, required: true, schema: {type: string, minLength: 2, maxLength: 2}}"
ANSWERED = """\
          headers: {x-day: {schema: {type: string}, x-source: 'https://boats.example/day'}}
"""
SEA = f"""\
  /v1/sea:
    get:
      operationId: boats.sea
      tags: [boats]
      responses:
        '200':
          description: The sea.
          content: {{application/json: {{schema: {{$ref: '#/components/schemas/Weather'}}}}}}
{DEFAULT}"""

SOURCE: Mapping[str, Edit] = {
    "nothing": (),
    "limit lowered": (("minLength: 2, maxLength: 2", "minLength: 1, maxLength: 1"),),
    "limit raised": (("schema: {type: string, minLength: 1}", "schema: {type: string, minLength: 1, maxLength: 9}"),),
    "operation removed": (("  /v1/weather:\n", "  /v1/sea:\n"), ("boats.weather", "boats.sea")),
    "path changed": (("  /v1/weather:\n", "  /v2/weather:\n"),),
    "method changed": (("    post:\n", "    put:\n"),),
    "server changed": (("https://boats.example/api", "https://ships.example/api"),),
    "operation renamed": (("harbours.closeNow", "harbours.close"),),
    "tag renamed": (("[old harbours]", "[harbours]"),),
    "model renamed": (("schemas/Mast", "schemas/Pole"), ("    Mast:\n", "    Pole:\n")),
    "path parameter renamed": (("{boatId}", "{id}"), ("name: boatId", "name: id")),
    "parameter added": (
        ("{harbourId}:close", "{harbourId}/{day}:close"),
        (f"{NUMBER}\n", f"{NUMBER}\n{NUMBER.replace('harbourId', 'day')}\n"),
    ),
    "status changed": (("'202':", "'201':"),),
    "field removed": (("        print: {type: string}\n", ""),),
    "field renamed": (("        print: {type: string}\n", "        imprint: {type: string}\n"),),
    "field added": (
        ("        print: {type: string}\n", "        print: {type: string}\n        flag: {type: string}\n"),
    ),
    "object removed": (("        mast: {description: The main one., $ref: '#/components/schemas/Mast'}\n", ""),),
    "type changed": (("        print: {type: string}\n", "        print: {type: integer, format: int32}\n"),),
    "format added": (("        print: {type: string}\n", "        print: {type: string, format: int64}\n"),),
    "format changed": (("      format: int64\n", "      format: date-time\n"),),
    "format removed": (("          format: date-time\n", ""),),
    "a list of it": (("        print: {type: string}\n", "        print: {type: array, items: {type: string}}\n"),),
    "one of a list": (("items: {type: string, x-unique-within: sea}}", "items: {type: object}}"),),
    "unit changed": (("x-unit: kilogram", "x-unit: pound"),),
    "scope changed": (("x-unique-within: harbour", "x-unique-within: sea"),),
    "uniqueness dropped": (("          uniqueItems: true\n", ""),),
    "read-only": (("        print: {type: string}\n", "        print: {type: string, readOnly: true}\n"),),
    "header parameter removed": ((HEADER, ""),),
    "error added": ((f"{DEFAULT}  /v1/weather:", f"{CONFLICT}{DEFAULT}  /v1/weather:"),),
    "answer header added": (("          description: It closes.\n", f"          description: It closes.\n{ANSWERED}"),),
    "operation added": (("  /v1/weather:\n", f"{SEA}  /v1/weather:\n"),),
}
"""Change of the specification -> its texts."""

CONSUMER = """
from collections.abc import Mapping
from typing import assert_type

from {client} import Boat, Client, Mast, Response, Status, Timestamp, Weather


def use(client: Client) -> None:
    boat = client.boats.get(harbour_id="a", boat_id="1")
    assert_type(client.boats.get("a", "1"), Boat)
    assert_type(boat.id, str)
    assert_type(boat.print_, str)
    assert_type(boat.weight, int)
    assert_type(boat.crew_size, int)
    assert_type(boat.mast, Mast | None)
    assert_type([mast.height for mast in boat.masts], list[int])
    assert_type(boat.names, list[str])
    assert_type(boat.notes, list[dict[str, object]])
    assert_type(boat.built_at, Timestamp | None)
    assert_type(client.old_harbours.close_now(harbour_id="ab"), Mast)
    assert_type(client.boats.weather(), Weather)
    response = client.boats.get_detailed("a", "1")
    assert_type(response, Response[Boat])
    assert_type(response.status_code, int)
    assert_type(response.headers, Mapping[str, str])
    assert_type(Status().code, int)


def make() -> Boat:
    return Boat(id="1", print_="a", weight=1, crew_size=2, mast=Mast(height=1), masts=[], names=["a"], notes=[])
"""


def _specification(folder: Path, edits: Edit) -> Path:
    text = SAMPLE_API.read_text(encoding="utf-8")
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    file = folder.with_suffix(".yaml")
    file.write_text(text, encoding="utf-8")
    return file


def _names(index: int) -> tuple[str, str]:
    return f"client_{index}", f"uses_{index}"


def _refused(folder: Path) -> Mapping[str, list[str]]:
    """Check the consumer against the client of each specification with mypy, in one run."""
    for index, edits in enumerate(SOURCE.values()):
        client, uses = _names(index)
        rendered(_specification(folder / client, edits), folder / client)
        (folder / f"{uses}.py").write_text(CONSUMER.replace("{client}", client), encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--follow-imports=silent"]
    files = [f"{uses}.py" for _, uses in map(_names, range(len(SOURCE)))]
    done = subprocess.run([*command, *files], cwd=folder, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    found = re.findall(r"^uses_(\d+)\.py:\d+: error: (.*)$", done.stdout, re.MULTILINE)
    return {name: [message for at, message in found if int(at) == index] for index, name in enumerate(SOURCE)}


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_the_rules_say_of_source_what_a_type_checker_says(tmp_path: Path) -> None:
    """Each change is one, and breaks the consumer's source where a rule says so and nowhere else."""
    refused = _refused(tmp_path)
    for index, (name, edits) in enumerate(SOURCE.items()):
        later = (tmp_path / _names(index)[0]).with_suffix(".yaml")
        found = diff_specs(*(read_revision(str(file), file).specification for file in (SAMPLE_API, later))).changes
        breaking = [change.rule.id for change in found if change.rule.verdicts.source is Verdict.BREAKING]
        assert bool(found) == bool(edits), name
        assert bool(breaking) == bool(refused[name]), (name, breaking, refused[name])
