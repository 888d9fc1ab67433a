"""A specification with the generated class of each schema."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NoReturn

from attrs import frozen

from generator.errors import InputError
from generator.readers.openapi import ParsedSpecification
from generator.yaml_document import YamlMapping, YamlSequence

from .value_types import ClassRef


@frozen
class SpecContext:
    """A specification and the classes of its schemas, by the identity of the schema: equal schemas differ in name."""

    specification: ParsedSpecification
    _models: Mapping[int, ClassRef]
    _enumerations: Mapping[int, ClassRef]

    def enumeration_of(self, schema: YamlMapping) -> ClassRef | None:
        """Return the class of a schema with `enum`; None for any other schema."""
        return self._enumerations.get(id(schema))

    def model_of(self, schema: YamlMapping) -> ClassRef | None:
        """Return the class of an object with properties; None for any other schema.

        Raises InputError for an object with properties that has no name among the components.
        """
        if "properties" not in schema:
            return None
        if id(schema) not in self._models:
            fail_at(schema, "properties", "an object with fields needs a name under components/schemas")
        return self._models[id(schema)]

    def facts(self, schema: YamlMapping) -> dict[str, Any]:
        """Merge the keywords of a schema, of its `$ref`s and of its items; those of a model stay in its own class."""
        merged = merge([step for step in self.resolve_chain(schema) if self.model_of(step) is None])
        return {**self.facts(merged["items"]), **merged} if "items" in merged else merged

    def resolve(self, node: Any) -> Any:
        """Return a node with its `$ref`s followed."""
        return self.resolve_chain(node)[-1]

    def resolve_chain(self, node: Any) -> list[YamlMapping]:
        """Return a node and each step of following its `$ref`s."""
        return [step for step, _ in self.specification.references.resolve_chain(node)]


def merge(steps: list[YamlMapping]) -> dict[str, Any]:
    """Merge the keywords of a schema with those behind its `$ref`s; the nearest description wins."""
    return {keyword: value for step in reversed(steps) for keyword, value in step.items() if keyword != "$ref"}


def components_of(document: YamlMapping) -> YamlMapping:
    """Return the named schemas of a document."""
    schemas: YamlMapping = document.get("components", {}).get("schemas", YamlMapping(document.location))
    return schemas


def iter_mappings(node: Any) -> Iterator[YamlMapping]:
    """Yield every mapping of a document, from a node down."""
    if isinstance(node, YamlMapping):
        yield node
    if isinstance(node, YamlMapping | YamlSequence):
        for child in node.values() if isinstance(node, YamlMapping) else node:
            yield from iter_mappings(child)


def fail_at(table: YamlMapping, key: str, sentence: str) -> NoReturn:
    """Raise InputError at a key of a mapping, or at the mapping if it has no such key."""
    raise InputError(sentence, table.location_of(key))
