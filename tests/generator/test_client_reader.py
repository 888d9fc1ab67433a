"""The client reader reads the facts of a package as its user gets it, or gives one error."""

import re
import shutil
import sys
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
from tests.generator.writer.rendering import SAMPLE_API, differences, rendered, state

CALL = "api/boats/get.py"
BREAKS: dict[str, tuple[str, str, str, str]] = {
    "no Python": ("client.py", "class Client", "klass Client", "cannot be imported: SyntaxError: invalid syntax"),
    "a name from nowhere": ("client.py", "BaseClient", "Nobody", "cannot be imported: ImportError: cannot import name"),
    "no Client": (
        "__init__.py",
        "AsyncClient, Client",
        "AsyncClient",
        "has no `Client`; write one with `make generate`",
    ),
    "no error to catch": ("errors.py", "class InvalidParameter", "class Another", "cannot be imported: ImportError"),
    "a call that fails": (CALL, "check_string(", "check_string(1, ", "cannot be called as a client: TypeError"),
    "an argument that no text fits": (
        CALL,
        'string("boat_id", boat_id',
        'string("boat_id", 1',
        "accepts no value as `boat_id`: must be a str, not int",
    ),
    "an argument that is none": (
        CALL,
        'string("boat_id", boat_id',
        'string("crew", 1',
        "rejects `crew`, which is not an argument",
    ),
    "arguments that do not go together": (
        CALL,
        "harbour_id, min_length=1",
        'harbour_id, min_length=1 if boat_id in {"z", ""} else 2',
        "rejects `harbour_id`, which must have at least 2",
    ),
    "a call that sends nothing": (
        "api/boats/__init__.py",
        "return self._connection.send(get.request(harbour_id, boat_id), options).parsed",
        "return Boat()",
        "sends no request, and raises no InvalidParameter",
    ),
    "a refusal of what was sent": (
        "api/boats/__init__.py",
        "return self._connection.send(get.request(harbour_id, boat_id), options).parsed",
        "self.get_detailed(harbour_id, boat_id); get.check_string('boat_id', '', min_length=1)",
        "cannot be called as a client: InvalidParameter",
    ),
    "another result": (CALL, "result=Boat", "result=Status", "does not return the Boat that it declares"),
    "an unknown success": (CALL, "status_code=200", "status_code=299", r"takes the statuses \[\] for success; one is"),
    "a field that is not written": ("models/boat.py", '"id": self.id,', "", "the attribute `id` is missing from what"),
}
"""Problem of a package -> the file, the text, its replacement, and the message."""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return rendered(SAMPLE_API, tmp_path_factory.mktemp("whole") / "client")


@pytest.fixture
def package(whole: Path, tmp_path: Path) -> Path:
    """A client of the boats that may be broken."""
    return shutil.copytree(whole, tmp_path / "client")


def test_a_client_says_what_its_specification_says(whole: Path) -> None:
    """Of two arguments, of statuses other than 200, of verbs in a path and of every kind of field, too."""
    assert differences(SAMPLE_API, whole) == ()


def test_a_client_of_everything_says_what_its_specification_says(kitchen_sink: Path) -> None:
    """Of queries, bodies, pages, enumerations, maps, groups, spans of time and messages within themselves, too."""
    assert differences(KITCHEN_SINK, kitchen_sink) == ()


def test_a_list_that_must_have_several_elements_is_found(tmp_path: Path) -> None:
    """So is what is said of it in a docstring of several lines."""
    crew = (
        "- {name: crew, in: query, required: true, description: Those who sail the boat and those who merely travel"
        " with them from one harbour to the next, schema: {type: array, minItems: 3, maxItems: 9,"
        " items: {type: string}}}\n        "
    )
    specification = tmp_path / "crew.yaml"
    header = "- name: X-Client-Request-Id"
    text = SAMPLE_API.read_text(encoding="utf-8").replace(header, crew + header)
    specification.write_text(text, encoding="utf-8")
    package = rendered(specification, tmp_path / "client")
    method = (package / "api" / "boats" / "__init__.py").read_text(encoding="utf-8")
    assert re.search(r"^ {12}crew: .*\n {16}\w", method, re.MULTILINE)
    assert differences(specification, package) == ()


def test_zero_in_place_of_none_is_found(tmp_path: Path) -> None:
    """Of a response, too, where a client states nothing but types."""
    specification = tmp_path / "nullable.yaml"
    text = SAMPLE_API.read_text(encoding="utf-8")
    nullable = text.replace("type: string\n      format: int64", 'type: [string, "null"]\n      format: int64')
    assert nullable != text
    specification.write_text(nullable, encoding="utf-8")
    package = rendered(SAMPLE_API, tmp_path / "client")
    missing = [difference for difference in differences(specification, package) if difference.part == "response"]
    assert {(difference.id, difference.keyword) for difference in missing} == {("fact-missing", "nullable")}


@pytest.mark.parametrize(("file", "text", "instead", "says"), BREAKS.values(), ids=BREAKS)
def test_a_broken_client_is_unreadable(package: Path, file: str, text: str, instead: str, says: str) -> None:
    broken = (package / file).read_text(encoding="utf-8")
    assert text in broken
    (package / file).write_text(broken.replace(text, instead), encoding="utf-8")
    with pytest.raises(InputError, match=says) as refused:
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


def test_reading_leaves_nothing_behind(package: Path) -> None:
    """Neither modules nor files: the client can be read, changed, and read again."""
    modules, files = set(sys.modules), state(package)
    assert client.read(package) == client.read(package)
    assert set(sys.modules) == modules
    assert state(package) == files
    assert not list(package.rglob("__pycache__"))


def test_a_copy_elsewhere_is_the_one_that_is_read(whole: Path, package: Path) -> None:
    """A client that was imported before, under any name, does not matter."""
    client.read(whole)
    file = package / CALL
    file.write_text(file.read_text(encoding="utf-8").replace('method="GET"', 'method="PUT"'), encoding="utf-8")
    assert [contract.operation.method for contract in client.read(package)] == ["PUT", "GET", "POST"]


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
