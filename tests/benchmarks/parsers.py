"""Lists the inputs that other JSON parsers read otherwise than `json`. docs/benchmarks.md has the command."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from importlib import import_module

INPUTS: dict[str, bytes] = {
    "duplicate keys": b'{"id": "a", "id": "b"}',
    "NaN": b'{"x": NaN}',
    "Infinity": b'{"x": -Infinity}',
    "an integer of 30 digits": b'{"x": 123456789012345678901234567890}',
    "an integer of 5,000 digits": b'{"x": ' + b"9" * 5000 + b"}",
    "a number out of range": b'{"x": 1e999}',
    "a lone surrogate": b'{"id": "\\ud800"}',
    "a surrogate in UTF-8": b'{"id": "\xed\xa0\x80"}',
    "a byte order mark": b'\xef\xbb\xbf{"id": "a"}',
    "UTF-16": '{"id": "a"}'.encode("utf-16"),
    "500 nested arrays": b'{"x": ' + b"[" * 500 + b"]" * 500 + b"}",
    "5,000 nested arrays": b'{"x": ' + b"[" * 5000 + b"]" * 5000 + b"}",
}
"""Feature of an unusual input -> the input."""


def outcome(parse: Callable[[bytes], object], content: bytes) -> str:
    """Return the parsed value, or the kind of the error, as a short text."""
    try:
        text = repr(parse(content))
    except RecursionError:
        return "nested too deep"
    except ValueError:  # The parsers' own errors are subclasses.
        return "rejected"
    return text if len(text) < 60 else f"{text[:40]}… of {len(text)} characters"


def main() -> None:
    """Print a row for each input that a parser reads differently than `json`."""
    parsers = {"orjson": import_module("orjson").loads, "msgspec": import_module("msgspec.json").decode}
    for name, content in INPUTS.items():
        expected = outcome(json.loads, content)
        for parser, parse in parsers.items():
            if (other := outcome(parse, content)) != expected:
                sys.stdout.write(f"{name}: json {expected}, {parser} {other}\n")


if __name__ == "__main__":
    main()
