"""The client reader reads the facts of a package as its user gets it, or gives one error."""

import re
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.contract.check import WitnessContracts, check
from generator.contract.facts import Witness
from generator.errors import InputError, Location
from generator.readers import client, openapi
from generator.readers.client.source_snippet import source_snippet
from generator.reports.json import report_data
from generator.reports.text import report_table
from tests.generator.conftest import KITCHEN_SINK
from tests.generator.folders import contents
from tests.generator.writer.rendering import SAMPLE_API, differences, rendered

CALL = "api/boats/get.py"
ARGUMENT, SEND = (
    'string("boat_id", boat_id',
    "return self._connection.send(get.request(harbour_id, boat_id), options).parsed",
)
CHECK = "self.get_detailed(harbour_id, boat_id); get.check_string('boat_id', '', min_length=1)"
BREAKS: Mapping[str, tuple[str, str, str]] = {
    "cannot be imported: SyntaxError: invalid syntax": ("client.py", "class Client", "klass Client"),
    "cannot be imported: ImportError: cannot import name": ("client.py", "BaseClient", "Nobody"),
    "has no `Client`; write one with `make generate`": ("__init__.py", "AsyncClient, Client", "AsyncClient"),
    "cannot be called as a client: TypeError": (CALL, "check_string(", "check_string(1, "),
    "accepts no value as `boat_id`: must be a str, not int": (CALL, ARGUMENT, 'string("boat_id", 1'),
    "rejects `crew`, which is not an argument": (CALL, ARGUMENT, 'string("crew", 1'),
    "rejects `harbour_id`, which must have at least 2": (
        CALL,
        "harbour_id, min_length=1",
        'harbour_id, min_length=1 if boat_id in {"z", ""} else 2',
    ),
    "sends no request, and raises no InvalidParameter": ("api/boats/__init__.py", SEND, "return Boat()"),
    "cannot be called as a client: InvalidParameter": ("api/boats/__init__.py", SEND, CHECK),
    "does not return the Boat that it declares": (CALL, "result=Boat", "result=Status"),
    r"takes the statuses \[\] for success; one is": (CALL, "status_code=200", "status_code=299"),
    "the attribute `id` is missing from what": ("models/boat.py", '"id": self.id,', ""),
}
"""Message -> the file of a package, the text, and its replacement."""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return rendered(SAMPLE_API, tmp_path_factory.mktemp("whole") / "client")


@pytest.fixture
def package(whole: Path, tmp_path: Path) -> Path:
    """A client of the boats that may be broken."""
    return shutil.copytree(whole, tmp_path / "client")


def test_a_client_says_what_its_specification_says(whole: Path, kitchen_sink: Path) -> None:
    """Every kind of argument, query, body, page, status and field, and messages within themselves."""
    assert differences(SAMPLE_API, whole) == ()
    assert differences(KITCHEN_SINK, kitchen_sink) == ()


def test_a_list_that_must_have_several_elements_is_read(tmp_path: Path) -> None:
    crew = (
        "- {name: crew, in: query, required: true, description: All., schema: {type: array, minItems: 3, maxItems: 9,"
    )
    header = "- name: X-Client-Request-Id"
    text = SAMPLE_API.read_text(encoding="utf-8")
    specification = tmp_path / "crew.yaml"
    lines = f"{crew} items: {{type: integer, format: int32}}}}}}\n        {header}"
    specification.write_text(text.replace(header, lines), encoding="utf-8")
    assert differences(specification, rendered(specification, tmp_path / "client")) == ()


def test_zero_in_place_of_none_is_found(whole: Path, tmp_path: Path) -> None:
    """Of a response, too, where a client states nothing but types."""
    text = SAMPLE_API.read_text(encoding="utf-8")
    nullable = text.replace("type: string\n      format: int64", 'type: [string, "null"]\n      format: int64')
    (tmp_path / "nullable.yaml").write_text(nullable, encoding="utf-8")
    rows = [row for row in differences(tmp_path / "nullable.yaml", whole) if row.part == "response"]
    assert {(row.id, row.keyword) for row in rows} == {("fact-missing", "nullable")}


@pytest.mark.parametrize(("message", "edit"), BREAKS.items())
def test_a_broken_client_is_unreadable(package: Path, message: str, edit: tuple[str, str, str]) -> None:
    name, old, new = edit
    text = (package / name).read_text(encoding="utf-8")
    assert old in text
    (package / name).write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(InputError, match=message) as refused:
        client.read(package)
    assert str(package) in refused.value.location.file


@pytest.mark.parametrize("holds", [None, "README.md"])
def test_a_folder_without_a_client_is_unreadable(tmp_path: Path, holds: str | None) -> None:
    folder = tmp_path / "client"
    if holds:
        folder.mkdir()
        (folder / holds).touch()
    with pytest.raises(InputError, match="client: contains no client; write one with `make generate`"):
        client.read(folder)


def test_each_fact_has_the_line_that_says_it(whole: Path) -> None:
    """The line of a method, and of a field the one of its attribute, each in its own file."""
    contract = next(contract for contract in client.read(whole) if contract.operation.url.endswith("{boatId}"))
    lines = {
        fact.path: Path(fact.location.file).read_text(encoding="utf-8").splitlines()[fact.location.line - 1].strip()
        for fact in contract.facts()
    }
    assert lines["boatId"] == "def get("
    assert lines["mast.height"] == "height: int = 0"
    assert lines["masts[]"].startswith("masts: list[Mast] = ")


def test_a_line_is_shown_by_what_it_declares(whole: Path) -> None:
    """An attribute with its type, an argument, a method; nothing for a line that declares nothing."""
    boat, calls = str(whole / "models" / "boat.py"), str(whole / "api" / "boats" / "__init__.py")
    contract = next(contract for contract in client.read(whole) if contract.operation.url.endswith("{boatId}"))
    field = next(field for field in contract.response.fields if field.path == "id")
    assert source_snippet(field.location, "id") == "Boat.id: str"
    assert source_snippet(contract.operation.location, "boatId") == "get(boat_id: str)"
    assert source_snippet(contract.operation.location, "") == "get"
    assert [source_snippet(Location(module, 1), "") for module in (boat, calls)] == ["", ""]


def test_reading_leaves_nothing_behind(whole: Path, package: Path) -> None:
    """Neither modules nor files: a client that was read before, or elsewhere, does not matter."""
    modules, files = set(sys.modules), contents(package)
    assert client.read(whole) == client.read(package)
    assert (set(sys.modules), contents(package)) == (modules, files)
    file = package / CALL
    file.write_text(file.read_text(encoding="utf-8").replace('method="GET"', 'method="PUT"'), encoding="utf-8")
    assert [contract.operation.method for contract in client.read(package)] == ["PUT", "GET", "POST"]
    assert not list(package.rglob("__pycache__"))


def test_docstrings_are_no_evidence(kitchen_sink: Path, tmp_path: Path) -> None:
    """The generator copies them from the specification, so reading them back would prove nothing."""
    without = shutil.copytree(kitchen_sink, tmp_path / "client")
    for file in [*without.glob("models/*.py"), *without.glob("api/**/*.py")]:
        text = file.read_text(encoding="utf-8")
        other = re.sub(r'""".*?"""', lambda match: '""' + "\n" * match[0].count("\n"), text, flags=re.DOTALL)
        assert other != text
        file.write_text(other, encoding="utf-8")
    assert client.read(without) == client.read(kitchen_sink)


def test_facts_that_a_client_cannot_express_are_listed(whole: Path) -> None:
    """A report names them, since nothing compares them."""
    sides = (Witness.SPECIFICATION, openapi.read(SAMPLE_API)), (Witness.CLIENT, client.read(whole))
    left, right = (WitnessContracts(witness, Location(witness), contracts) for witness, contracts in sides)
    report = check([(left, right)])
    rows = report_data(report, {})["comparisons"][0]["not_expressible"]
    assert {"part": "response", "path": "id", "keyword": "readOnly"} in rows
    assert {"part": "response", "path": "masts[]", "keyword": "uniqueItems"} in rows
    assert {"part": "response", "path": "id", "keyword": "type"} not in rows
    assert "    not expressible by the client: id readOnly, " in report_table(report, {})
