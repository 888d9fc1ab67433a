"""A specification as the client's decisions need it: the document, its references, the class of each schema."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NoReturn

from attrs import frozen

from generator.errors import InputError
from generator.yaml_document import References, YamlMapping, YamlSequence

from .value_types import Model, TypeResolver, ValueType


@frozen
class SpecContext:
    """A document, how its references are followed, and the class of each of its schemas that has one."""

    document: YamlMapping
    references: References
    _models: Mapping[int, Model]
    """Of those with fields, by the identity of the schema: equal schemas have different names."""
    _enumerations: Mapping[int, Model]

    def model_of(self, schema: YamlMapping) -> Model | None:
        """The class of a schema; None for an object of any content, and for what is no object.

        Raises InputError for an object with fields that has no name among the components.
        """
        if "properties" not in schema:
            return None
        if id(schema) not in self._models:
            refuse("an object with fields needs a name under components/schemas", schema, "properties")
        return self._models[id(schema)]

    def kind_of(self, schema: YamlMapping) -> ValueType:
        """The kind of a schema's value. Raises InputError for one that the client has no Python type for."""
        return TypeResolver(self.model_of, lambda node: self._enumerations.get(id(node))).of(schema, self.references)

    def resolve(self, node: Any) -> Any:
        """What a node stands for once its references are followed."""
        return self.references.resolve(node)[0]

    def resolve_chain(self, node: Any) -> list[YamlMapping]:
        """A schema and, one by one, what its references lead to."""
        return [step for step, _ in self.references.resolve_chain(node)]


def tables(node: Any) -> Iterator[YamlMapping]:
    """Every mapping of a document from a node on."""
    if isinstance(node, YamlMapping):
        yield node
    if isinstance(node, YamlMapping | YamlSequence):
        for one in node.values() if isinstance(node, YamlMapping) else node:
            yield from tables(one)


def closed(table: YamlMapping, known: Iterable[str], what: str) -> None:
    """Refuse a keyword that the client would not keep, instead of generating a client that ignores it."""
    for key in table:
        if key not in known:
            refuse(f"the client can do nothing about `{key}` of {what}", table, key)


def refuse(sentence: str, table: YamlMapping, key: str) -> NoReturn:
    """Raise InputError for a key of a table, or for the table where it has no such key."""
    raise InputError(sentence, table.location_of(key))
