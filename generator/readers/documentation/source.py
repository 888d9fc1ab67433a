"""The bytes of a page: what is refused before anything is parsed, and the text of the rest."""

from __future__ import annotations

import re

from generator.errors import InputError, Location
from generator.yaml_document import MAXIMUM_BYTES

MAXIMUM_LINES = 250_000
"""Far above the longest page that is published; what is larger is no page of the reference."""

_CONTROL = bytes({*range(32), 127} - {*b"\t\n\r"})
_PLAIN = {"\u00a0": " ", "\u2007": " ", "\u202f": " ", "\u200b": "", "\ufeff": "", "\u00ad": ""}
"""Spaces that only look different, and characters that only a program sees."""

_PRIVATE = re.compile("[\ue000-\uf8ff]")
"""Code points that the layout uses itself, to stand for a code span."""


def decode(data: bytes, file: str) -> str:
    """The text of a page, with line ends as on Unix, all spaces plain and no byte order mark.

    Raises InputError for what is empty, too large, not UTF-8 or binary.
    """
    if len(data) > MAXIMUM_BYTES:
        raise InputError(f"is larger than {MAXIMUM_BYTES} bytes; no page of the reference is", Location(file))
    if len(data.translate(None, _CONTROL)) < len(data):
        at = min(position for byte in _CONTROL if (position := data.find(byte)) >= 0)
        sentence = f"holds a control character (byte {data[at]:#04x}); is it a text file?"
        raise InputError(sentence, _location(data, at, file))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        sentence = f"is not UTF-8 (byte {problem.start}); save the page as UTF-8"
        raise InputError(sentence, _location(data, problem.start, file)) from problem
    for found, plain in (("\r\n", "\n"), ("\r", "\n"), *_PLAIN.items()):
        text = text.replace(found, plain)
    if not text.strip():
        raise InputError("is empty; give the Markdown of a published page", Location(file, 1))
    if text.count("\n") > MAXIMUM_LINES:
        raise InputError(f"has more than {MAXIMUM_LINES} lines; no page of the reference has", Location(file))
    return _PRIVATE.sub("\ufffd", text)


def _location(data: bytes, position: int, file: str) -> Location:
    return Location(file, data.count(b"\n", 0, position) + 1)
