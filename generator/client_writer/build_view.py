"""Builds the view of a specification: everything that the templates need. Rejects what the client cannot express."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from generator.changes.version_number import parse_version
from generator.readers.openapi import ParsedSpecification
from generator.yaml_document import YamlMapping

from .enumerations import Enumeration, enumeration_view, enumerations
from .method_view import TagView
from .models import model_views, schemas_with_properties
from .names import NameBinding, check_names, class_ref
from .opc import class_name
from .operations import Tags, operations_by_tag, tag_class, tag_view
from .parameters import json_model
from .spec_context import SpecContext, components_of, fail_at, iter_mappings
from .view import ModelView, View

_BASE_URL = re.compile(r"https://[\w.-]+(?::\d{1,5})?(?:/[\w.~-]+)*", re.ASCII)
_ERROR_FIELDS = {"code": "int", "message": "str", "details": "list[dict[str, object]]"}
"""Fields of a google.rpc.Status that the runtime reads from the model of an error, with their annotations."""


def build_view(specification: ParsedSpecification) -> View:
    """Return the view of a specification. Raises InputError for what the client cannot express."""
    document = specification.document
    _check_one_file(document)
    schemas = schemas_with_properties(document)
    listed = enumerations(specification)
    context = SpecContext(
        specification,
        {id(schema): class_ref(name) for name, schema in schemas.items()},
        {key: enumeration.class_ref for key, enumeration in listed.items()},
    )
    operations = operations_by_tag(context)
    models = {model.name: model for model in model_views(context, schemas, _sent_classes(context))}
    tags = [tag_view(context, models, tag, members) for tag, members in operations.items()]
    _check_class_names(document, schemas, listed.values(), operations)
    _check_error_models(document, tags, models)
    info: YamlMapping = document["info"]
    return View(
        title=info["title"],
        description=info.get("description", ""),
        version=parse_version(info["version"], info.location_of("version")),
        base_url=_base_url(document),
        tags={tag.name: tag for tag in tags},
        models=models,
        enumerations={enumeration.class_ref[1]: enumeration_view(enumeration) for enumeration in listed.values()},
    )


def _sent_classes(context: SpecContext) -> frozenset[str]:
    """Return the classes of the request bodies."""
    bodies = (operation.body for operation in context.specification.operations)
    models = (json_model(context, body.table) for body in bodies if body is not None)
    return frozenset(model[1] for model in models if model)


def _check_one_file(document: YamlMapping) -> None:
    for table in iter_mappings(document):
        reference = table.get("$ref")
        if isinstance(reference, str) and not reference.startswith("#"):
            fail_at(table, "$ref", "the client is generated from one file; copy the target of this reference into it")


def _check_class_names(
    document: YamlMapping, schemas: Mapping[str, YamlMapping], listed: Collection[Enumeration], tags: Tags
) -> None:
    components = components_of(document)
    models = [NameBinding(class_name(name), name, components, name) for name in schemas]
    names = {model.name for model in models}
    enums = [
        NameBinding(enumeration.class_ref[1], enumeration.words, enumeration.schema, "enum") for enumeration in listed
    ]
    groups = [
        NameBinding(f"{prefix}{tag_class(tag, names)}", tag, operations[0].operation, "tags")
        for tag, operations in tags.items()
        for prefix in ("", "Async")
    ]
    check_names("class", [*models, *enums, *groups])


def _check_error_models(document: YamlMapping, tags: Sequence[TagView], models: Mapping[str, ModelView]) -> None:
    components = components_of(document)
    schema_names = {class_name(name): name for name in components}
    for model in (models[operation.error[1]] for tag in tags for operation in tag.operations):
        annotations = {field.wire_name: field.value_type.annotation for field in model.fields}
        for name, annotation in _ERROR_FIELDS.items():
            if annotations.get(name) != annotation:
                sentence = f"an error is a google.rpc.Status; {model.name} needs `{name}` as {annotation}"
                fail_at(components, schema_names[model.name], sentence)


def _base_url(document: YamlMapping) -> str:
    url = str(document["servers"][0]["url"])
    if not _BASE_URL.fullmatch(url):
        fail_at(document, "servers", "the client needs a plain https URL: host, optional port, optional path")
    return url
