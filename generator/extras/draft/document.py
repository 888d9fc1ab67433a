"""Writes a first OpenAPI document for methods that have none yet: every fact on its keyword, no word of prose."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import indent
from typing import Any

from generator.contract.facts import Contract
from generator.contract.urls import url_path
from generator.errors import InputError
from generator.yaml_document import YamlMapping, dump_blocks

from .components import Components
from .conventions import Conventions, Plain, conventions_of, is_plain
from .methods import IN_SENTENCES, TODO, MethodDraft, method_of
from .names import called, host_of, service_of, title_of
from .operations import operation
from .schemas import messages

__all__ = ["draft", "lock_name"]

_HEADER = """\
# A first draft, written from documentation pages by `python -m generator draft`; by hand from here on.
#
# TODO stands where a person has to write. What no page says carries `x-source`, as everywhere in the project.
"""

DOMAIN = "api.cloud.yandex.net"
"""Where the provider's REST interfaces are."""

_SPREAD = ("paths", "components")
"""Sections whose parts stand apart, for people."""


def draft(contracts: Sequence[Contract], specification: YamlMapping) -> str:
    """The document of operations that pages describe, by the conventions of a loaded specification.

    Raises InputError for pages of several hosts, and for two operations of one name.
    """
    conventions = conventions_of(specification)
    methods = [method_of(contract) for contract in contracts]
    _hold_apart(methods)
    components = Components({name: frozenset(node.get("properties", ())) for name, node in conventions.schemas.items()})
    components.call([body for method in methods for body in method.bodies])
    paths: Plain = {}
    for method in methods:
        item = paths.setdefault(url_path(method.contract.operation.url), {})
        item[method.contract.operation.method.lower()] = operation(method, components, conventions)
    collections = dict.fromkeys(method.called.collection for method in methods)
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
            "tags": [{"name": name, "description": TODO} for name in collections],
            "paths": paths,
            "components": _components(methods, components, conventions),
        }
    )


def lock_name(contract: Contract) -> str:
    """``image.get.yaml``: the file in which the facts of an operation are locked."""
    names = called(contract)
    return f"{names.resource[:1].lower()}{names.resource[1:]}.{names.method}.yaml"


def _hold_apart(methods: Sequence[MethodDraft]) -> None:
    first: dict[str, MethodDraft] = {}
    for method in methods:
        other = first.setdefault(method.called.operation_id, method).contract.operation
        if other is not method.contract.operation:
            sentence = f"would be called {method.called.operation_id}, as {url_path(other.url)} is; draft them apart"
            raise InputError(sentence, method.contract.operation.location)


def _server(contracts: Sequence[Contract]) -> Plain:
    """The one host of all pages; the oldest pages name none, and the beginning of their path is the service."""
    stated = [one.operation for one in contracts if "://" in one.operation.url]
    hosts = {host_of(one.url): one.location for one in reversed(stated)}
    if not hosts:
        url = f"https://{service_of(contracts[0].operation.url)}.{DOMAIN}"
        return {"url": url, "description": f"{TODO}; and is this the host? The page names none"}
    if len(hosts) > 1:
        *_, other, first = hosts
        raise InputError(f"is of another host than {first}; draft the pages of each host apart", hosts[other])
    host, location = hosts.popitem()
    if "{" in host:
        raise InputError(f"names the host {host}; put in what the variable stands for", location)
    return {"url": f"https://{host}", "description": TODO}


def _components(methods: Sequence[MethodDraft], components: Components, conventions: Conventions) -> Plain:
    sections: Plain = {}
    for (section, name), kept in conventions.components.items():
        sections.setdefault(section, {})[name] = kept
    schemas: Plain = {}
    for body in (body for method in methods for body in method.bodies):
        schemas |= messages(body, body.tree, components, schemas)
    documented = {name: _described(schema, conventions.schemas.get(name)) for name, schema in schemas.items()}
    sections["schemas"] = {
        **documented,
        **{name: one for name, one in conventions.schemas.items() if name not in schemas},
    }
    return sections


def _described(schema: Plain, convention: Plain | None) -> Plain:
    """A schema with the words of a convention's schema of the same name."""
    if convention is None:
        return schema
    words = {key: convention[key] for key in ("description",) if key in schema and key in convention}
    return {**{key: _worded(one, convention.get(key)) for key, one in schema.items()}, **words}


def _worded(one: Any, convention: Any) -> Any:
    return _described(one, convention) if is_plain(one) and is_plain(convention) else one


def _text(document: Plain) -> str:
    parts = [
        dump_blocks({key: value}) if key not in _SPREAD else _spread(key, value) for key, value in document.items()
    ]
    return "\n".join([_HEADER + parts[0], *parts[1:]])


def _spread(key: str, node: Plain) -> str:
    """A section whose parts, or the parts of whose schemas, stand apart."""
    parts = [
        _spread(name, one) if (key, name) == ("components", "schemas") else dump_blocks({name: one})
        for name, one in node.items()
    ]
    return f"{key}:\n" + "\n".join(indent(part, "  ") for part in parts)
