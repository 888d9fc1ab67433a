"""Decides from the document alone what the client's code is. What the client could not keep is refused, not skipped."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from generator.changes.releases import parse_version
from generator.yaml_document import References, YamlMapping

from .enumerations import Enumeration, decide_enumeration, enumerations
from .models import decide_models, model_named, schemas_with_fields
from .names import Named, class_name, hold
from .operations import by_tag, decide_tag, tag_class
from .parameters import OperationNode, in_json
from .spec_context import SpecContext, closed, refuse, tables
from .view import ModelView, TagView, View

_OF_DOCUMENTS = frozenset({"openapi", "info", "servers", "security", "tags", "paths", "components"})
_BASE_URL = re.compile(r"https://[\w.-]+(?::\d{1,5})?(?:/[\w.~-]+)*", re.ASCII)
_OF_ERRORS = {"code": "int", "message": "str", "details": "list[dict[str, object]]"}
"""What the runtime takes from the model of an error, which is a google.rpc.Status."""


def build_view(document: YamlMapping) -> View:
    """The view of a document. Raises InputError for what the client could not keep."""
    closed(document, _OF_DOCUMENTS, "the document")
    _hold_one_file(document)
    schemas = schemas_with_fields(document)
    named = {id(schema): model_named(name) for name, schema in schemas.items()}
    references = References.of(document)
    listed = enumerations(document, references)
    source = SpecContext(document, references, named, {key: one.model for key, one in listed.items()})
    operations = by_tag(source)
    models = {one.name: one for one in decide_models(source, schemas, _sent(source, operations))}
    tags = [decide_tag(source, models, tag, stated) for tag, stated in operations.items()]
    _hold_classes(document, schemas, listed.values(), operations)
    _hold_errors(document, tags, models)
    info: YamlMapping = document["info"]
    return View(
        title=info["title"],
        description=info.get("description", ""),
        version=parse_version(info["version"], info.location_of("version")),
        base_url=_base_url(document),
        tags={one.name: one for one in tags},
        models=models,
        enumerations={one.model[1]: decide_enumeration(one) for one in listed.values()},
    )


def _sent(source: SpecContext, operations: Mapping[str, list[OperationNode]]) -> frozenset[str]:
    """The classes that are bodies of requests."""
    bodies = [
        in_json(source, source.resolve(one.operation["requestBody"]))
        for stated in operations.values()
        for one in stated
        if "requestBody" in one.operation
    ]
    return frozenset(one[1] for one in bodies if one)


def _hold_one_file(document: YamlMapping) -> None:
    for table in tables(document):
        reference = table.get("$ref")
        if isinstance(reference, str) and not reference.startswith("#"):
            refuse("the client is written from one file; copy what this refers to into it", table, "$ref")


def _hold_classes(
    document: YamlMapping,
    schemas: Mapping[str, YamlMapping],
    listed: Collection[Enumeration],
    operations: Mapping[str, list[OperationNode]],
) -> None:
    components: Any = document.get("components", {}).get("schemas")
    models = [Named(class_name(name), name, components, name) for name in schemas]
    named = {one.name for one in models}
    models += [Named(one.model[1], one.words, one.schema, "enum") for one in listed]
    groups = [
        Named(f"{prefix}{tag_class(tag, named)}", tag, stated[0].operation, "tags")
        for tag, stated in operations.items()
        for prefix in ("", "Async")
    ]
    hold("class", [*models, *groups])


def _hold_errors(document: YamlMapping, tags: Sequence[TagView], models: Mapping[str, ModelView]) -> None:
    schemas: YamlMapping = document["components"]["schemas"]
    named = {class_name(name): name for name in schemas}
    for model in (models[one.error[1]] for tag in tags for one in tag.operations):
        fields = {one.wire_name: one.kind.annotation for one in model.fields}
        for name, annotation in _OF_ERRORS.items():
            if fields.get(name) != annotation:
                sentence = f"an error is a google.rpc.Status; {model.name} needs `{name}` as {annotation}"
                refuse(sentence, schemas, named[model.name])


def _base_url(document: YamlMapping) -> str:
    url = str(document["servers"][0]["url"])
    if not _BASE_URL.fullmatch(url):
        refuse("the client needs a plain https URL: host, perhaps port and path", document, "servers")
    return url
