r"""Patterns as JSON Schema reads them: ECMA-262, found anywhere; jsonschema-rs agrees, but for `.` and `\b`."""

import pytest

from generated_client._arguments import check_string
from generated_client.errors import InvalidParameter
from generated_client.testing._schema import Validator

MATCHES: dict[str, tuple[list[str], list[str]]] = {
    "a": (["bab", "\na\n"], []),
    "^a": ([], ["ba"]),
    "a$": ([], ["ab"]),
    "^[a-z]+$": (["ab"], ["ab\n"]),
    "(a$|b)": ([], ["a\n"]),
    "^$": ([""], ["\n"]),
    r"^\$$": (["$"], ["a"]),
    "^[$.]$": (["$"], ["a"]),
    r"^[\]$]+$": (["]$"], []),
    r"^\.$": ([], ["a"]),
    "^a{2}$": (["aa"], []),
    r"^\w+$": ([], ["é"]),
    r"^\W+$": (["é"], []),
    r"^\d+$": ([], ["٣"]),
    r"^\s$": (["\u00a0"], ["\x1c", "\x85"]),
    r"^[\s]$": (["\ufeff"], []),
    r"^[^\s]$": ([], ["\u00a0"]),
    r"^\S$": ([], ["\u2003"]),
    "^.$": (["\U0001f600"], ["\n"]),
    "^[^a]$": (["\U0001f600"], []),
}
"""Pattern -> texts that match it, and texts that do not."""

OF_ECMA: dict[str, tuple[list[str], list[str]]] = {"^.$": ([], ["\r", "\u2028"]), r"\bb": (["éb"], [])}
"""Patterns for which jsonschema-rs follows Rust."""


@pytest.mark.parametrize(("pattern", "texts"), [*MATCHES.items(), *OF_ECMA.items()])
def test_the_client_and_the_fake_server_search_for_a_pattern(pattern: str, texts: tuple[list[str], list[str]]) -> None:
    schema, validator = {"type": "string", "pattern": pattern}, Validator()
    matching, others = texts
    for text in matching:
        assert check_string("id", text, pattern=pattern) == text
        assert [*validator.problems(schema, text, "id")] == []
    for text in others:
        with pytest.raises(InvalidParameter) as raised:
            check_string("id", text, pattern=pattern)
        assert raised.value.reason == f"must match {pattern}"
        assert [*validator.problems(schema, text, "id")] == [f"id is {text!r} and must match {pattern}"]


def test_an_independent_validator_agrees() -> None:
    jsonschema_rs = pytest.importorskip("jsonschema_rs", reason="jsonschema-rs is a dependency of the generator")
    for pattern, (matching, others) in MATCHES.items():
        schema = {"type": "string", "pattern": pattern}
        assert all(jsonschema_rs.is_valid(schema, text) for text in matching)
        assert not any(jsonschema_rs.is_valid(schema, text) for text in others)
