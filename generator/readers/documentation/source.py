"""The bytes of a page: what is refused before anything is parsed, and the text of the rest."""

from __future__ import annotations

import re

from generator.contract.places import Place, Unreadable

MAXIMUM_BYTES = 16_000_000
MAXIMUM_LINES = 250_000
"""Far above the longest page that is published; what is larger is no page of the reference."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_PLAIN = str.maketrans(dict.fromkeys("\u00a0\u2007\u202f", " ") | dict.fromkeys("\u200b\ufeff\u00ad", ""))
_PRIVATE = re.compile("[\ue000-\uf8ff]")
"""Code points that the layout uses itself, to stand for a code span."""


def decode(data: bytes, file: str) -> str:
    """The text of a page, with line ends as on Unix, all spaces plain and no byte order mark.

    Raises Unreadable for what is empty, too large, not UTF-8 or binary.
    """
    if len(data) > MAXIMUM_BYTES:
        raise Unreadable(f"is larger than {MAXIMUM_BYTES} bytes; no page of the reference is", Place(file))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        raise Unreadable(f"is not UTF-8 (byte {problem.start}); save the page as UTF-8", Place(file, line)) from problem
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_PLAIN)
    if not text.strip():
        raise Unreadable("is empty; give the Markdown of a published page", Place(file, 1))
    if binary := _CONTROL.search(text):
        line = text.count("\n", 0, binary.start()) + 1
        raise Unreadable(f"holds a control character (U+{ord(binary[0]):04X}); is it a text file?", Place(file, line))
    if text.count("\n") > MAXIMUM_LINES:
        raise Unreadable(f"has more than {MAXIMUM_LINES} lines; no page of the reference has", Place(file))
    return _PRIVATE.sub("\ufffd", text)
