"""The rules, one table: what is asked of which kind of object, and how a breach is mended."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from attrs import frozen

from generator.readers.openapi.grammar import ProblemKind, Visited
from generator.readers.openapi.objects import OBJECTS
from generator.yaml_document import YamlMapping

from .redundancy import Violation, by_keywords, by_texts, in_words

NOT_A_CONTRACT, SOURCE_MISSING = "not-a-contract", "source-missing"
"""The rules whose violations show only in whole contracts."""

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_SIZE = re.compile(r"(?:^|_)(?:size|bytes)$|(?:Size|Bytes)$")
_INTEGERS = frozenset({"int64", "int32", "uint64", "uint32"})


@frozen
class LintRule:
    """A requirement (`text`) and its `fix`; `breaches` finds violations in objects of `kinds`.

    A rule without kinds is checked by the reader itself; after a violation of one that `stops_reading`, the contracts
    cannot be read.
    """

    id: str
    text: str
    fix: str
    kinds: frozenset[str] = frozenset()
    breaches: Callable[[Visited], Iterable[Violation]] = lambda _found: ()
    stops_reading: bool = False


def _without_tls(found: Visited) -> Iterator[Violation]:
    url = found.table.get("url")
    if isinstance(url, str) and urlsplit(url).scheme != "https" and urlsplit(url).hostname not in _LOOPBACK:
        yield found.table.location_of("url"), f"the server {url} is not reached over TLS"


def _undescribed(found: Visited) -> Iterator[Violation]:
    if "description" not in found.table and "$ref" not in found.table:
        name = found.table.get("name", "")
        yield found.table.location, f"the {found.kind} {name}".rstrip() + " has no description"


def _undescribed_properties(found: Visited) -> Iterator[Violation]:
    for name, child, properties in _properties(found):
        if "description" not in child:
            yield properties.location_of(name), f"the property {name} has no description"


def _without_unit(found: Visited) -> Iterator[Violation]:
    for name, child, properties in _properties(found):
        steps = [step for step, _ in found.references.resolve_chain(child) if isinstance(step, YamlMapping)]
        is_count = any(step.get("format") in _INTEGERS or step.get("type") == "integer" for step in steps)
        if _SIZE.search(name) and is_count and not any("x-unit" in step for step in steps):
            yield properties.location_of(name), f"the property {name} is a size, and does not say of what"


def _properties(found: Visited) -> Iterator[tuple[str, YamlMapping, YamlMapping]]:
    properties = found.table.get("properties")
    if isinstance(properties, YamlMapping):
        yield from ((name, child, properties) for name, child in properties.items() if isinstance(child, YamlMapping))


def _without_error(found: Visited) -> Iterator[Violation]:
    responses: Any = found.table.get("responses")
    if isinstance(responses, YamlMapping) and "default" not in responses:
        yield found.table.location_of("responses"), "the operation does not say how it fails"


def _out_of_order(found: Visited) -> Iterator[Violation]:
    wanted = [keyword for keyword in OBJECTS[found.kind] if keyword in found.table]
    written = [keyword for keyword in found.table if keyword in wanted]
    for keyword, right in zip(written, wanted, strict=True):
        if keyword != right:
            yield (
                found.table.location_of(keyword),
                f"`{keyword}` stands before `{right}`; the order is: {', '.join(wanted)}",
            )
            return


_DESCRIBED = frozenset({"parameter", "header", "security scheme", "tag"})

_TABLE = (
    LintRule(
        ProblemKind.UNKNOWN_KEYWORD,
        "each keyword is one that is read where it stands",
        "write the keyword that was meant; one that is passed over in silence says nothing",
        stops_reading=True,
    ),
    LintRule(
        ProblemKind.UNKNOWN_FORMAT,
        "each format is one that is known",
        "write the format that was meant; one that nobody knows is checked by nobody",
        stops_reading=True,
    ),
    LintRule(
        ProblemKind.WRONG_VALUE,
        "each keyword has a value of its kind",
        "write a value that the keyword can have",
        stops_reading=True,
    ),
    LintRule(
        ProblemKind.KEYWORD_MISSING,
        "each object has the keywords without which it says nothing",
        "add the keyword",
        stops_reading=True,
    ),
    LintRule(
        NOT_A_CONTRACT,
        "the whole can be read as a contract",
        "correct what the sentence names",
        stops_reading=True,
    ),
    LintRule(
        SOURCE_MISSING,
        "what no page of the documentation says names its source",
        "say by `x-source` where it is known from, or take it out",
    ),
    LintRule(
        "server-without-tls",
        "each server but one on this machine is reached over TLS",
        "write https://; a token is sent there",
        frozenset({"server"}),
        _without_tls,
    ),
    LintRule(
        "without-description",
        "each parameter, header, security scheme and tag says what it is",
        "describe it in a sentence of our own",
        _DESCRIBED,
        _undescribed,
    ),
    LintRule(
        "property-without-description",
        "each property says what it is, also where its schema stands elsewhere",
        "describe it in a sentence of our own",
        frozenset({"schema"}),
        _undescribed_properties,
    ),
    LintRule(
        "size-without-unit",
        "each size says what it counts",
        "say it by `x-unit`, such as `x-unit: byte`",
        frozenset({"schema"}),
        _without_unit,
    ),
    LintRule(
        "operation-without-error",
        "each operation says how it fails",
        "add a `default` response",
        frozenset({"operation"}),
        _without_error,
    ),
    LintRule(
        "said-in-words",
        "what a keyword says is not said in its description again",
        "leave it to the keyword, which is compared and checked, and take the words out",
        frozenset({"schema", "parameter", "header"}),
        in_words,
    ),
    LintRule(
        "said-by-two-keywords",
        "no keyword repeats what another one beside it says",
        "keep the one that says more, and take the other one out",
        frozenset({"schema"}),
        by_keywords,
    ),
    LintRule(
        "text-twice",
        "a description is more than the summary, the title or the name",
        "say more, or take one of the two out",
        frozenset(OBJECTS),
        by_texts,
    ),
    LintRule(
        "order-of-keys",
        "keys stand in the order of the table OBJECTS in generator/readers/openapi/objects.py",
        "move the key; who reads many objects finds a thing where it always is",
        frozenset(OBJECTS),
        _out_of_order,
    ),
)

RULES: Mapping[str, LintRule] = {rule.id: rule for rule in _TABLE}
"""Every rule by its stable id."""
