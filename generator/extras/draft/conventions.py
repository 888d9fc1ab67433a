"""Reads the conventions of an existing specification that pages do not state: license, security, headers, errors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeGuard

from attrs import evolve, frozen

from generator.errors import InputError
from generator.readers.openapi.objects import METHODS
from generator.yaml_document import References, YamlMapping, YamlSequence, iter_references

_COMPONENT = "#/components/"
_PROTOCOL = "https://github.com/googleapis/googleapis/tree/master/google/rpc"
"""The source of an error's schema that has none, since another page documents it."""

PlainMapping = dict[str, Any]
"""A mapping of a document, ready to be written."""


@frozen
class Conventions:
    """The conventions of a specification, with the components that they need, but without its examples."""

    openapi: str
    license: PlainMapping
    security: list[Any]
    parameters: list[Any]
    headers: PlainMapping
    errors: PlainMapping
    components: Mapping[tuple[str, str], PlainMapping]

    @property
    def schemas(self) -> PlainMapping:
        """The schemas among the components."""
        return {name: node for (section, name), node in self.components.items() if section == "schemas"}


def conventions_of(document: YamlMapping) -> Conventions:
    """Read the conventions of a loaded specification from its first operation.

    Raises InputError if the specification has no operation.
    """
    references = References.of(document)
    operations = (item[method] for item in document.get("paths", {}).values() for method in METHODS if method in item)
    operation = next(operations, None)
    if operation is None:
        raise InputError("has no operation; a draft follows the conventions of one", document.location)
    responses: YamlMapping = operation["responses"]
    good = next((status for status in responses if status.startswith("2")), "")
    parameters = operation.get("parameters", ())
    headers = [to_plain(node) for node in parameters if references.resolve(node)[0].get("in") == "header"]
    response, _ = references.resolve(responses[good]) if good else (YamlMapping(document.location), references)
    conventions = Conventions(
        openapi=document["openapi"],
        license=to_plain(document["info"].get("license", {})),
        security=to_plain(document.get("security", [])),
        parameters=headers,
        headers=to_plain(response.get("headers", {})),
        errors={status: _without_examples(to_plain(node)) for status, node in responses.items() if status != good},
        components={},
    )
    schemes = [f"{_COMPONENT}securitySchemes/{name}" for requirement in conventions.security for name in requirement]
    used = _references(
        {"parameters": conventions.parameters, "headers": conventions.headers, "errors": conventions.errors}
    )
    return evolve(conventions, components=dict(_components(document, [*schemes, *used])))


def to_plain(node: Any) -> Any:
    """Convert a part of a loaded document to plain mappings and lists."""
    if isinstance(node, YamlMapping):
        return {key: to_plain(value) for key, value in node.items()}
    return [to_plain(item) for item in node] if isinstance(node, YamlSequence) else node


def _components(document: YamlMapping, references: Sequence[str]) -> Iterator[tuple[tuple[str, str], PlainMapping]]:
    """Yield the referenced components, and those that these reference, in the document's order."""
    components: dict[tuple[str, str], PlainMapping] = {}
    pending = list(references)
    while pending:
        section, _, name = pending.pop().removeprefix(_COMPONENT).partition("/")
        if (section, name) not in components:
            component = to_plain(document["components"][section][name])
            components[section, name] = _of_section(section, component)
            pending.extend(_references(components[section, name]))
    for section, named in document.get("components", {}).items():
        yield from (((section, name), components[section, name]) for name in named if (section, name) in components)


def _of_section(section: str, component: PlainMapping) -> PlainMapping:
    """Prepare a component for a draft: a schema may be documented in one specification only, so it has a source."""
    if section == "schemas":
        return component if "x-source" in component else {**component, "x-source": _PROTOCOL}
    return _without_examples(component)


def _without_examples(node: PlainMapping) -> PlainMapping:
    """Remove the examples of each content: they are of another resource."""
    content = node.get("content", {})
    plain = {
        type_: {key: value for key, value in media.items() if key not in {"example", "examples"}}
        for type_, media in content.items()
    }
    return {**node, "content": plain} if content else node


def _references(node: Any) -> Iterator[str]:
    return (reference for reference in iter_references(node) if reference.startswith(_COMPONENT))


def is_plain_mapping(value: Any) -> TypeGuard[PlainMapping]:
    """Return True for a plain mapping."""
    return isinstance(value, dict)


def is_list(value: Any) -> TypeGuard[list[Any]]:
    """Return True for a list."""
    return isinstance(value, list)
