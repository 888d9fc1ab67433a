"""The front matter of a page: the YAML between two `---` lines at its top."""

from __future__ import annotations

from generator.errors import InputError, Location
from generator.yaml_document import YamlMapping, loads

_RULE = "---"


def split(text: str, file: str) -> tuple[YamlMapping | None, str]:
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
