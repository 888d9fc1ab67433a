"""Text of a specification as Python text: string literals and docstrings that no content can break out of."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence

WIDTH = 118
"""Columns of a line of generated code, less the quotes that may close it."""


_ODD = re.compile(r"[^ -\[\]-~]")
"""Whatever is not plain ASCII, and the backslash."""


def literal(text: str) -> str:
    """A string literal in double quotes."""
    return '"' + _escaped(text).replace('"', '\\"') + '"'


def docstring(paragraphs: Sequence[str], indent: int = 0) -> str:
    """A docstring of the paragraphs that are not empty, wrapped; `indent` counts the spaces before it."""
    lines: list[str] = []
    raw = _is_raw("\n".join(paragraphs))
    for paragraph in filter(None, (one.strip() for one in paragraphs)):
        lines.append("")
        for line in (paragraph if raw else _escaped(paragraph, keep="\n")).splitlines():
            lines += _wrapped(line, WIDTH - indent) or [""]
    text = f"\n{' ' * indent}".join(lines[1:]).replace('"""', '\\"\\"\\"')
    closing = f"\n{' ' * indent}" if "\n" in text or text.endswith(('"', "\\")) else ""
    return "\n".join(line.rstrip() for line in f'{"r" if raw else ""}"""{text}{closing}"""'.split("\n"))


def _is_raw(text: str) -> bool:
    """Whether a text with backslashes can stand as it is."""
    return "\\" in text and '"""' not in text and all(one.isprintable() or one == "\n" for one in text)


def sentence(text: str) -> str:
    """The text with a full stop, if it has no mark at its end."""
    text = text.strip()
    return text if not text or text.endswith((".", "!", "?", ":")) else f"{text}."


def _wrapped(line: str, width: int) -> list[str]:
    margin = line[: len(line) - len(line.lstrip())]
    hanging = f"{margin}    " if margin else ""
    return textwrap.wrap(line, width, subsequent_indent=hanging, break_long_words=False, break_on_hyphens=False)


def _escaped(text: str, keep: str = "") -> str:
    return _ODD.sub(lambda found: found[0] if found[0] in keep else _escape(found[0]), text)


def _escape(one: str) -> str:
    # What is not printable breaks a line, hides, or turns the direction of the text around it.
    return one if one.isprintable() and one != "\\" else one.encode("unicode_escape").decode()
