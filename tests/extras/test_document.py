"""A draft of our own pages is the expected document, to the byte."""

from pathlib import Path

import pytest
import yaml

from generator.errors import InputError
from generator.extras.draft.from_pages import draft_pages
from generator.readers import documentation
from tests.generator.documentation.cases import spelled
from tests.sample import SPECIFICATION

FIXTURES = Path(__file__).parent / "fixtures"
NAMES = ("list.md", "get.md", "create.md")


@pytest.fixture
def pages(tmp_path: Path) -> list[Path]:
    """A newer page of a list, an older one of the same resource, and one of a body with all that can be in it."""
    for name in NAMES:
        (tmp_path / name).write_text(spelled((FIXTURES / name).read_text(encoding="utf-8")), encoding="utf-8")
    return [tmp_path / name for name in NAMES]


def test_the_document_is_as_it_is_expected(pages: list[Path]) -> None:
    """Equal to the byte, except for the parts from the project's own specification."""
    whole = draft_pages([*map(documentation.read, pages)], SPECIFICATION).document
    before, _, rest = whole.partition("components:\n")
    _, _, schemas = rest.partition("  schemas:\n")
    expected = (FIXTURES / "openapi.yaml").read_text(encoding="utf-8")
    assert f"{before}components:\n  schemas:\n{schemas}" == expected


def test_what_no_page_states_is_that_of_the_specification(pages: list[Path]) -> None:
    """License, security, headers and errors, each component of theirs and no other; no example of another resource.

    An operation's error is the status that every error is: its facts are the page's, so it needs no source.
    """
    ours = yaml.safe_load(draft_pages([*map(documentation.read, pages)], SPECIFICATION).document)
    theirs = yaml.safe_load(SPECIFICATION.read_text(encoding="utf-8"))
    assert ours["security"] == theirs["security"]
    assert ours["info"]["license"] == theirs["info"]["license"]
    del theirs["components"]["responses"]["Error"]["content"]["application/json"]["examples"]
    for section in ("securitySchemes", "parameters", "headers", "responses"):
        assert ours["components"][section] == theirs["components"][section]
    assert ours["components"].keys() == {"securitySchemes", "parameters", "headers", "responses", "schemas"}
    del theirs["components"]["schemas"]["Status"]["x-source"]
    assert ours["components"]["schemas"]["Status"] == theirs["components"]["schemas"]["Status"]


def test_a_specification_without_an_operation_has_no_conventions(pages: list[Path], tmp_path: Path) -> None:
    """There is nothing to learn from."""
    empty = tmp_path / "empty.yaml"
    empty.write_text("openapi: 3.1.0\ninfo: {title: Boats}\npaths: {}\n", encoding="utf-8")
    with pytest.raises(InputError, match="has no operation; a draft follows the conventions of one"):
        draft_pages([*map(documentation.read, pages)], empty)


APART: dict[str, tuple[int, str, str, str]] = {
    "two hosts": (
        0,
        "https://harbour.",
        "https://port.",
        "get.md:6: has another host than port.api.cloud.yandex.net; draft",
    ),
    "one name": (1, "/boats/", "/old/boats/", "has the operationId of /harbour/v1/old/boats/{boatId}, boats.get"),
}
"""Title -> the number of the page that becomes the first one, the text that is replaced in it, and the error."""


@pytest.mark.parametrize(("number", "old", "new", "error"), APART.values(), ids=APART)
def test_pages_that_one_specification_cannot_hold_are_drafted_apart(
    pages: list[Path], number: int, old: str, new: str, error: str
) -> None:
    """A specification names one server, and an operationId is unique."""
    pages[0].write_text(pages[number].read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(InputError, match=error):
        draft_pages([*map(documentation.read, pages[:2])], SPECIFICATION)


def test_a_page_without_a_host_is_given_one_to_check(pages: list[Path]) -> None:
    """The oldest pages name none; another page's is taken, where there is one."""
    text = pages[1].read_text(encoding="utf-8")
    pages[1].write_text(text.replace("https://harbour.api.cloud.yandex.net", ""), encoding="utf-8")
    (alone,) = yaml.safe_load(draft_pages([documentation.read(pages[1])], SPECIFICATION).document)["servers"]
    assert alone == {
        "url": "https://harbour.api.cloud.yandex.net",
        "description": "TODO; check this host, the page names none",
    }
    (of_both,) = yaml.safe_load(draft_pages([*map(documentation.read, pages)], SPECIFICATION).document)["servers"]
    assert of_both == {"url": "https://harbour.api.cloud.yandex.net", "description": "TODO"}


def test_what_is_not_understood_is_marked_where_it_is_said(pages: list[Path]) -> None:
    """A person reads that line of the page, and says it in words."""
    text = pages[1].read_text(encoding="utf-8").replace("Output only. Its number.", "Must be lucky.")
    pages[1].write_text(text, encoding="utf-8")
    drafted = draft_pages([documentation.read(pages[1])], SPECIFICATION)
    said = yaml.safe_load(drafted.document)["components"]["schemas"]["Boat"]["properties"]["id"]["description"]
    assert said == "TODO, with the content of line 27 of the page"
    assert drafted.warnings == (f"{pages[1]}:27: not understood; state it by hand: Must be lucky",)


def test_what_an_older_page_leaves_out_is_said_with_a_source(pages: list[Path]) -> None:
    """A query parameter without a type, the values of a map, and a time that is shown as text."""
    text = pages[1].read_text(encoding="utf-8")
    query = "## Query parameters {#query_params}\n\nParameter | Description\n--- | ---\n"
    rows = (
        "berth | Where. «most» is 9.\npageSize | How many.\nfull | All. Default value: true.\nsize | No less than 5.\n"
    )
    fields = (
        "labels | **object**<br><p>Labels. The maximum string length in characters for each value is 63.</p>\n"
        "rest | **string**<br><p>Acceptable values are 1 hour to 2 hours, inclusive.</p>\n"
    )
    json = '"id": "string",\n  "labels": {},\n  "rest": "string",'
    text = text.replace(
        "## Response", spelled(query + rows.replace("No less than 5", "The minimum value is 5")) + "\n## Response"
    )
    pages[1].write_text(text.replace('"id": "string",', json) + fields, encoding="utf-8")
    document = yaml.safe_load(draft_pages([documentation.read(pages[1])], SPECIFICATION).document)
    (operation,) = document["paths"]["/harbour/v1/boats/{boatId}"].values()
    schemas = {
        parameter["name"]: parameter["schema"]
        for parameter in operation["parameters"]
        if parameter.get("in") == "query"
    }
    types = {name: {key: parameter[key] for key in parameter["x-source"]} for name, parameter in schemas.items()}
    assert types == {
        "berth": {"type": "string"},
        "pageSize": {"type": "string", "format": "int64"},
        "full": {"type": "boolean"},
        "size": {"type": "string", "format": "int64"},
    }
    assert operation["parameters"][1]["description"] == "TODO; check this type, the page prints none"
    properties = document["components"]["schemas"]["Boat"]["properties"]
    assert properties["labels"]["description"] == "TODO; check that its values are strings, the page prints no type"
    assert properties["labels"]["additionalProperties"] == {
        "type": "string",
        "maxLength": 63,
        "x-source": {"type": "https://protobuf.dev/programming-guides/json/"},
    }
    assert properties["rest"]["format"] == "duration"
    assert properties["rest"]["x-source"] == {"format": "https://protobuf.dev/programming-guides/json/"}


def test_what_no_specification_can_say_is_refused(pages: list[Path]) -> None:
    """A message in the query is there by its fields, so that nothing can be said of itself."""
    text = pages[0].read_text(encoding="utf-8").replace("Which berths.", "Required. Which berths.")
    pages[0].write_text(text, encoding="utf-8")
    with pytest.raises(
        InputError, match=r"list.md:\d+: cannot be drafted: OpenAPI has only the fields of .*`where`, and .*`required`"
    ):
        draft_pages([*map(documentation.read, pages)], SPECIFICATION)
