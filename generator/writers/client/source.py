"""A specification as the client's decisions need it: the document, its references, the class of each schema."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager
from typing import Any, NoReturn

from attrs import frozen
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.properties import ModelProperty
from openapi_python_client.parser.properties.schemas import ReferencePath
from openapi_python_client.strings import ClassName

from generator.contract.places import Unreadable
from generator.document import References, Row, Table

from .kinds import Model

PREFIX = "field_"
"""What upstream puts before a name that is no Python identifier."""


@frozen
class Source:
    """A document, how its references are followed, and upstream's model of each schema that has fields."""

    document: Table
    references: References
    _models: Mapping[int, tuple[Table, ModelProperty]]
    """By the identity of the schema: equal schemas may have different names."""

    @classmethod
    def of(cls, document: Table, data: GeneratorData) -> Source:
        """The source in a document that upstream has parsed."""
        schemas = document.get("components", {}).get("schemas", {})
        # An inline object has the roots of the component that it stands in, but a name of its own.
        own = [model for model in data.models if sum(isinstance(root, ClassName) for root in model.roots) == 1]
        named = {_text(root): model for model in own for root in model.roots}
        models = {
            id(schema): (schema, named[f"/components/schemas/{name}"])
            for name, schema in schemas.items()
            if "properties" in schema and f"/components/schemas/{name}" in named
        }
        return cls(document, References.of(document), models)

    def models(self) -> Iterable[tuple[Table, ModelProperty]]:
        """Every schema that becomes a model."""
        return self._models.values()

    def model_of(self, schema: Table) -> Model | None:
        """The class of a schema; None for an object of any content, and for what is no object.

        Raises Unreadable for an object with fields that has no name among the components.
        """
        if "properties" not in schema:
            return None
        if id(schema) not in self._models:
            refuse("an object with fields needs a name under components/schemas", schema, "properties")
        info = self._models[id(schema)][1].class_info
        return str(info.module_name), str(info.name)

    def follow(self, node: Any) -> Any:
        """What a node stands for once its references are followed."""
        return self.references.follow(node)[0]


def _text(root: ReferencePath | ClassName) -> str:
    return str(root) if isinstance(root, ClassName) else root.get_untrusted_value()


@contextmanager
def with_pointer(document: Table) -> Generator[None]:
    """Put the JSON pointer of its place in front of what an Unreadable of the document says."""
    try:
        yield
    except Unreadable as problem:
        pointer = "" if problem.place.file != document.place.file else _pointer(document, problem.place.line)
        raise Unreadable(f"{pointer}: {problem.sentence}" if pointer else problem.sentence, problem.place) from problem


def _pointer(node: Any, line: int) -> str:
    """The pointer of the first and outermost key that stands in a line; empty where none does."""
    keys: Iterable[tuple[str, int, Any]] = ()
    if isinstance(node, Table):
        keys = ((key, node.lines[key], value) for key, value in node.items())
    elif isinstance(node, Row):
        keys = ((str(index), node.lines[index], value) for index, value in enumerate(node))
    for key, start, value in keys:
        token = "/" + key.replace("~", "~0").replace("/", "~1")
        if start == line:
            return f"#{token}"
        below = _pointer(value, line)
        if below:
            return f"#{token}{below[1:]}"
    return ""


def closed(table: Table, known: Iterable[str], what: str) -> None:
    """Refuse a keyword that the client would not keep, instead of generating a client that ignores it."""
    for key in table:
        if key not in known:
            refuse(f"the client can do nothing about `{key}` of {what}", table, key)


def refuse(sentence: str, table: Table, key: str) -> NoReturn:
    """Raise Unreadable for a key of a table, or for the table where it has no such key."""
    raise Unreadable(sentence, table.at(key))
