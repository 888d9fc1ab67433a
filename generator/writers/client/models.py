"""Decides what the models are: one class for each schema with fields."""

from __future__ import annotations

from openapi_python_client.parser.properties import ModelProperty
from openapi_python_client.parser.properties.protocol import PropertyProtocol

from generator.contract.wording import SENTENCES, sentences
from generator.document import Table

from .kinds import kind_of
from .literals import sentence
from .source import Source, closed, refuse
from .view import FieldView, ModelView

_NOTED = frozenset({"description", "example", "examples", "type", "format", "x-source"})
_OF_FIELDS = _NOTED | SENTENCES.keys() | {"$ref", "items", "properties", "additionalProperties"}
_TAKEN = frozenset({"additional_properties", "from_dict", "from_wire", "to_dict"})
"""Names of a model that no field can have."""


def decide_model(source: Source, schema: Table, model: ModelProperty) -> ModelView:
    """The view of a schema that upstream made a model of. Raises Unreadable for what the client cannot keep."""
    closed(schema, _OF_FIELDS, f"the schema of {model.class_info.name}")
    if schema.get("additionalProperties", True) is not True:
        refuse(
            "the client keeps fields that it does not know; leave `additionalProperties` out",
            schema,
            "additionalProperties",
        )
    names = {str(one.name.get_untrusted_value()): str(one.python_name) for one in _properties(model)}
    properties: Table = schema["properties"]
    fields = tuple(_field(source, names[wire_name], wire_name, properties) for wire_name in properties)
    seen: dict[str, str] = dict.fromkeys(_TAKEN, "the model itself")
    for one in fields:
        if one.name in seen:
            refuse(
                f"the attribute `{one.name}` would stand for this and for {seen[one.name]}", properties, one.wire_name
            )
        seen[one.name] = f"`{one.wire_name}`"
    documentation = sentence(schema.get("description", ""))
    return ModelView(str(model.class_info.module_name), str(model.class_info.name), documentation, fields)


def _properties(model: ModelProperty) -> list[PropertyProtocol]:
    return [*(model.required_properties or ()), *(model.optional_properties or ())]


def _field(source: Source, name: str, wire_name: str, properties: Table) -> FieldView:
    stated: Table = properties[wire_name]
    schema: Table = source.follow(stated)
    parts = [stated, *([schema] if schema is not stated and not source.model_of(schema) else [])]
    if "items" in schema and not source.model_of(source.follow(schema["items"])):
        parts.append(source.follow(schema["items"]))
    for part in parts:
        closed(part, _OF_FIELDS, f"the field `{wire_name}`")
    facts = {keyword: value for part in reversed(parts) for keyword, value in part.items()}
    description = sentence(str(stated.get("description", schema.get("description", ""))))
    documentation = " ".join([description, *sentences(facts)]).strip()
    return FieldView(name, wire_name, kind_of(stated, source.references, source.model_of), documentation)
