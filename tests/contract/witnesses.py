"""The witnesses as they stand in this repository, each read once."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from generator.contract import lock
from generator.contract.facts import Contract, Fact
from generator.contract.known_differences import KnownDifference, parse_known_differences
from generator.contract.text import format_value
from generator.readers import client, openapi, protobuf
from generator.yaml_document import load

ROOT = Path(__file__).parents[2]
SPECIFICATION = ROOT / "spec" / "openapi.yaml"
PUBLISHED_PAGE = ROOT.parent / "shared" / "seed" / "image-get.ru.md"
"""The page that the lock was written from, where it is at hand."""


@cache
def specification() -> tuple[Contract, ...]:
    return openapi.read(SPECIFICATION)


@cache
def locks() -> tuple[Contract, ...]:
    return tuple(lock.read_lock(path) for path in sorted((SPECIFICATION.parent / "documented").glob("*.yaml")))


@cache
def clients() -> tuple[Contract, ...]:
    return client.read(ROOT / "generated_client")


@cache
def descriptors() -> tuple[Contract, ...]:
    return protobuf.read([contract.operation for contract in specification()])


@cache
def known_differences() -> tuple[KnownDifference, ...]:
    return parse_known_differences(load(SPECIFICATION.parent / "known-differences.yaml"))


Json = dict[str, Any] | list[Any] | str | float | bool | None


@cache
def document() -> dict[str, Any]:
    """The specification as plain data, without its examples: they state nothing and cost half of the time."""
    whole: dict[str, Any] = yaml.safe_load(SPECIFICATION.read_text(encoding="utf-8"))
    return {key: _without_examples(value) for key, value in whole.items()}


def _without_examples(node: Json) -> Json:
    if isinstance(node, dict):
        return {key: _without_examples(value) for key, value in node.items() if key not in {"example", "examples"}}
    return [_without_examples(item) for item in node] if isinstance(node, list) else node


def sentence(fact: Fact) -> str:
    """A fact in one line."""
    return " ".join(filter(None, (fact.part, fact.path, fact.keyword, format_value(fact.value))))
