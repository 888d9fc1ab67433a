"""Builds the views of the models: one class for each schema with properties."""

from __future__ import annotations

import re
from collections.abc import Mapping

from attrs import evolve

from generator.yaml_document import YamlMapping

from .checks import check_bounds, check_statements, python_facts
from .docstring_sentences import sentences, sentences_of_entries
from .literals import deprecation, sentence
from .names import NameBinding, check_names, class_ref
from .opc import identifier
from .spec_context import SpecContext, components_of, fail_at
from .type_resolver import value_type_of
from .view import FieldView, ModelView, storage_name

_MODEL_KEYWORDS = frozenset(
    {"type", "properties", "additionalProperties", "required"}
    | {"title", "description", "example", "examples", "x-source"}
)


def schemas_with_properties(document: YamlMapping) -> Mapping[str, YamlMapping]:
    """Return the schemas that become models. Raises InputError for a keyword that a class cannot express."""
    components = components_of(document)
    schemas = {name: schema for name, schema in components.items() if "properties" in schema}
    for name in components:
        if not re.fullmatch(r"[\w.-]+", name, re.ASCII):
            fail_at(components, name, "the name of a component consists of letters, digits, `.`, `-` and `_`")
    for schema in schemas.values():
        for keyword in (keyword for keyword in schema if keyword not in _MODEL_KEYWORDS):
            fail_at(schema, keyword, f"`{keyword}` cannot be kept by a class; move it to the fields of this type")
        if schema.get("additionalProperties", True) is not True:
            sentence = "the client keeps unknown fields; leave `additionalProperties` out"
            fail_at(schema, "additionalProperties", sentence)
    return schemas


def model_views(
    context: SpecContext, schemas: Mapping[str, YamlMapping], sent: frozenset[str]
) -> tuple[ModelView, ...]:
    """Return the views of the schemas with properties; `sent` are the names of the classes in request bodies.

    Messages that refer to one another in a circle share a module. Raises InputError for what a class cannot express.
    """
    models = {name: _model_view(context, name, schema) for name, schema in schemas.items()}
    components = components_of(context.specification.document)
    check_names("module", (NameBinding(model.module, name, components, name) for name, model in models.items()))
    reachable = _reachable({model.name: model for model in models.values()})
    checked = {name for root in sent for name in (root, *reachable[root])}
    modules = {model.name: model.module for model in models.values()}
    shared = {
        name: modules[next(other for other in modules if _share_a_module(name, other, reachable))] for name in modules
    }
    return tuple(
        evolve(
            model,
            module=shared[model.name],
            checked=model.name in checked,
            fields=tuple(_in_shared_module(field, shared, model.name) for field in model.fields),
        )
        for model in models.values()
    )


def _reachable(models: Mapping[str, ModelView]) -> Mapping[str, frozenset[str]]:
    """Return the names of the models that each model contains at any depth."""
    reachable: dict[str, frozenset[str]] = {}
    for root in models:
        reached, rest = set[str](), [root]
        while rest:
            new = {name for _, name in models[rest.pop()].models if name in models} - reached
            reached |= new
            rest += new
        reachable[root] = frozenset(reached)
    return reachable


def _share_a_module(name: str, other: str, reachable: Mapping[str, frozenset[str]]) -> bool:
    return other == name or (other in reachable[name] and name in reachable[other])


def _in_shared_module(field: FieldView, modules: Mapping[str, str], owner: str) -> FieldView:
    """Return a field with the shared modules of its classes; its default quotes a class that is defined below it."""
    models = tuple((modules.get(name, module), name) for module, name in field.value_type.models)
    default = field.value_type.default
    for name in (name for module, name in models if module == modules[owner] and name in modules):
        default = re.sub(rf"(?<=[\[ ]){name}(?=\])", f'"{name}"', default)
    return evolve(field, value_type=evolve(field.value_type, models=models, default=default))


def _model_view(context: SpecContext, schema_name: str, schema: YamlMapping) -> ModelView:
    properties: YamlMapping = schema["properties"]
    check_names("attribute", (NameBinding(identifier(name), name, properties, name) for name in properties))
    module, name = class_ref(schema_name)
    documentation = sentence(schema.get("description", "")) or f"The message {name}."
    required = schema.get("required", [])
    fields = tuple(_field_view(context, name, field, properties, required=field in required) for field in properties)
    return ModelView(module, name, documentation, fields, _one_of_groups(properties))


def _one_of_groups(properties: YamlMapping) -> tuple[tuple[str, ...], ...]:
    """Return the groups of attributes of which at most one is set."""
    groups = dict.fromkeys(tuple(schema["x-one-of"]) for schema in properties.values() if "x-one-of" in schema)
    for schema in properties.values():
        for unknown in (name for name in schema.get("x-one-of", ()) if name not in properties):
            fail_at(schema, "x-one-of", f"`x-one-of` names {unknown!r}, which is not a property of this schema")
    return tuple(tuple(map(identifier, group)) for group in groups)


def _field_view(
    context: SpecContext, model: str, wire_name: str, properties: YamlMapping, *, required: bool
) -> FieldView:
    schema: YamlMapping = properties[wire_name]
    value_type, facts = value_type_of(context, schema), context.facts(schema)
    check_bounds(value_type, facts, schema)
    name = identifier(wire_name)
    facts["required"] = required
    if "x-one-of" in facts:
        facts["x-one-of"] = [*map(identifier, facts["x-one-of"])]
    description = sentence(facts.get("description", ""))
    documentation = [
        description,
        *sentences(python_facts(value_type, facts)),
        *sentences_of_entries(value_type.key_facts, value_type.value_facts),
    ]
    text = " ".join(documentation).strip()
    warning = deprecation(f"`{model}.{name}`", description, facts)
    value = f"self.{storage_name(name, deprecated=bool(warning))}"
    checks = check_statements(value_type, f'f"{{at}}.{name}"', value, facts, required=required)
    return FieldView(name, wire_name, value_type, text, tuple(checks), warning)
