"""Detects the layout and the generation of a page, and lists what pages of each kind leave out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from generator.contract.facts import Value
from generator.yaml_document import YamlMapping as FrontMatter

from .blocks import Code
from .keywords import CONSTRAINTS
from .sections import Outline
from .tables import HASH_TABLE, PIPE_TABLE

UNKNOWN = "unknown"
_MARKING_KEYS = frozenset({"__system", "sourcePath", "apiPlayground"})
_API_TITLE = re.compile(r".+, REST: \w+\.\w+")

_GENERATIONS: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        (PIPE_TABLE, "inline request"): "O0",
        (PIPE_TABLE, "no front matter"): "O1",
        (PIPE_TABLE, "editable"): "O2",
        (PIPE_TABLE, "__system"): "O3",
        (PIPE_TABLE, "sourcePath"): "O4",
        (PIPE_TABLE, "sourcePath, API title"): "O5",
        (HASH_TABLE, "sourcePath, title with anchor"): "N1",
        (HASH_TABLE, "sourcePath"): "N2",
        (HASH_TABLE, "apiPlayground, sourcePath"): "N3",
        (HASH_TABLE, "apiPlayground"): "N4",
        (HASH_TABLE, "no front matter"): "N5",
    }
)
"""Layout and mark -> generation."""

_WITHOUT_CONSTRAINTS = frozenset({"N1", "N2", "N3"})
"""Generations whose pages are known to leave constraints out."""

UNTYPED_TABLES: Mapping[tuple[str, str], Mapping[str, Value]] = MappingProxyType(
    {(PIPE_TABLE, "path"): {"type": "string"}, (PIPE_TABLE, "query"): {}}
)
"""Layout and section of tables that print no types -> the keywords of every row: a URL's path is text."""

OMITTED_IN_TABLES: Mapping[tuple[str, str], frozenset[str]] = MappingProxyType(
    {(PIPE_TABLE, "query"): frozenset({"type", "format", "nullable"})}
)
"""Layout and section of tables that print no types -> the keywords that nothing else on the page states."""


def layout_of(page: Outline) -> str:
    """The style of the first table of fields; without a table, the layout by the anchor of the response."""
    for section in page.all_sections:
        for table in section.tables:
            return table.style
    response = page.sections.get("response")
    return PIPE_TABLE if response is not None and response.anchor == "responses" else HASH_TABLE


def generation_of(page: Outline, layout: str, front: FrontMatter | None) -> str:
    """The generation, `O0` … `N5`, or `unknown` for a combination of marks that no generation has."""
    return _GENERATIONS.get((layout, _mark(page, layout, front)), UNKNOWN)


def omitted_keywords(layout: str, generation: str) -> frozenset[str]:
    """The keywords whose absence states nothing: the newer pages print a wrapped integer like a plain one."""
    nullable = frozenset({"nullable"}) if layout == HASH_TABLE else frozenset[str]()
    return nullable | (CONSTRAINTS if generation in _WITHOUT_CONSTRAINTS else frozenset[str]())


def _mark(page: Outline, layout: str, front: FrontMatter | None) -> str:
    if front is None:
        fenced = any(isinstance(block, Code) for block in page.sections["request"].blocks)
        return "no front matter" if fenced or layout == HASH_TABLE else "inline request"
    marks = sorted(_MARKING_KEYS.intersection(front))
    if layout == PIPE_TABLE and marks == ["sourcePath"] and _API_TITLE.fullmatch(page.title.text):
        marks.append("API title")
    if layout == HASH_TABLE and page.title.anchor is not None and "apiPlayground" not in marks:
        marks.append("title with anchor")
    return ", ".join(marks) or "editable"
