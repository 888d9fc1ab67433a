"""Writes a first OpenAPI document of new methods: each fact on its keyword, without prose."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import indent
from typing import Any

from generator.contract.facts import Contract
from generator.contract.urls import url_path
from generator.errors import InputError
from generator.readers.documentation.request import DOMAIN
from generator.yaml_document import YamlMapping, dump_blocks

from .components import Components
from .conventions import Conventions, PlainMapping, conventions_of, is_plain_mapping
from .methods import IN_SENTENCES, TODO, MethodDraft, method_of
from .names import host_of, infer_names, service_of, title_of
from .operations import draft_operation
from .schemas import message_schemas

_HEADER = """\
# A first draft, written from documentation pages by `python -m generator draft`; by hand from here on.
#
# TODO marks the texts to write. Facts that no page states have an `x-source`, as everywhere in the project.
"""

_SPACED = ("paths", "components")
"""Sections with blank lines between their parts."""


def draft_document(contracts: Sequence[Contract], specification: YamlMapping) -> str:
    """Write the document of the operations of pages, following the conventions of a loaded specification.

    Raises InputError for pages of several hosts, and for two operations of one name.
    """
    conventions = conventions_of(specification)
    methods = [method_of(contract) for contract in contracts]
    _reject_duplicates(methods)
    components = Components.reserving(conventions.schemas)
    components.assign_names([body for method in methods for body in method.bodies])
    collections = dict.fromkeys(method.names.collection for method in methods)
    return _text(
        {
            "openapi": conventions.openapi,
            "info": {
                "title": title_of(service_of(contracts[0].operation.url)),
                "version": "0.1.0",
                "summary": TODO,
                "description": IN_SENTENCES,
                "license": conventions.license,
            },
            "servers": [_server(contracts)],
            "security": conventions.security,
            "tags": [*map(draft_tag, collections)],
            "paths": draft_paths(methods, components, conventions),
            "components": _components(methods, components, conventions),
        }
    )


def draft_paths(
    methods: Sequence[MethodDraft], components: Components, conventions: Conventions
) -> dict[str, PlainMapping]:
    """Draft the path items of operations."""
    paths: dict[str, PlainMapping] = {}
    for method in methods:
        item = paths.setdefault(url_path(method.contract.operation.url), {})
        item[method.contract.operation.method.lower()] = draft_operation(method, components, conventions)
    return paths


def draft_schemas(methods: Sequence[MethodDraft], components: Components) -> PlainMapping:
    """Draft the schemas of all messages in the bodies of operations."""
    schemas: PlainMapping = {}
    for body in (body for method in methods for body in method.bodies):
        schemas |= message_schemas(body, body.tree, components, schemas)
    return schemas


def draft_tag(collection: str) -> PlainMapping:
    """Draft the tag of a collection."""
    return {"name": collection, "description": TODO}


def lock_name(contract: Contract) -> str:
    """The name of the lock of an operation: ``image.get.yaml``."""
    names = infer_names(contract)
    return f"{names.resource[:1].lower()}{names.resource[1:]}.{names.method}.yaml"


def _reject_duplicates(methods: Sequence[MethodDraft]) -> None:
    first: dict[str, MethodDraft] = {}
    for method in methods:
        other = first.setdefault(method.names.operation_id, method).contract.operation
        if other is not method.contract.operation:
            message = (
                f"has the operationId of {url_path(other.url)}, {method.names.operation_id}; draft the two separately"
            )
            raise InputError(message, method.contract.operation.location)


def _server(contracts: Sequence[Contract]) -> PlainMapping:
    """The host of all pages; the oldest pages name none, and their paths start with the service."""
    with_host = [operation.operation for operation in contracts if "://" in operation.operation.url]
    hosts = {host_of(operation.url): operation.location for operation in reversed(with_host)}
    if not hosts:
        url = f"https://{service_of(contracts[0].operation.url)}.{DOMAIN}"
        return {"url": url, "description": f"{TODO}; check this host, the page names none"}
    if len(hosts) > 1:
        *_, other, first = hosts
        raise InputError(f"has another host than {first}; draft the pages of each host separately", hosts[other])
    host, location = hosts.popitem()
    if "{" in host:
        raise InputError(f"names the host {host}; replace the variable by its value", location)
    return {"url": f"https://{host}", "description": TODO}


def _components(methods: Sequence[MethodDraft], components: Components, conventions: Conventions) -> PlainMapping:
    sections: PlainMapping = {}
    for (section, name), component in conventions.components.items():
        sections.setdefault(section, {})[name] = component
    schemas = draft_schemas(methods, components)
    documented = {name: _with_descriptions(schema, conventions.schemas.get(name)) for name, schema in schemas.items()}
    sections["schemas"] = {
        **documented,
        **{name: schema for name, schema in conventions.schemas.items() if name not in schemas},
    }
    return sections


def _with_descriptions(schema: Any, convention: Any) -> Any:
    """Copy the descriptions of a convention's schema of the same name to a schema."""
    if not (is_plain_mapping(schema) and is_plain_mapping(convention)):
        return schema
    description = {key: convention[key] for key in ("description",) if key in schema and key in convention}
    return {**{key: _with_descriptions(value, convention.get(key)) for key, value in schema.items()}, **description}


def _text(document: PlainMapping) -> str:
    parts = [
        dump_blocks({key: value}) if key not in _SPACED else _spaced_section(key, value)
        for key, value in document.items()
    ]
    return "\n".join([_HEADER + parts[0], *parts[1:]])


def _spaced_section(key: str, node: PlainMapping) -> str:
    """Format a section with blank lines between its parts, or between the parts of its schemas."""
    parts = [
        _spaced_section(name, part) if (key, name) == ("components", "schemas") else dump_blocks({name: part})
        for name, part in node.items()
    ]
    return f"{key}:\n" + "\n".join(indent(part, "  ") for part in parts)
