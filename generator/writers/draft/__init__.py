"""Writes a first OpenAPI document for methods that have none yet: every fact on its keyword, no word of prose."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import indent
from typing import Any
from urllib.parse import urlsplit

from generator.contract.compare import path_of
from generator.contract.facts import Contract
from generator.contract.places import Unreadable
from generator.document import Table, laid_out

from .components import Body, Components
from .conventions import Conventions, Plain, conventions_of
from .names import Called, called, title_of
from .operations import operation
from .schemas import TODO, component
from .tree import tree_of

__all__ = ["draft", "lock_name"]

_HEADER = """\
# A first draft, written from documentation pages by `python -m generator draft`; by hand from here on.
#
# TODO stands where a person has to write. What no page says carries `x-source`, as everywhere in the project.
"""

_SPREAD = ("paths", "components")
"""Sections whose parts stand apart, for people."""


def draft(contracts: Sequence[Contract], specification: Table) -> str:
    """The document of operations that pages describe, by the conventions of a loaded specification.

    Raises Unreadable for pages of several hosts, and for two operations of one name.
    """
    conventions = conventions_of(specification)
    names = [called(contract) for contract in contracts]
    _hold_apart(contracts, names)
    bodies = [_bodies(contract, one) for contract, one in zip(contracts, names, strict=True)]
    components = Components({name: frozenset(node.get("properties", ())) for name, node in conventions.schemas.items()})
    everything = [body for of_one in bodies for body in of_one.values()]
    components.call(everything)
    paths: Plain = {}
    for contract, one, of_one in zip(contracts, names, bodies, strict=True):
        item = paths.setdefault(path_of(contract.operation.url), {})
        item[contract.operation.method.lower()] = operation(contract, one, of_one, components, conventions)
    return _text(
        {
            "openapi": conventions.openapi,
            "info": {
                "title": title_of(contracts[0].operation.url),
                "version": "0.1.0",
                "summary": TODO,
                "description": TODO,
                "license": conventions.license,
            },
            "servers": [{"url": _server(contracts), "description": TODO}],
            "security": conventions.security,
            "tags": [{"name": name, "description": TODO} for name in dict.fromkeys(one.collection for one in names)],
            "paths": paths,
            "components": _components(everything, components, conventions),
        }
    )


def lock_name(contract: Contract) -> str:
    """``image.get.yaml``: the file in which the facts of an operation are locked."""
    names = called(contract)
    return f"{names.resource[:1].lower()}{names.resource[1:]}.{names.method}.yaml"


def _bodies(contract: Contract, names: Called) -> dict[str, Body]:
    parts = {"body": contract.body, "response": contract.response.fields}
    return {
        part: Body(
            part,
            names,
            tree_of(fields),
            {path: one for (of, path), one in contract.names.messages.items() if of == part},
        )
        for part, fields in parts.items()
        if fields or part == "response"
    }


def _hold_apart(contracts: Sequence[Contract], names: Sequence[Called]) -> None:
    first: dict[str, Contract] = {}
    for contract, one in zip(contracts, names, strict=True):
        other = first.setdefault(one.operation_id, contract)
        if other is not contract:
            sentence = f"would be called {one.operation_id}, as {path_of(other.operation.url)} is; draft them apart"
            raise Unreadable(sentence, contract.operation.place)


def _server(contracts: Sequence[Contract]) -> str:
    """The one host of all pages; the oldest pages name none, and the first segment of their path is the service."""
    hosts = {urlsplit(one.operation.url).netloc: one for one in contracts if "://" in one.operation.url}
    if len(hosts) > 1:
        other = list(hosts.values())[1]
        raise Unreadable(f"is of another host than {next(iter(hosts))}; draft them apart", other.operation.place)
    service = path_of(contracts[0].operation.url).strip("/").partition("/")[0]
    return f"https://{next(iter(hosts), f'{service}.api.cloud.yandex.net')}"


def _components(bodies: Sequence[Body], components: Components, conventions: Conventions) -> Plain:
    sections: Plain = {}
    for (section, name), kept in conventions.components.items():
        sections.setdefault(section, {})[name] = kept
    schemas: Plain = {}
    for body in bodies:
        for node in body.objects:
            name = components.name(body, node.path)
            if name not in schemas:
                schemas[name] = component(body, node, components)
    documented = {name: _described(schema, conventions.schemas.get(name)) for name, schema in schemas.items()}
    sections["schemas"] = {
        **documented,
        **{name: one for name, one in conventions.schemas.items() if name not in schemas},
    }
    return sections


def _described(schema: Any, convention: Any) -> Any:
    """A schema with the words of a convention's schema of the same name."""
    if not isinstance(schema, dict) or not isinstance(convention, dict):
        return schema
    words = (
        {"description": convention["description"]} if "description" in schema and "description" in convention else {}
    )
    return {**{key: _described(one, convention.get(key)) for key, one in schema.items()}, **words}


def _text(document: Plain) -> str:
    parts = [laid_out({key: value}) if key not in _SPREAD else _spread(key, value) for key, value in document.items()]
    return "\n".join([_HEADER + parts[0], *parts[1:]])


def _spread(key: str, node: Plain) -> str:
    """A section whose parts, or the parts of whose schemas, stand apart."""
    parts = [
        _spread(name, one) if (key, name) == ("components", "schemas") else laid_out({name: one})
        for name, one in node.items()
    ]
    return f"{key}:\n" + "\n".join(indent(part, "  ") for part in parts)
