"""Which kind of page it is: its layout and its generation, told by marks that only this kind bears."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from generator.yaml_document import YamlMapping as FrontMatter

from .blocks import Code
from .sections import Outline

LAYOUTS = ("pipe-table", "hash-table")
"""The older pages' tables of Markdown, and the newer ones' `#|` … `|#`."""

UNKNOWN = "unknown"
_MARKS = frozenset({"__system", "sourcePath", "apiPlayground"})
_API_TITLE = re.compile(r".+, REST: \w+\.\w+")

_GENERATIONS: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("pipe-table", "inline request"): "O0",
        ("pipe-table", "no front matter"): "O1",
        ("pipe-table", "editable"): "O2",
        ("pipe-table", "__system"): "O3",
        ("pipe-table", "sourcePath"): "O4",
        ("pipe-table", "sourcePath, API title"): "O5",
        ("hash-table", "sourcePath, title with anchor"): "N1",
        ("hash-table", "sourcePath"): "N2",
        ("hash-table", "apiPlayground, sourcePath"): "N3",
        ("hash-table", "apiPlayground"): "N4",
        ("hash-table", "no front matter"): "N5",
    }
)
"""Layout and mark -> generation."""

_CONSTRAINTS = frozenset(
    {"minLength", "maxLength", "pattern", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"}
    | {"minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties"}
)

SILENT_ON: Mapping[str, frozenset[str]] = MappingProxyType(dict.fromkeys(("N1", "N2", "N3"), _CONSTRAINTS))
"""Generation -> the keywords that its pages are known to leave out: their silence on them says nothing."""


def layout(page: Outline) -> str:
    """The layout by the first table of fields; by the anchor of the response where a page has no table."""
    for section in page.everywhere:
        for table in section.tables:
            return table.style
    response = page.sections.get("response")
    return LAYOUTS[0] if response is not None and response.anchor == "responses" else LAYOUTS[1]


def generation(page: Outline, layout: str, front: FrontMatter | None) -> str:
    """`O0` … `N5`, or `unknown` for a combination of marks that no generation has."""
    mark = _old_mark(page, front) if layout == LAYOUTS[0] else _new_mark(page, front)
    return _GENERATIONS.get((layout, mark), UNKNOWN)


def _old_mark(page: Outline, front: FrontMatter | None) -> str:
    if front is None:
        fenced = any(isinstance(block, Code) for block in page.sections["request"].blocks)
        return "no front matter" if fenced else "inline request"
    mark = _keys(front)
    return mark + (", API title" if mark == "sourcePath" and _API_TITLE.fullmatch(page.title.text) else "")


def _new_mark(page: Outline, front: FrontMatter | None) -> str:
    if front is None:
        return "no front matter"
    anchored = page.title.anchor is not None and "apiPlayground" not in front
    return _keys(front) + (", title with anchor" if anchored else "")


def _keys(front: Iterable[str]) -> str:
    return ", ".join(sorted(_MARKS.intersection(front))) or "editable"
