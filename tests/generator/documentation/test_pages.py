"""A page of each generation, in our own words, gives exactly the facts written beside it."""

import json
import re
from collections.abc import Callable

import pytest

from generator.contract.serialize import from_dict, to_dict
from generator.readers.documentation import read_bytes
from generator.yaml_document import loads
from tests.generator.documentation.cases import Case, cases, rendered

CASES = [*cases("older.md"), *cases("newer.md")]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_page_gives_its_facts(case: Case) -> None:
    """A page gives the facts that are written beside it, no more and no fewer, each with its line."""
    assert rendered(read_bytes(case.page.encode(), "page.md")) == case.expected


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_facts_of_a_page_survive_being_written_down(case: Case) -> None:
    """A contract of every kind of fact is the same once it has been written down and read again."""
    contract = read_bytes(case.page.encode(), "page.md")
    again = from_dict(loads(json.dumps(to_dict(contract)), "facts.yaml"))
    assert list(again.facts()) == list(contract.facts())


def _windows(page: str) -> str:
    return page.replace("\n", "\r\n")


def _byte_order_mark(page: str) -> str:
    return "\ufeff" + page


def _other_spaces(page: str) -> str:
    return re.sub(r"(?<=\w) (?=\w)", "\u00a0", page).replace(" — ", "\u202f–\u00a0")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
@pytest.mark.parametrize("variant", [_windows, _byte_order_mark, _other_spaces])
def test_equivalent_markup_reads_alike(case: Case, variant: Callable[[str], str]) -> None:
    """Line ends, a byte order mark and spaces of another kind change no fact and no line."""
    page = variant(case.page)
    assert page != case.page
    assert rendered(read_bytes(page.encode(), "page.md")) == case.expected


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
    speaks = {
        case.title[:2]: "maxLength" in read_bytes(case.page.encode(), "page.md").supported_keywords for case in CASES
    }
    assert {title: speaks[title] for title in ("O0", "O5", "N1", "N2", "N3", "N4", "N5")} == {
        "O0": True,
        "O5": True,
        "N1": False,
        "N2": False,
        "N3": False,
        "N4": True,
        "N5": True,
    }


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
