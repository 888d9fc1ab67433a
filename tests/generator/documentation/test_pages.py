"""A page of each generation, in our own words, gives exactly the facts written beside it."""

import json
import re
from collections.abc import Callable

import pytest

from generator.contract.serialize import from_dict, to_dict
from generator.readers.documentation import read_bytes
from generator.yaml_document import loads
from tests.generator.documentation.cases import CASES, Case, rendered


def _other_spaces(page: str) -> str:
    return re.sub(r"(?<=\w) (?=\w)", "\u00a0", page).replace(" — ", "\u202f–\u00a0")


VARIANTS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "line ends of Windows": lambda page: page.replace("\n", "\r\n"),
    "a byte order mark": lambda page: "\ufeff" + page,
    "other spaces": _other_spaces,
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
@pytest.mark.parametrize("variant", VARIANTS)
def test_page_gives_its_facts(case: Case, variant: str) -> None:
    """A page gives the facts that are written beside it, no more and no fewer, each with its line."""
    page = VARIANTS[variant](case.page)
    assert (page == case.page) == (variant == "as it is")
    assert rendered(read_bytes(page.encode(), "page.md")) == case.expected


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_facts_of_a_page_survive_being_written_down(case: Case) -> None:
    """A contract of every kind of fact is the same once it has been written down and read again."""
    contract = read_bytes(case.page.encode(), "page.md")
    again = from_dict(loads(json.dumps(to_dict(contract)), "facts.yaml"))
    assert list(again.facts()) == list(contract.facts())


@pytest.mark.parametrize(
    ("response", "layout"),
    [("## Response {#responses}", "pipe-table"), ("## Response {#harbour.v1.Boat}", "hash-table")],
)
def test_layout_of_a_page_without_tables_follows_its_response(response: str, layout: str) -> None:
    """Without a table the anchor of the response tells the older pages from the newer."""
    page = (
        f"# Get\n## HTTP request\n```\nGET https://a.api.cloud.yandex.net/b\n```\n{response}\n**HTTP Code: 200 - OK**\n"
    )
    contract = read_bytes(page.encode(), "page.md")
    assert contract.page is not None
    assert contract.page.layout == layout


def test_newer_generations_omit_constraints() -> None:
    """A generation that leaves constraints out does not support their keywords; the others do."""
    silent = {
        case.title[:2]
        for case in CASES
        if "maxLength" not in read_bytes(case.page.encode(), "page.md").supported_keywords
    }
    assert silent == {"N1", "N2", "N3"}


def test_more_code_spans_than_have_stand_ins_are_shown_as_they_are() -> None:
    """Beyond some thousands in one text, a code span is text with its backticks."""
    text = "`a` " * 7000 + "must"
    page = CASES[1].page.replace("Number of the boat.", f"{text}.", 1)
    assert text in {text.text for text in read_bytes(page.encode(), "page.md").unparsed}


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("listLabelValues method", "listLabelValues"),
        ("Method get", "get"),
        ("Метод get", "get"),
        ("Write method", "write"),
        ("Harbour API, REST: Boat.ListCrew {#List}", "listCrew"),
    ],
)
def test_method_is_named_by_its_title(title: str, name: str) -> None:
    """The word `method` is not the name, wherever it is in the title."""
    page = CASES[1].page.replace("Method get", title)
    assert read_bytes(page.encode(), "page.md").names.operation == name


@pytest.mark.parametrize(("default", "contradictions"), [("'3'", 0), ("3", 0), ("'**3**'", 0), ("'4'", 1), ("4", 1)])
def test_quoted_number_of_the_front_matter_is_a_number(default: str, contradictions: int) -> None:
    """A default that the front matter quotes and the table does not is the same value."""
    schema = f"        size:\n          type: string\n          format: int64\n          default: {default}\n"
    page = (
        "---\napiPlayground:\n  - url: https://a.api.cloud.yandex.net/b\n    method: get\n    query:\n"
        f"      properties:\n{schema}---\n# Get\n## HTTP request\n```\nGET https://a.api.cloud.yandex.net/b\n```\n"
        "## Query parameters {#a.v1.GetRequest}\n#|\n||Field | Description ||\n"
        "|| size | **string** (int64)\n\nDefault value: 3. ||\n|#\n## Response {#a.v1.Boat}\n**HTTP Code: 200 - OK**\n"
    )
    contract = read_bytes(page.encode(), "page.md")
    assert contract.parameters[0].constraints.values["default"] == 3
    assert len(contract.contradictions) == contradictions
