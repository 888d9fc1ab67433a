"""Decodes the bytes of a page, rejects what cannot be one, and splits off its front matter."""

from __future__ import annotations

import re

from generator.errors import InputError, Location
from generator.yaml_document import MAXIMUM_BYTES, YamlMapping, loads

MAXIMUM_LINES = 250_000
"""A limit far above the longest published page."""

_CONTROL = bytes({*range(32), 127} - {*b"\t\n\r"})
_REPLACEMENTS = {"\u00a0": " ", "\u2007": " ", "\u202f": " ", "\u200b": "", "\ufeff": "", "\u00ad": ""}
"""Spaces of other widths, and invisible characters."""

_RULE = "---"

_PRIVATE = re.compile("[\ue000-\uf8ff]")
"""Code points that the layout itself uses as placeholders of code spans."""


def decode(data: bytes, file: str) -> str:
    """Decode a page; normalize its line ends and spaces, and drop a byte order mark.

    Raises InputError for an empty, too large or binary file, and for another encoding than UTF-8.
    """
    if len(data) > MAXIMUM_BYTES:
        raise InputError(f"is larger than {MAXIMUM_BYTES} bytes; no page of the reference is", Location(file))
    if len(data.translate(None, _CONTROL)) < len(data):
        at = min(position for byte in _CONTROL if (position := data.find(byte)) >= 0)
        message = f"contains a control character (byte {data[at]:#04x}); is it a text file?"
        raise InputError(message, _location(data, at, file))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        message = f"is not UTF-8 (byte {problem.start}); save the page as UTF-8"
        raise InputError(message, _location(data, problem.start, file)) from problem
    for original, replacement in (("\r\n", "\n"), ("\r", "\n"), *_REPLACEMENTS.items()):
        text = text.replace(original, replacement)
    if not text.strip():
        raise InputError("is empty; give the Markdown of a published page", Location(file, 1))
    if text.count("\n") > MAXIMUM_LINES:
        raise InputError(f"has more than {MAXIMUM_LINES} lines; no page of the reference has", Location(file))
    return _PRIVATE.sub("\ufffd", text)


def _location(data: bytes, position: int, file: str) -> Location:
    return Location(file, data.count(b"\n", 0, position) + 1)


def split_front_matter(text: str, file: str) -> tuple[YamlMapping | None, str]:
    """Split a page into its front matter, if any, and its text; blank lines keep the line numbers.

    Raises InputError for front matter that is not closed or invalid YAML.
    """
    lines = text.split("\n")
    if lines[0].rstrip() != _RULE:
        return None, text
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == _RULE), None)
    if end is None:
        raise InputError("opens front matter that is not closed; add a second `---`", Location(file, 1))
    front = "\n".join(["", *lines[1:end]])
    body = "\n".join([""] * (end + 1) + lines[end + 1 :])
    return loads(front, file), body
