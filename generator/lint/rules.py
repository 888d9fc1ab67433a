"""The rules, one table: what each requires of which kind of object, and how to fix a violation."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from attrs import frozen

from generator.contract.formats import INTEGER_LIMITS
from generator.readers.openapi.grammar import Visited
from generator.readers.openapi.objects import OBJECTS
from generator.yaml_document import YamlMapping

from .redundancy import Violation, repeated_facts, repeated_texts

INVALID, WRONG_EXAMPLE, TODO = "invalid", "wrong-example", "todo"
"""The rules that are not only checked on the objects of a specification."""

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_SIZE = re.compile(r"(?:^|_)(?:size|bytes)$|(?:Size|Bytes)$")


@frozen
class LintRule:
    """A rule: its requirement (`text`), the fix of a violation, and the function that finds violations.

    `violations` looks at objects of `kinds`; a rule without kinds is checked elsewhere.
    """

    id: str
    text: str
    fix: str
    kinds: frozenset[str] = frozenset()
    violations: Callable[[Visited], Iterable[Violation]] = lambda _visited: ()


def _without_tls(visited: Visited) -> Iterator[Violation]:
    url: str = visited.table["url"]
    parts = urlsplit(url)
    if parts.scheme != "https" and parts.hostname not in _LOOPBACK:
        yield visited.table.location_of("url"), f"the server {url} is not reached over TLS"


def _without_description(visited: Visited) -> Iterator[Violation]:
    if "description" not in visited.table and "$ref" not in visited.table:
        name = visited.table.get("name", "")
        yield visited.table.location, f"the {visited.kind} {name}".rstrip() + " has no description"


def _properties_without_description(visited: Visited) -> Iterator[Violation]:
    for name, child, properties in _properties(visited):
        if "description" not in child:
            yield properties.location_of(name), f"the property {name} has no description"


def _without_unit(visited: Visited) -> Iterator[Violation]:
    for name, child, properties in _properties(visited):
        steps = [step for step, _ in visited.references.resolve_chain(child) if isinstance(step, YamlMapping)]
        is_count = any(step.get("format") in INTEGER_LIMITS or step.get("type") == "integer" for step in steps)
        if _SIZE.search(name) and is_count and not any("x-unit" in step for step in steps):
            yield properties.location_of(name), f"the property {name} is a size without a unit"


def _properties(visited: Visited) -> Iterator[tuple[str, YamlMapping, YamlMapping]]:
    properties = visited.table.get("properties")
    if isinstance(properties, YamlMapping):
        yield from ((name, child, properties) for name, child in properties.items() if isinstance(child, YamlMapping))


def _without_error(visited: Visited) -> Iterator[Violation]:
    responses: Any = visited.table["responses"]
    if isinstance(responses, YamlMapping) and "default" not in responses:
        yield visited.table.location_of("responses"), "the operation does not describe its errors"


def _unanchored(visited: Visited) -> Iterator[Violation]:
    pattern = visited.table.get("pattern")
    if pattern is not None and not _is_anchored(pattern):
        sentence = f"`pattern: {pattern}` accepts every text that contains a match"
        yield visited.table.location_of("pattern"), sentence


def _is_anchored(pattern: str) -> bool:
    """Return True if a pattern starts with `^` and ends with `$` in each alternative outside of brackets."""
    plain = re.sub(r"\\.|\[\^?\]?(?:\\.|[^\]])*\]", "_", pattern, flags=re.DOTALL)
    while (shorter := re.sub(r"\([^()]*\)", "_", plain)) != plain:
        plain = shorter
    return all(part.startswith("^") and part.endswith("$") for part in plain.split("|"))


def is_unwritten(text: str) -> bool:
    """Return True if a text is left to write: a draft has TODO in it."""
    return re.search(r"\bTODO\b", text) is not None


def _unwritten(visited: Visited) -> Iterator[Violation]:
    for keyword, value in visited.table.items():
        if isinstance(value, str) and is_unwritten(value):
            yield visited.table.location_of(keyword), f"`{keyword}` is not written: {value}"


_TABLE = (
    LintRule(
        INVALID,
        "the specification can be read: keywords, values and references are valid and consistent",
        "correct this first; `contract` and `generate` reject the specification too",
    ),
    LintRule(
        WRONG_EXAMPLE, "each example, default and enumeration matches its schema", "correct the value, or its schema"
    ),
    LintRule(
        "server-without-tls",
        "each server is reached over TLS, except one on this machine",
        "write https://; a token is sent there",
        frozenset({"server"}),
        _without_tls,
    ),
    LintRule(
        "without-description",
        "each parameter, header, security scheme and tag has a description",
        "describe it in a sentence of your own",
        frozenset({"parameter", "header", "security scheme", "tag"}),
        _without_description,
    ),
    LintRule(
        "property-without-description",
        "each property has a description, even if its schema is a component",
        "describe it in a sentence of your own",
        frozenset({"schema"}),
        _properties_without_description,
    ),
    LintRule(
        TODO,
        "no text is left to write",
        "write it in your own words; a draft leaves TODO for each text",
        frozenset(OBJECTS),
        _unwritten,
    ),
    LintRule(
        "size-without-unit",
        "each size has a unit",
        "add `x-unit`, such as `x-unit: byte`",
        frozenset({"schema"}),
        _without_unit,
    ),
    LintRule(
        "operation-without-error",
        "each operation describes its errors",
        "add a `default` response",
        frozenset({"operation"}),
        _without_error,
    ),
    LintRule(
        "unanchored-pattern",
        "each pattern matches whole texts",
        "anchor it as `^(?:…)$`; JSON Schema searches for a match anywhere",
        frozenset({"schema"}),
        _unanchored,
    ),
    LintRule(
        "said-in-words",
        "no description repeats a keyword",
        "remove the words; the keyword is compared and checked",
        frozenset({"schema", "parameter", "header"}),
        repeated_facts,
    ),
    LintRule(
        "text-twice",
        "no description repeats the summary, the title or the name",
        "say more, or remove one of the two",
        frozenset(OBJECTS),
        repeated_texts,
    ),
)

RULES: Mapping[str, LintRule] = {rule.id: rule for rule in _TABLE}
"""Every rule by its stable id."""
