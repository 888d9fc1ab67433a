"""Writes text of a specification as string literals and docstrings that it cannot break out of."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

WIDTH = 118
"""Columns of a line of generated code, without the closing quotes."""

_ODD = re.compile(r"[^ -\[\]-~]")
"""A character outside printable ASCII, or a backslash."""


def literal(text: str) -> str:
    """Return a string literal in double quotes."""
    return '"' + _escaped(text).replace('"', '\\"') + '"'


def docstring(paragraphs: Sequence[str], indent: int = 0) -> str:
    """Return a wrapped docstring of the paragraphs that are not empty; `indent` is the number of spaces before it."""
    lines: list[str] = []
    raw = _is_raw("\n".join(paragraphs))
    for paragraph in filter(None, map(str.strip, paragraphs)):
        lines.append("")
        for line in (paragraph if raw else _escaped(paragraph, keep="\n")).splitlines():
            lines += _wrapped(line, WIDTH - indent) or [""]
    text = f"\n{' ' * indent}".join(lines[1:]).replace('"""', '\\"\\"\\"')
    closing = f"\n{' ' * indent}" if "\n" in text or text.endswith(('"', "\\")) else ""
    return "\n".join(line.rstrip() for line in f'{"r" if raw else ""}"""{text}{closing}"""'.split("\n"))


def _is_raw(text: str) -> bool:
    """Return True if a text with backslashes fits in a raw string."""
    return "\\" in text and '"""' not in text and all(map(str.isprintable, text.split("\n")))


def sentence(text: str) -> str:
    """Return the text with a full stop, unless it ends with a punctuation mark."""
    text = text.strip()
    return text if not text or text.endswith((".", "!", "?", ":")) else f"{text}."


def deprecation(subject: str, description: str, facts: Mapping[str, Any]) -> str:
    """Return the text of the warning of a subject, whose description names the replacement; empty if it needs none."""
    if not facts.get("deprecated"):
        return ""
    removal = f"; it will be removed after {facts['x-sunset']}" if "x-sunset" in facts else ""
    advice = f": {description}" if description else ""
    return " ".join(f"{subject} is deprecated{removal}{advice}".split())


def _wrapped(line: str, width: int) -> list[str]:
    margin = line[: len(line) - len(line.lstrip())]
    if line.startswith(f"{margin}>>> "):  # ruff wraps the code of an example.
        return [line]
    hanging = f"{margin}    " if margin else ""
    return textwrap.wrap(line, width, subsequent_indent=hanging, break_long_words=False, break_on_hyphens=False)


def _escaped(text: str, keep: str = "") -> str:
    return _ODD.sub(lambda match: match[0] if match[0] in keep else _escape(match[0]), text)


def _escape(character: str) -> str:
    # An unprintable character breaks a line, is invisible, or reverses the direction of the text around it.
    plain = character.isprintable() and character != "\\"
    return character if plain else character.encode("unicode_escape").decode()
