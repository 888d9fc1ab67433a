r"""Patterns as JSON Schema reads them: ECMA-262, found anywhere; jsonschema-rs agrees, but for `.` and `\b`."""

import pytest

from generated_client._arguments import check_string
from generated_client.errors import InvalidParameter
from generated_client.testing._schema import Validator

ROWS = [
    ("a", "bab", True),
    ("^a", "ba", False),
    ("a$", "ab", False),
    ("^[a-z]+$", "ab", True),
    ("^[a-z]+$", "ab\n", False),
    ("(a$|b)", "a\n", False),
    ("a", "\na\n", True),
    ("^$", "", True),
    ("^$", "\n", False),
    (r"^\$$", "$", True),
    (r"^\$$", "a", False),
    ("^[$.]$", "$", True),
    ("^[$.]$", "a", False),
    (r"^[\]$]+$", "]$", True),
    (r"^\.$", "a", False),
    ("^a{2}$", "aa", True),
    (r"^\w+$", "é", False),
    (r"^\W+$", "é", True),
    (r"^\d+$", "٣", False),
    (r"^\s$", "\u00a0", True),
    (r"^[\s]$", "\ufeff", True),
    (r"^[^\s]$", "\u00a0", False),
    (r"^\S$", "\u2003", False),
    (r"^\s$", "\x1c", False),
    (r"^\s$", "\x85", False),
    ("^.$", "\n", False),
    ("^.$", "\U0001f600", True),
    ("^[^a]$", "\U0001f600", True),
]

OF_ECMA = [("^.$", "\r", False), ("^.$", "\u2028", False), (r"\bb", "éb", True)]
"""Rows on which jsonschema-rs follows Rust."""


@pytest.mark.parametrize(("pattern", "text", "expected"), [*ROWS, *OF_ECMA])
def test_the_client_and_the_fake_server_search_for_a_pattern(pattern: str, text: str, *, expected: bool) -> None:
    assert [*Validator().problems({"type": "string", "pattern": pattern}, text, "id")] == (
        [] if expected else [f"id is {text!r} and must match {pattern}"]
    )
    if expected:
        assert check_string("id", text, pattern=pattern) == text
    else:
        with pytest.raises(InvalidParameter) as refused:
            check_string("id", text, pattern=pattern)
        assert refused.value.reason == f"must match {pattern}"


@pytest.mark.parametrize(("pattern", "text", "expected"), ROWS)
def test_an_independent_validator_agrees(pattern: str, text: str, *, expected: bool) -> None:
    jsonschema_rs = pytest.importorskip("jsonschema_rs", reason="jsonschema-rs is a dependency of the generator")
    assert jsonschema_rs.is_valid({"type": "string", "pattern": pattern}, text) is expected
