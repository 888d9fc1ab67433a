"""The values that the templates lay out: every decision about the client's code is made before."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import chain

from attrs import frozen

from .literals import literal
from .method_view import OperationView, TagView
from .value_types import ClassRef, ValueType

_INLINE: Mapping[str, tuple[str, str]] = {
    "string": ("{0}", "type({0}) is str and {0}.isascii()"),
    "int64": ("int({0})", "type({0}) is str and len({0}) < 19 and {0}.isascii() and {0}.isdecimal()"),
}
"""Decoder -> the value and the condition of the plain case, which is so frequent that the model checks it itself."""


def _snake_case(class_name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", class_name).lower()


def storage_name(name: str, *, deprecated: bool) -> str:
    """Return the name of the attribute that holds the value of a field."""
    return f"_{name}" if deprecated else name


@frozen
class FieldView:
    """An attribute of a model: its documentation, and the code that decodes, encodes and checks it."""

    name: str
    wire_name: str
    value_type: ValueType
    documentation: str
    checks: tuple[str, ...]
    deprecated: str = ""
    """The text of the warning of its use."""

    @property
    def storage(self) -> str:
        """The name of the attribute that holds the value: of a deprecated field, a property warns of its use."""
        return storage_name(self.name, deprecated=bool(self.deprecated))

    @property
    def default(self) -> str:
        """The expression of the default."""
        default = self.value_type.default
        if not self.deprecated:
            return default
        arguments = default[len("field(") : -1] if default.startswith("field(") else f"default={default}"
        return f"field({arguments}, alias={literal(self.name)})"

    @property
    def raw_name(self) -> str:
        """The variable that holds the undecoded value."""
        return f"raw_{self.name}"

    @property
    def decode(self) -> str:
        """The expression that decodes the value."""
        raw = self.raw_name
        arguments = ", ".join([literal(self.wire_name), raw, *self.value_type.decoder_arguments])
        call = f"decoder.{self.value_type.decoder}({arguments})"
        if self.value_type.decoder not in _INLINE:
            return call
        value, condition = (text.format(raw) for text in _INLINE[self.value_type.decoder])
        return f"{value} if {condition} else {call}"

    @property
    def encode(self) -> str:
        """The expression of the value in JSON."""
        return self.value_type.encode.format(f"self.{self.storage}")


@frozen
class ModelView:
    """A model: a class and its module; `checked` if it is part of requests.

    `one_of_groups` are groups of attributes of which at most one is set.
    """

    module: str
    name: str
    documentation: str
    fields: tuple[FieldView, ...]
    one_of_groups: tuple[tuple[str, ...], ...] = ()
    checked: bool = False

    @property
    def models(self) -> list[ClassRef]:
        """The generated classes that its fields need."""
        return sorted({model for field in self.fields for model in field.value_type.models})

    @property
    def names(self) -> str:
        """The constant that holds the names of its fields in JSON."""
        return f"_{_snake_case(self.name).upper()}_FIELDS"

    @property
    def wire_names(self) -> str:
        """The tuple of the names of its fields in JSON."""
        names = [literal(field.wire_name) for field in self.fields]
        return f"({', '.join(names)}{',' if len(names) == 1 else ''})"

    @property
    def assigns_as_is(self) -> bool:
        """True if attrs would otherwise convert, or warn of, each assignment."""
        return bool(self.deprecated) or any("converter=" in field.default for field in self.fields)

    @property
    def deprecated(self) -> list[FieldView]:
        """The deprecated fields."""
        return [field for field in self.fields if field.deprecated]

    @property
    def checks(self) -> list[str]:
        """The lines that check it before it is sent."""
        fields = [line for field in self.fields for line in field.checks]
        storage = {field.name: field.storage for field in self.fields}
        groups = [
            ", ".join(["at", *(f"{name}=self.{storage[name]}" for name in group)]) for group in self.one_of_groups
        ]
        return [*fields, *(f"check_one_of({group})" for group in groups)]


@frozen
class EnumerationView:
    """An enumeration: a class in its own module, with the string of each member."""

    module: str
    name: str
    documentation: str
    members: Mapping[str, str]


@frozen
class View:
    """Everything that the templates need from a specification."""

    title: str
    description: str
    version: str
    base_url: str
    tags: Mapping[str, TagView]
    models: Mapping[str, ModelView]
    enumerations: Mapping[str, EnumerationView]

    @property
    def modules(self) -> Mapping[str, list[ModelView]]:
        """The models of each module."""
        modules: dict[str, list[ModelView]] = {}
        for model in self.models.values():
            modules.setdefault(model.module, []).append(model)
        return modules

    @property
    def classes(self) -> Mapping[str, str]:
        """Each class of the messages with its module."""
        models = {model.name: model.module for model in self.models.values()}
        return models | {enumeration.name: enumeration.module for enumeration in self.enumerations.values()}

    @property
    def product(self) -> str:
        """Name and version for the user agent."""
        name = re.sub(r"[^A-Za-z0-9.]+", "-", self.title).strip("-.").lower()
        return f"{name or 'client'}/{self.version}"

    def example_section(self, prefix: str) -> str:
        """Return the section of a client's docstring with the first example of a method; empty without any."""
        keywords = ("async ", "await ") if prefix else ("", "")
        operations = chain.from_iterable(tag.operations for tag in self.tags.values())
        call = next(filter(None, (operation.example_call(keywords[1]) for operation in operations)), "")
        start = f">>> {keywords[0]}with {prefix}Client() as client:"
        return "\n    ".join(["Examples:", start, f"...     {call}"]) if call else ""

    def operation(self, tag: str, module: str) -> OperationView:
        """Return the method of a tag whose request a module describes."""
        return next(operation for operation in self.tags[tag].operations if operation.module == module)
