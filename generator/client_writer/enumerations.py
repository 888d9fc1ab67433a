"""Decides what the enumerations are: one class for each schema that lists the texts it allows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from attrs import frozen

from generator.yaml_document import References, YamlMapping, YamlSequence

from .literals import sentence
from .names import Named, class_name, hold, identifier
from .spec_context import refuse
from .value_types import Model
from .view import EnumerationView


@frozen
class Enumeration:
    """A schema with `enum`, and the words that its class is named by."""

    words: str
    schema: YamlMapping

    @property
    def model(self) -> Model:
        """Module and class."""
        name = class_name(self.words)
        return identifier(name), name


def enumerations(document: YamlMapping, references: References) -> Mapping[int, Enumeration]:
    """Every schema with `enum` by its identity: a component has its own name, another that of what it stands in."""
    found: dict[int, Enumeration] = {}
    for words, node in _schemas(document, references):
        each: tuple[Any, ...] = (node, node.get("items"), node.get("additionalProperties"))
        for one in each:
            if isinstance(one, YamlMapping) and "enum" in one and "$ref" not in one:
                found.setdefault(id(one), Enumeration(words, one))
    return found


def _schemas(document: YamlMapping, references: References) -> Iterator[tuple[str, YamlMapping]]:
    components: YamlMapping = document.get("components", {}).get("schemas", YamlMapping(document.location))
    yield from components.items()
    for name, schema in components.items():
        for one, node in schema.get("properties", {}).items():
            yield f"{name} {one}", node
    for item in document["paths"].values():
        for operation in references.resolve(item)[0].values():
            stated: YamlSequence | list[Any] = (
                operation.get("parameters", []) if isinstance(operation, YamlMapping) else []
            )
            for one in stated:
                parameter, _ = references.resolve(one)
                yield f"{operation.get('operationId', '')} {parameter['name']}", parameter["schema"]


def decide_enumeration(found: Enumeration) -> EnumerationView:
    """The view of an enumeration. Raises InputError for one of anything but texts with different names."""
    schema = found.schema
    values: YamlSequence = schema["enum"]
    if schema.get("type") != "string" or not all(isinstance(one, str) for one in values):
        refuse("the client has enumerations of texts alone; say `type: string` and list texts", schema, "enum")
    members = {_member(one): one for one in values}
    hold("member", (Named(_member(one), one, schema, "enum") for one in values))
    module, name = found.model
    documentation = sentence(schema.get("description", "")) or f"The values of {name} that are known."
    return EnumerationView(module, name, documentation, members)


def _member(value: Any) -> str:
    name = re.sub(r"\W+", "_", value, flags=re.ASCII).strip("_").upper()
    return name if name[:1].isalpha() else f"VALUE_{name}"
