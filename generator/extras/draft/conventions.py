"""What every operation of this project's specification has and no page states, taken from the specification."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeGuard

from attrs import evolve, frozen

from generator.errors import InputError
from generator.yaml_document import References, YamlMapping, YamlSequence, iter_references

_METHODS = ("get", "put", "post", "delete", "patch")
_COMPONENT = "#/components/"

Plain = dict[str, Any]
"""A part of a document, ready to be written."""


@frozen
class Conventions:
    """The license, the security, the headers and the errors, with the components that they need."""

    openapi: str
    license: Plain
    security: list[Any]
    parameters: list[Any]
    headers: Plain
    errors: Plain
    components: Mapping[tuple[str, str], Plain]

    @property
    def schemas(self) -> Plain:
        """The schemas among the components."""
        return {name: node for (section, name), node in self.components.items() if section == "schemas"}


def conventions_of(document: YamlMapping) -> Conventions:
    """The conventions of a loaded specification, as its first operation keeps them.

    Raises InputError where the specification has no operation to learn from.
    """
    references = References.of(document)
    operation = next(_operations(document), None)
    if operation is None:
        raise InputError("has no operation whose conventions a draft could keep", document.location)
    responses: YamlMapping = operation["responses"]
    good = next((status for status in responses if status.startswith("2")), "")
    headers = [plain(one) for one in operation.get("parameters", ()) if _is_header(one, references)]
    answer, _ = references.resolve(responses[good]) if good else (YamlMapping(document.location), references)
    kept = Conventions(
        openapi=document["openapi"],
        license=plain(document["info"].get("license", {})),
        security=plain(document.get("security", [])),
        parameters=headers,
        headers=plain(answer.get("headers", {})),
        errors={status: plain(node) for status, node in responses.items() if status != good},
        components={},
    )
    schemes = [f"{_COMPONENT}securitySchemes/{name}" for one in kept.security for name in one]
    said = _references({"parameters": kept.parameters, "headers": kept.headers, "errors": kept.errors})
    return evolve(kept, components=dict(_components(document, [*schemes, *said])))


def plain(node: Any) -> Any:
    """A part of a loaded document as plain mappings and lists."""
    if isinstance(node, YamlMapping):
        return {key: plain(value) for key, value in node.items()}
    return [plain(item) for item in node] if isinstance(node, YamlSequence) else node


def _operations(document: YamlMapping) -> Iterator[YamlMapping]:
    return (item[method] for item in document.get("paths", {}).values() for method in _METHODS if method in item)


def _is_header(node: Any, references: References) -> bool:
    return bool(references.resolve(node)[0].get("in") == "header")


def _components(document: YamlMapping, wanted: Sequence[str]) -> Iterator[tuple[tuple[str, str], Plain]]:
    """The components that references lead to, those that these refer to among them, in the document's order."""
    found: dict[tuple[str, str], Plain] = {}
    rest = list(wanted)
    while rest:
        section, _, name = rest.pop().removeprefix(_COMPONENT).partition("/")
        if (section, name) not in found:
            found[section, name] = plain(document["components"][section][name])
            rest.extend(_references(found[section, name]))
    for section, named in document.get("components", {}).items():
        yield from (((section, name), found[section, name]) for name in named if (section, name) in found)


def _references(node: Any) -> Iterator[str]:
    return (one for one in iter_references(node) if one.startswith(_COMPONENT))


def is_plain(value: Any) -> TypeGuard[Plain]:
    """Whether it is a mapping."""
    return isinstance(value, dict)


def is_list(value: Any) -> TypeGuard[list[Any]]:
    """Whether it is a list."""
    return isinstance(value, list)
