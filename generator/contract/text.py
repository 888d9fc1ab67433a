"""Formats values for people: in a line of a terminal, in Markdown."""

from __future__ import annotations

import re

from .facts import Value


def format_value(value: Value) -> str:
    """A value as a person reads it."""
    if isinstance(value, tuple):
        return " | ".join(map(format_value, value))
    return str(value).lower() if isinstance(value, bool) else str(value)


def pluralize(count: int, one: str, several: str) -> str:
    """`1 change`, `2 changes`."""
    return f"{count} {one if count == 1 else several}"


def markdown_code(text: str) -> str:
    """A code span that holds exactly the text, in one line, whatever is in it."""
    line = escape_control(text)
    fence = "`" * (max(map(len, re.findall("`+", line)), default=0) + 1)
    space = " " if line.startswith("`") or line.endswith("`") or not line.strip() else ""
    return f"{fence}{space}{line}{space}{fence}"


def escape_control(text: str) -> str:
    """A text in one line, with escapes for what a terminal or a browser would not show as it is."""
    return "".join(one if one.isprintable() else ascii(one)[1:-1] for one in text)
