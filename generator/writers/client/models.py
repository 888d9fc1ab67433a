"""Decides what the models are: one class for each schema with fields."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Any

from generator.contract.wording import SENTENCES, sentences
from generator.document import Table

from .kinds import Model, kind_of
from .literals import sentence
from .names import Named, class_name, hold, identifier
from .source import Source, closed, refuse
from .view import FieldView, ModelView

_NOTED = frozenset({"description", "example", "examples", "x-source"})
_OF_MODELS = _NOTED | {"type", "properties", "additionalProperties"}
_OF_REFERENCES = _NOTED | SENTENCES.keys() | {"$ref"}
_OF_FIELDS = _OF_MODELS | SENTENCES.keys() | {"items", "format"}
_OF_OTHERS = _OF_FIELDS | {"$ref", "minLength", "maxLength"}
"""Of components that are no models: fields or parameters refer to them."""


def schemas_with_fields(document: Table) -> Mapping[str, Table]:
    """The schemas that become models, by their names. Raises Unreadable for one that is not used as it says."""
    schemas: Table = document.get("components", {}).get("schemas", Table(document.place))
    for name, schema in schemas.items():
        closed(schema, _OF_MODELS if "properties" in schema else _OF_OTHERS, f"the schema {name}")
        if not re.fullmatch(r"[\w.-]+", name, re.ASCII):
            refuse("the name of a component consists of letters, digits, `.`, `-` and `_`", schemas, name)
    return {name: schema for name, schema in schemas.items() if "properties" in schema}


def model_named(schema: str) -> Model:
    """Module and class for the name of a schema."""
    return identifier(class_name(schema)), class_name(schema)


def decide_models(source: Source, schemas: Mapping[str, Table]) -> tuple[ModelView, ...]:
    """The views of the schemas with fields. Raises Unreadable for what the client cannot keep."""
    models = {name: _model(source, name, schema) for name, schema in schemas.items()}
    components: Any = source.document.get("components", {}).get("schemas", {})
    hold("module", (Named(one.module, name, components, name) for name, one in models.items()))
    held = {one.name: [name for _, name in one.models] for one in models.values()}
    try:
        TopologicalSorter(held).prepare()
    except CycleError as problem:
        first = next(name for name, one in models.items() if one.name in problem.args[1])
        refuse(f"the client cannot hold a message within itself: {' in '.join(problem.args[1])}", components, first)
    return tuple(models.values())


def _model(source: Source, name: str, schema: Table) -> ModelView:
    if schema.get("additionalProperties", True) is not True:
        refuse(
            "the client keeps fields that it does not know; leave `additionalProperties` out",
            schema,
            "additionalProperties",
        )
    properties: Table = schema["properties"]
    hold("attribute", (Named(identifier(one), one, properties, one) for one in properties))
    module, class_ = model_named(name)
    fields = tuple(_field(source, one, properties) for one in properties)
    return ModelView(module, class_, sentence(schema.get("description", "")) or f"The message {class_}.", fields)


def _field(source: Source, wire_name: str, properties: Table) -> FieldView:
    stated: Table = properties[wire_name]
    facts: dict[str, Any] = {}
    for part in _parts(source, stated):
        closed(part, _OF_REFERENCES if "$ref" in part else _OF_FIELDS, f"the field {wire_name!r}")
        facts = {**part, **facts}
    documentation = " ".join([sentence(facts.get("description", "")), *sentences(facts)]).strip()
    kind = kind_of(stated, source.references, source.model_of)
    return FieldView(identifier(wire_name), wire_name, kind, documentation)


def _parts(source: Source, stated: Table) -> Iterator[Table]:
    """What is said of a field: where it stands, behind its references, and of its items; a model speaks for itself."""
    steps = source.steps(stated)
    yield from (step for step in steps if source.model_of(step) is None)
    if "items" in steps[-1]:
        yield from _parts(source, steps[-1]["items"])
