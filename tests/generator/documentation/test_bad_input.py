"""Invalid pages are rejected with one sentence, the file and the line; no other error is raised."""

from pathlib import Path

import pytest

from generator.errors import InputError, Location
from generator.readers.documentation import read, read_bytes, source
from generator.readers.documentation.sections import NOT_REST
from generator.yaml_document import MAXIMUM_BYTES
from tests.generator.documentation.linked_pages import (
    CALL,
    PAGE,
    RESPONSE,
    TITLE,
    fronted,
    linked_messages,
    linked_schemas,
)

TABLE = "Field | Description\n--- | ---\nid | **string**\n\n"


def _json(text: str) -> str:
    return f"{PAGE}```\n{text}\n```\n\n{TABLE}"


INVALID: list[tuple[str | bytes, int, str]] = [
    ("", 1, "is empty"),
    ("\ufeff \n\n", 1, "is empty; give the Markdown"),
    (b"\x89PNG\r\n\x1a\n\x00\x00", 2, "contains a control character (byte 0x1a)"),
    ("# Метод\nget".encode("cp1251"), 1, "is not UTF-8"),
    (TITLE.encode("utf-16"), 1, "contains a control character (byte 0x00)"),
    (CALL + RESPONSE, 1, "has no title"),
    (TITLE, 1, "has no heading"),
    (TITLE + CALL + TITLE, 8, "is a second title"),
    (TITLE + "## Weather\n", 3, "is an unknown heading: 'Weather'; known are 'http request', "),
    (TITLE + "## Weather {#wind}\n", 3, "is an unknown heading: 'Weather'; known are"),
    (TITLE + RESPONSE, 1, "has no section `HTTP request`"),
    (TITLE + "## HTTP request\n\n" + RESPONSE, 3, "names no HTTP method"),
    (PAGE.replace("boats\n", "boats\nPOST /x\n"), 6, "names a second request"),
    (TITLE + CALL + "## Headers {#headers}\n" + RESPONSE, 8, f"lists headers of the request; {NOT_REST}"),
    (PAGE.replace("boats\n", "boats\nAuthorization: Bearer <key>\n"), 6, f"is a header of the request; {NOT_REST}"),
    (PAGE + "```bash\n# TYPE a\na 0.0\n```\n", 12, f"not a JSON object; {NOT_REST}"),
    (PAGE.replace("GET", "FETCH"), 5, "is an invalid request"),
    (PAGE.replace("https", "undefined"), 5, "starts with `undefined`"),
    (PAGE.replace("https:", "ftp:"), 5, "names an invalid URL"),
    (PAGE + RESPONSE, 11, "opens a section that line 8 opens too"),
    (TITLE + CALL, 1, "has no section `Response`"),
    (TITLE + CALL + "## Response\n\nA boat.\n", 8, "opens a response without"),
    (PAGE + "Field | Description\n", 11, "is an incomplete table"),
    (PAGE + "--- | ---\n", 11, "is an incomplete table; the page may be cut off"),
    (PAGE + TABLE.replace("Field", "Sail"), 11, "is an unknown table head"),
    (TITLE + "## HTTP request\n```\nGET https://harbour", 4, "a code block that is not closed"),
    (PAGE + TABLE + TABLE, 15, "is the head of a second table"),
    (PAGE + TABLE.replace("id |", "two words |"), 13, "without a field name: 'two words'"),
    (PAGE + TABLE.replace("id |", "a b"), 13, "without a field name: 'a b"),
    ("---\neditable: false\n# Title\n", 1, "opens front matter that is not closed"),
    ("---\na: b: c\n---\n" + TITLE, 2, "is not YAML"),
    (_json('{\n  "id": '), 14, "is invalid in the JSON of a page: expecting value"),
    (_json("{\n  id: 1\n}"), 13, "is invalid in the JSON of a page: expecting property name"),
    (_json('{\n"a": "boat"}'), 13, "is invalid in the JSON of a page: 'boat' is not a type"),
    (_json('{\n\n"a": ["string", "string"]}'), 14, "is not a type"),
    (_json('{"\\u0061": "string"}'), 12, "is invalid in the JSON of a page: the name"),
    (_json('{"a": ' * 50 + '{"a": "string"}' + "}" * 50), 12, "is nested more than 50 levels deep"),
    (_json('{"a": ' * 50_000), 12, "is nested more than 50"),
    (PAGE + "#|\n|| id | **string** ||\n", 11, "`|#` does not close"),
    (PAGE + "#|\n|| id | a\n|| b | c ||\n|#\n", 13, "opens a row before"),
    (PAGE + "#|\n|| id | a\n|#\n", 12, "`||` does not close"),
    (PAGE + "#|\nboat\n|#\n", 12, "is text between the rows"),
    (PAGE + "#|\n|#\n", 12, "is a table without a row"),
    (PAGE + "|| id | **string** ||\n", 11, "is an incomplete table"),
    (linked_messages(60, "f"), 313, "links to a message that is nested more than 50 levels deep"),
    (linked_messages(20, "fg"), 8, "opens a section of more than 20000 fields"),
    (f"---\napiPlayground: [{{url: /a}}, {{url: /b}}]\n---\n{PAGE}", 2, "is not a list of one request"),
    (f"---\napiPlayground: {{url: /a}}\n---\n{PAGE}", 2, "is not a list of one request"),
    (fronted("        f: {$ref: '#/definitions/A'}\n"), 7, "refers to '#/definitions/A'"),
    (linked_schemas(60, "f"), 160, "nested more than 50 levels deep"),
    (linked_schemas(20, "fg"), 6, "expands to more than 20000 fields"),
    ("|" * 10_000_000, 1, "is an incomplete table"),
    (b"a" * (MAXIMUM_BYTES + 1), 0, "no page of the reference is"),
    (b"\n" * source.MAXIMUM_LINES + b"a\n", 0, "no page of the reference has"),
]


@pytest.mark.parametrize(
    ("page", "line", "sentence"), INVALID, ids=[f"{number} {row[2]}" for number, row in enumerate(INVALID)]
)
def test_invalid_page_is_rejected(page: str | bytes, line: int, sentence: str) -> None:
    """The error has the file, the line and one sentence on the problem."""
    with pytest.raises(InputError) as caught:
        read_bytes(page if isinstance(page, bytes) else page.encode(), "page.md")
    assert caught.value.location == Location("page.md", line)
    assert sentence in caught.value.message
    assert "\n" not in caught.value.message
    assert len(caught.value.message) < 200


def test_unreadable_file_is_rejected(tmp_path: Path) -> None:
    """A missing file and a folder are rejected with the system's own reason."""
    for path in (tmp_path / "none.md", tmp_path):
        with pytest.raises(InputError, match="cannot be read") as caught:
            read(path)
        assert caught.value.location == Location(str(path))
