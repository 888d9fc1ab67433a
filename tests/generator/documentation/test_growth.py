"""The cost of reading a page grows with its size and no faster, whatever the page is made of."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial

import pytest

from generator.errors import InputError
from generator.readers.documentation import read_bytes
from tests.generator.documentation.cases import PHRASES
from tests.generator.documentation.counting import calls

pytestmark = pytest.mark.slow

HEAD = "# Method get\n\n## HTTP request\n```\nGET https://harbour.api.cloud.yandex.net/boats\n```\n\n"
ANSWER = HEAD + "## Response {#responses}\n**HTTP Code: 200 - OK**\n\n"
PIPES = ANSWER + "Field | Description\n--- | ---\n"
HASHES = ANSWER + "#|\n||Field | Description ||\n"


def _cell(text: str) -> str:
    return f"{PIPES}id | **string**<br>{text}\n"


def _newer_cell(text: str) -> str:
    return f"{HASHES}|| id | **string**\n\n{text} ||\n|#\n"


def _chain(size: int) -> str:
    links = "".join(
        f"## M{n} {{#a.M{n}}}\n\n#|\n||Field | Description ||\n|| f | **[M](#a.M{n + 1})** ||\n|#\n\n"
        for n in range(size // 80)
    )
    return f"{HASHES}|| f | **[M](#a.M0)** ||\n|#\n\n{links}"


def _schema(size: int) -> str:
    properties = "".join(
        f"        f{n}:\n          type: string\n          description: |-\n            **string**\n"
        "            Required.\n"
        for n in range(size // 95)
    )
    return _fronted(f"    body:\n      type: object\n      properties:\n{properties}")


def _schemas_in_a_chain(size: int) -> str:
    links = "".join(
        f"      M{n}:\n        properties:\n          f:\n            $ref: '#/definitions/M{n + 1}'\n"
        for n in range(size // 80)
    )
    body = "    body:\n      properties:\n        f:\n          $ref: '#/definitions/M0'\n"
    return _fronted(f"{body}    definitions:\n{links}")


def _fronted(request: str) -> str:
    url = "  - url: https://harbour.api.cloud.yandex.net/boats\n    method: get\n"
    return f"---\napiPlayground:\n{url}{request}---\n{ANSWER}"


def _doubling(size: int) -> str:
    links = "".join(
        f"## M{n} {{#a.M{n}}}\n\n#|\n||Field | Description ||\n"
        f"|| f | **[M](#a.M{n + 1})** ||\n|| g | **[M](#a.M{n + 1})** ||\n|#\n\n"
        for n in range(20)
    )
    return f"{HASHES}|| f | **[M](#a.M0)** ||\n|#\n\n{links}{'Boats.' * (size // 6)}\n"


GROWING: dict[str, Callable[[int], str]] = {
    "rows": lambda size: PIPES + "".join(f"f{n} | **string**<br><p>Required.</p>\n" for n in range(size // 40)),
    "newer rows": lambda size: HASHES + "".join(f"|| f{n} | **string** ||\n" for n in range(size // 20)) + "|#\n",
    "parameters": lambda size: (
        HEAD + "## Query parameters\n\nName | Description\n--- | ---\n" + "a | Must.\n" * (size // 10)
    ),
    "one word": lambda size: _cell("a" * size),
    "words": lambda size: _cell("must " * (size // 5)),
    "sentences": lambda size: _cell("Required. " * (size // 10)),
    "numbers": lambda size: _cell("1-" * (size // 2)),
    "digits": lambda size: _cell("The maximum value is " + "9" * size),
    "values": lambda size: _cell("Value must be one of " + "1, " * (size // 3)),
    "powers": lambda size: _cell("Acceptable values are " + "2^63 - " * (size // 7)),
    "thousands": lambda size: _cell("The maximum value is " + "1,000" * (size // 5)),
    "fields": lambda size: _cell("Includes only one of the fields " + "`a`, or " * (size // 8)),
    "examples": lambda size: _cell("For example, must " * (size // 18)),
    "numbers in code": lambda size: _cell("`1` " * (size // 4)),
    "maps": lambda size: _cell("key:value " * (size // 10)),
    "methods": lambda size: _cell("any method that must " * (size // 21)),
    "scope": lambda size: _cell("a " * (size // 2) + "is unique within the " + "b " * (size // 2)),
    "unknown scope": lambda size: _cell("is unique within the " * (size // 21)),
    "harmless": lambda size: _cell("exactly one of a or whether ISO 1 " * (size // 34)),
    "backticks": lambda size: _cell("`" * size),
    "runs of backticks": lambda size: _cell(" ".join("`" * (n % 99) for n in range(size // 50))),
    "code spans": lambda size: _cell("`a` " * (size // 4)),
    "brackets": lambda size: _cell("[" * size),
    "links": lambda size: _cell("[a](" * (size // 4)),
    "tags": lambda size: _cell("<p>" * (size // 3)),
    "half tags": lambda size: _cell("<a " * (size // 3)),
    "items": lambda size: _cell("<li>A: a</li>" * (size // 13)),
    "entities": lambda size: _cell("&lt;&" * (size // 5)),
    "backslashes": lambda size: _cell("\\|" * (size // 2)),
    "stars": lambda size: _cell("**" * (size // 2)),
    "patterns": lambda size: _cell("Each value " + PHRASES["«match»"] + " `" + "[\\|" * (size // 3) + "`"),
    "spaces": lambda size: _cell("." + " " * size + "x"),
    "lines": lambda size: _newer_cell("a\n" * (size // 2)),
    "blank lines": lambda size: _newer_cell("\n \n" * (size // 3)),
    "bullets": lambda size: _newer_cell("- `A`: a\n" * (size // 9)),
    "type": lambda size: f"{PIPES}id | **{'a' * size}\n",
    "map": lambda size: f"{PIPES}id | **object** ({'map<' * (size // 4)}\n",
    "name": lambda size: f"{PIPES}{'a.' * (size // 2)}! | b\n",
    "pipes": lambda size: PIPES + "|" * size,
    "lines of pipes": lambda size: PIPES + "|\n" * (size // 2),
    "quotes": lambda size: HEAD + ">" * size,
    "lists": lambda size: HEAD + "- " * (size // 2),
    "headings": lambda size: HEAD + "## B {#a.b}\n" * (size // 12),
    "paragraphs": lambda size: HEAD + "a must\n\n" * (size // 8),
    "one paragraph": lambda size: HEAD + "a must\n" * (size // 7),
    "references": lambda size: HEAD + "[a]: b\n" * (size // 7),
    "tables cut off": lambda size: HEAD + "#|\n" * (size // 3),
    "fences": lambda size: HEAD + "```\n" * (size // 4),
    "front matter": lambda size: "---\n" + "a: b\n" * (size // 5),
    "JSON": lambda size: ANSWER + "```\n{" + '"a": "string",\n' * (size // 15) + "}\n```\n",
    "nested JSON": lambda size: ANSWER + "```\n" + '{"a": ' * (size // 6) + "\n```\n",
    "messages in a chain": _chain,
    "messages that double": _doubling,
    "schema": _schema,
    "schemas in a chain": _schemas_in_a_chain,
    "URL": lambda size: HEAD.replace("boats", "{a" * (size // 2)) + ANSWER.removeprefix(HEAD),
    "variables": lambda size: HEAD.replace("boats", "{{ " * (size // 3)),
    "title": lambda size: "# " + "{#" * (size // 2) + HEAD,
    "no-break spaces": lambda size: _cell("\u00a0" * (size // 2)),
    "nothing": lambda size: " " * size,
}


def _read(page: bytes) -> None:
    with suppress(InputError):
        read_bytes(page, "page.md")


@pytest.mark.parametrize("kind", GROWING)
def test_calls_grow_no_faster_than_the_page(kind: str) -> None:
    """A page eight times as long takes eight times the calls, and a fifth more for what comes with its tables."""
    short, long = (GROWING[kind](size).encode() for size in (1_500, 12_000))
    before, after = (calls(partial(_read, page)) for page in (short, long))
    assert after / before < 1.2 * len(long) / len(short)


@pytest.mark.parametrize("kind", GROWING)
def test_a_page_of_a_megabyte_is_read_at_all(kind: str) -> None:
    """A single call of a pattern or a search whose time grows with the square of it would take hours."""
    _read(GROWING[kind](1_000_000).encode())
