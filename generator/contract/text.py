"""Formats values for people: in a line of a terminal, in Markdown."""

from __future__ import annotations

import re

from .facts import Value


def format_value(value: Value) -> str:
    """Format a value for a person."""
    if isinstance(value, tuple):
        return " | ".join(map(format_value, value))
    return str(value).lower() if isinstance(value, bool) else str(value)


def pluralize(count: int, singular: str, plural: str) -> str:
    """Return a count with its noun: `1 change`, `2 changes`."""
    return f"{count} {singular if count == 1 else plural}"


def markdown_code(text: str) -> str:
    """Return a Markdown code span of any text, in one line."""
    line = escape_control(text)
    fence = "`" * (max(map(len, re.findall("`+", line)), default=0) + 1)
    space = " " if line.startswith("`") or line.endswith("`") or not line.strip() else ""
    return f"{fence}{space}{line}{space}{fence}"


def markdown_text(text: str) -> str:
    """Escape what would be Markdown or HTML in a text, except its code spans."""
    code = r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)"
    return re.sub(rf"{code}|[\\<*_\[\]]", lambda match: match[0] if match[1] else f"\\{match[0]}", text)


def escape_control(text: str) -> str:
    """Escape control characters and line breaks in a text."""
    return "".join(character if character.isprintable() else ascii(character)[1:-1] for character in text)
