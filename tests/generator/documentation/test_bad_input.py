"""Invalid pages are rejected with one sentence, the file and the line; no other error is raised."""

from pathlib import Path

import pytest

from generator.errors import InputError, Location
from generator.readers.documentation import read, read_bytes, source
from generator.readers.documentation.sections import NOT_REST
from generator.yaml_document import MAXIMUM_BYTES

TITLE = "# Method get\n\n"
REQUEST = "## HTTP request\n```\nGET https://harbour.api.cloud.yandex.net/boats\n```\n\n"
RESPONSE = "## Response {#responses}\n**HTTP Code: 200 - OK**\n\n"
TABLE = "Field | Description\n--- | ---\nid | **string**\n\n"

HASHES = RESPONSE + "#|\n||Field | Description ||\n"


def _linked(messages: int, fields: str) -> str:
    """A page whose messages link, each by several fields, to the next."""
    rows = ["".join(f"|| {name} | **[M](#a.M{number + 1})** ||\n" for name in fields) for number in range(messages)]
    tables = "".join(
        f"## M {{#a.M{number}}}\n#|\n||Field | Description ||\n{row}|#\n\n" for number, row in enumerate(rows)
    )
    return f"{TITLE}{REQUEST}{HASHES}|| f | **[M](#a.M0)** ||\n|#\n\n{tables}"


def _fronted(request: str) -> str:
    return f"---\napiPlayground:\n{request}---\n{TITLE}{REQUEST}{RESPONSE}"


def _schema(properties: str, definitions: str = "") -> str:
    body = f"    body:\n      properties:\n{properties}"
    return _fronted(f"  - url: /boats\n    method: get\n{body}    definitions:\n      Z: {{}}\n{definitions}")


def _schemas(definitions: int, fields: str) -> str:
    members = [
        "".join(f"          {name}: {{$ref: '#/definitions/M{number + 1}'}}\n" for name in fields)
        for number in range(definitions)
    ]
    chain = "".join(f"      M{number}:\n        properties:\n{member}" for number, member in enumerate(members))
    return _schema("        f: {$ref: '#/definitions/M0'}\n", f"{chain}      M{definitions}: {{}}\n")


REFUSED: list[tuple[str, str | bytes, int, str]] = [
    ("empty", "", 1, "is empty"),
    ("blank", "\ufeff \n\n", 1, "is empty"),
    ("binary", b"\x89PNG\r\n\x1a\n\x00\x00", 2, "contains a control character (byte 0x1a)"),
    ("another encoding", "# Метод\nget".encode("cp1251"), 1, "is not UTF-8"),
    ("two bytes to a character", TITLE.encode("utf-16"), 1, "contains a control character"),
    ("no title", REQUEST + RESPONSE, 1, "has no title"),
    ("no section", TITLE, 1, "has no heading"),
    ("two titles", TITLE + REQUEST + TITLE, 8, "is a second title"),
    (
        "heading that is not known",
        TITLE + "## Weather\n",
        3,
        "is an unknown heading: 'Weather'; known are 'http request', ",
    ),
    (
        "heading with an unknown anchor",
        TITLE + "## Weather {#wind}\n",
        3,
        "is an unknown heading: 'Weather'; known are",
    ),
    ("no request", TITLE + RESPONSE, 1, "has no section `HTTP request`"),
    ("request without a method", TITLE + "## HTTP request\n\n" + RESPONSE, 3, "names no HTTP method"),
    ("two requests", TITLE + REQUEST.replace("boats\n", "boats\nPOST /x\n") + RESPONSE, 6, "names a second request"),
    ("headers", TITLE + REQUEST + "## Headers {#headers}\n" + RESPONSE, 8, f"lists headers of the request; {NOT_REST}"),
    (
        "request with a header",
        TITLE + REQUEST.replace("boats\n", "boats\nAuthorization: Bearer <key>\n") + RESPONSE,
        6,
        f"is a header of the request; {NOT_REST}",
    ),
    (
        "response of text",
        TITLE + REQUEST + RESPONSE + "```bash\n# TYPE a\na 0.0\n```\n",
        12,
        f"not a JSON object; {NOT_REST}",
    ),
    ("no HTTP method", TITLE + REQUEST.replace("GET", "FETCH") + RESPONSE, 5, "is an invalid request"),
    ("broken URL", TITLE + REQUEST.replace("https", "undefined") + RESPONSE, 5, "starts with `undefined`"),
    ("no URL", TITLE + REQUEST.replace("https:", "ftp:") + RESPONSE, 5, "names an invalid URL"),
    ("section twice", TITLE + REQUEST + RESPONSE + RESPONSE, 11, "opens a section that line 8 opens too"),
    ("no response", TITLE + REQUEST, 1, "has no section `Response`"),
    ("no status", TITLE + REQUEST + "## Response\n\nA boat.\n", 8, "opens a response without"),
    ("head alone", TITLE + REQUEST + RESPONSE + "Field | Description\n", 11, "is an incomplete table"),
    ("rule alone", TITLE + REQUEST + RESPONSE + "--- | ---\n", 11, "is an incomplete table"),
    ("another head", TITLE + REQUEST + RESPONSE + TABLE.replace("Field", "Sail"), 11, "is an unknown table head"),
    ("fence not closed", TITLE + "## HTTP request\n```\nGET https://harbour", 4, "a code block that is not closed"),
    ("two tables", TITLE + REQUEST + RESPONSE + TABLE + TABLE, 15, "is the head of a second table"),
    (
        "row without a name",
        TITLE + REQUEST + RESPONSE + TABLE.replace("id |", "two words |"),
        13,
        "without a field name",
    ),
    ("row without a pipe", TITLE + REQUEST + RESPONSE + TABLE.replace("id |", "a b"), 13, "without a field name"),
    ("front matter", "---\neditable: false\n# Title\n", 1, "opens front matter that is not closed"),
    ("front matter that is no YAML", "---\na: b: c\n---\n" + TITLE, 2, "is not YAML"),
    ("JSON cut off", TITLE + REQUEST + RESPONSE + '```\n{\n  "id": \n```\n\n' + TABLE, 14, "expecting value"),
    (
        "JSON of another kind",
        TITLE + REQUEST + RESPONSE + "```\n{\n  id: 1\n}\n```\n\n" + TABLE,
        13,
        "is invalid in the JSON",
    ),
    ("table not closed", TITLE + REQUEST + RESPONSE + "#|\n|| id | **string** ||\n", 11, "`|#` does not close"),
    ("row not closed", TITLE + REQUEST + RESPONSE + "#|\n|| id | a\n|| b | c ||\n|#\n", 13, "opens a row before"),
    ("last row not closed", TITLE + REQUEST + RESPONSE + "#|\n|| id | a\n|#\n", 12, "`||` does not close"),
    ("text between rows", TITLE + REQUEST + RESPONSE + "#|\nboat\n|#\n", 12, "is text between the rows"),
    ("table without rows", TITLE + REQUEST + RESPONSE + "#|\n|#\n", 12, "is a table without a row"),
    ("rows without a table", TITLE + REQUEST + RESPONSE + "|| id | **string** ||\n", 11, "is an incomplete table"),
    ("messages nested too deep", _linked(60, "f"), 313, "nested more than 50 levels deep"),
    ("more fields than any page", _linked(20, "fg"), 8, "opens a section of more than 20000 fields"),
    ("two requests in the front matter", _fronted("  - url: /a\n  - url: /b\n"), 2, "is not a list of one request"),
    ("request that is none", _fronted("  url: /a\n"), 2, "is not a list of one request"),
    ("schema that is not there", _schema("        f: {$ref: '#/definitions/A'}\n"), 7, "refers to '#/definitions/A'"),
    ("schemas nested too deep", _schemas(60, "f"), 161, "nested more than 50 levels deep"),
    ("more fields than any schema", _schemas(20, "fg"), 6, "expands to more than 20000 fields"),
    ("ten megabytes of pipes", "|" * 10_000_000, 1, "is an incomplete table"),
]


@pytest.mark.parametrize(("page", "line", "sentence"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_invalid_page_is_rejected(page: str | bytes, line: int, sentence: str) -> None:
    """The error has the file, the line and one sentence on the problem."""
    with pytest.raises(InputError) as caught:
        read_bytes(page if isinstance(page, bytes) else page.encode(), "page.md")
    assert caught.value.location == Location("page.md", line)
    assert sentence in caught.value.message
    assert "\n" not in caught.value.message
    assert len(caught.value.message) < 200


def test_too_large_file_is_rejected() -> None:
    """A file beyond the limits of size and of lines is rejected before it is parsed."""
    for data in (b"a" * (MAXIMUM_BYTES + 1), b"\n" * source.MAXIMUM_LINES + b"a\n"):
        with pytest.raises(InputError, match="no page of the reference"):
            read_bytes(data, "page.md")


def test_unreadable_file_is_rejected(tmp_path: Path) -> None:
    """A missing file and a folder are rejected with the system's own reason."""
    for path in (tmp_path / "none.md", tmp_path):
        with pytest.raises(InputError, match="cannot be read") as caught:
            read(path)
        assert caught.value.location == Location(str(path))
