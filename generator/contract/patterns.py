"""Regular expressions of pages and descriptors, which match a whole value, as JSON Schema's, which are found in it."""

from __future__ import annotations

import re


def anchored(pattern: str) -> str:
    """Return a pattern that is found in a text only if the given one matches the whole text."""
    if "|" in pattern:
        return pattern if re.fullmatch(r"\^\((?:[^()]|\\.)*\)\$", pattern) else f"^(?:{pattern})$"
    core = re.fullmatch(r"\^?((?:\\.|[^\\])*?)\$?", pattern, re.DOTALL)
    return f"^{core[1] if core else pattern}$"
