"""Builds the views of the enumerations: one class for each schema with `enum`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from attrs import frozen

from generator.readers.openapi import ParsedSpecification
from generator.yaml_document import YamlMapping

from .literals import sentence
from .names import NameBinding, check_names, class_ref
from .spec_context import components_of, fail_at, merge
from .value_types import ClassRef
from .view import EnumerationView


@frozen
class Enumeration:
    """A schema with `enum`, its keywords merged with those behind its `$ref`, and the words that name its class."""

    words: str
    schema: YamlMapping
    merged: Mapping[str, Any]

    @property
    def class_ref(self) -> ClassRef:
        """Module and class."""
        return class_ref(self.words)


def enumerations(specification: ParsedSpecification) -> Mapping[int, Enumeration]:
    """Return every schema with `enum` by its identity; its class is named after the component, field or parameter."""
    by_schema: dict[int, Enumeration] = {}
    for words, node in _named_schemas(specification):
        for schema in (node, node.get("items"), node.get("additionalProperties")):
            if isinstance(schema, YamlMapping) and "enum" in schema:
                merged = merge([step for step, _ in specification.references.resolve_chain(schema)])
                by_schema.setdefault(id(schema), Enumeration(words, schema, merged))
    return by_schema


def _named_schemas(specification: ParsedSpecification) -> Iterator[tuple[str, YamlMapping]]:
    components = components_of(specification.document)
    yield from components.items()
    for name, schema in components.items():
        for wire_name, node in schema.get("properties", {}).items():
            yield f"{name} {wire_name}", node
    for operation in specification.operations:
        for parameter in operation.parameters:
            words = f"{operation.operation['operationId']} {parameter.table['name']}"
            yield words, parameter.table["schema"]


def enumeration_view(enumeration: Enumeration) -> EnumerationView:
    """Return the view of an enumeration. Raises InputError for values that are not strings, or collide as names."""
    schema = enumeration.schema
    values: list[Any] = schema["enum"]
    if enumeration.merged.get("type") != "string" or not all(isinstance(value, str) for value in values):
        fail_at(schema, "enum", "the client has enumerations of strings only; say `type: string` and list strings")
    members = {_member(value): value for value in values}
    check_names("member", (NameBinding(_member(value), value, schema, "enum") for value in values))
    module, name = enumeration.class_ref
    documentation = sentence(schema.get("description", "")) or f"The values of {name} that are known."
    return EnumerationView(module, name, documentation, members)


def _member(value: str) -> str:
    name = re.sub(r"\W+", "_", value, flags=re.ASCII).strip("_").upper()
    return name if name[:1].isalpha() else f"VALUE_{name}"
