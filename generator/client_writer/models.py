"""Decides what the models are: one class for each schema with fields."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from attrs import evolve

from generator.contract.docstring_sentences import WORDED, sentences, sentences_of_entries
from generator.yaml_document import YamlMapping

from .checks import hold_bounds, in_python, statements
from .literals import sentence
from .names import Named, class_name, hold, identifier
from .spec_context import SpecContext, closed, refuse
from .value_types import Model
from .view import FieldView, ModelView

_NOTED = frozenset({"description", "example", "examples", "x-source"})
_OF_MODELS = _NOTED | {"type", "properties", "additionalProperties", "required"}
_OF_REFERENCES = _NOTED | WORDED | {"$ref"}
_OF_FIELDS = _NOTED | WORDED | {"type", "format", "items", "enum", "additionalProperties", "propertyNames"}
_OF_OTHERS = _OF_FIELDS | {"$ref"}
"""Of components that are no models: fields or parameters refer to them."""


def schemas_with_fields(document: YamlMapping) -> Mapping[str, YamlMapping]:
    """The schemas that become models, by their names. Raises InputError for one that is not used as it says."""
    schemas: YamlMapping = document.get("components", {}).get("schemas", YamlMapping(document.location))
    for name, schema in schemas.items():
        closed(schema, _OF_MODELS if "properties" in schema else _OF_OTHERS, f"the schema {name}")
        if not re.fullmatch(r"[\w.-]+", name, re.ASCII):
            refuse("the name of a component consists of letters, digits, `.`, `-` and `_`", schemas, name)
    return {name: schema for name, schema in schemas.items() if "properties" in schema}


def model_named(schema: str) -> Model:
    """Module and class for the name of a schema."""
    return identifier(class_name(schema)), class_name(schema)


def decide_models(
    source: SpecContext, schemas: Mapping[str, YamlMapping], sent: frozenset[str]
) -> tuple[ModelView, ...]:
    """The views of the schemas with fields, of which those of the names in `sent` are part of requests.

    Messages that refer to one another in a circle share a module. Raises InputError for what the client cannot keep.
    """
    models = {name: _model(source, name, schema) for name, schema in schemas.items()}
    components: Any = source.document.get("components", {}).get("schemas", {})
    hold("module", (Named(one.module, name, components, name) for name, one in models.items()))
    within = _within({one.name: one for one in models.values()})
    checked = {name for one in sent for name in (one, *within[one])}
    modules = {one.name: one.module for one in models.values()}
    shared = {
        name: modules[next(one for one in modules if one == name or (one in below and name in within[one]))]
        for name, below in within.items()
    }
    return tuple(
        evolve(
            one,
            module=shared[one.name],
            checked=one.name in checked,
            fields=tuple(_shared(field, shared, one.name) for field in one.fields),
        )
        for one in models.values()
    )


def _within(models: Mapping[str, ModelView]) -> Mapping[str, frozenset[str]]:
    """The names of the models that each one holds, at whatever depth."""
    found: dict[str, frozenset[str]] = {}
    for name in models:
        reached, rest = set[str](), [name]
        while rest:
            held = {one for _, one in models[rest.pop()].models if one in models} - reached
            reached |= held
            rest += held
        found[name] = frozenset(reached)
    return found


def _shared(field: FieldView, modules: Mapping[str, str], owner: str) -> FieldView:
    """A field once it is known which classes share its module: they may stand below, so a default names them later."""
    kind = field.kind
    models = tuple((modules.get(name, module), name) for module, name in kind.models)
    late = [name for module, name in models if module == modules[owner] and name in modules]
    default = kind.default
    for name in late:
        default = re.sub(rf"(?<=[\[ ]){name}(?=\])", f'"{name}"', default)
    return evolve(field, kind=evolve(kind, models=models, default=default))


def _model(source: SpecContext, name: str, schema: YamlMapping) -> ModelView:
    if schema.get("additionalProperties", True) is not True:
        refuse(
            "the client keeps fields that it does not know; leave `additionalProperties` out",
            schema,
            "additionalProperties",
        )
    properties: YamlMapping = schema["properties"]
    hold("attribute", (Named(identifier(one), one, properties, one) for one in properties))
    module, class_ = model_named(name)
    documentation = sentence(schema.get("description", "")) or f"The message {class_}."
    required = schema.get("required", [])
    fields = tuple(_field(source, one, properties, required=one in required) for one in properties)
    return ModelView(module, class_, documentation, fields, _one_ofs(properties))


def _one_ofs(properties: YamlMapping) -> tuple[tuple[str, ...], ...]:
    """The groups of fields of which at most one is set, by the names of their attributes."""
    groups = dict.fromkeys(tuple(one["x-one-of"]) for one in properties.values() if "x-one-of" in one)
    for name in properties:
        for unknown in (one for one in properties[name].get("x-one-of", []) if one not in properties):
            refuse(f"`x-one-of` names {unknown!r}, which is no property here", properties[name], "x-one-of")
    return tuple(tuple(map(identifier, one)) for one in groups)


def _field(source: SpecContext, wire_name: str, properties: YamlMapping, *, required: bool) -> FieldView:
    stated: YamlMapping = properties[wire_name]
    facts: dict[str, Any] = {}
    for part in _parts(source, stated):
        closed(part, _OF_REFERENCES if "$ref" in part else _OF_FIELDS, f"the field {wire_name!r}")
        facts = {**part, **facts}
    kind = source.kind_of(stated)
    hold_bounds(kind, facts, stated)
    for entries in (kind.keys, kind.values):
        if isinstance(entries, YamlMapping):
            closed(entries, _OF_FIELDS, f"the entries of {wire_name!r}")
    name = identifier(wire_name)
    facts["required"] = required
    if "x-one-of" in facts:
        facts["x-one-of"] = [*map(identifier, facts["x-one-of"])]
    said = [
        sentence(facts.get("description", "")),
        *sentences(in_python(kind, facts)),
        *sentences_of_entries(kind.keys, kind.values),
    ]
    checks = statements(kind, f'f"{{at}}.{name}"', f"self.{name}", facts, required=required)
    return FieldView(name, wire_name, kind, " ".join(said).strip(), tuple(checks))


def _parts(source: SpecContext, stated: YamlMapping) -> Iterator[YamlMapping]:
    """What is said of a field: where it stands, behind its references, and of its items; a model speaks for itself."""
    steps = source.resolve_chain(stated)
    yield from (step for step in steps if source.model_of(step) is None)
    if "items" in steps[-1]:
        yield from _parts(source, steps[-1]["items"])
