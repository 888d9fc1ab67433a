"""What the templates lay out, as frozen values: every decision about the client's code is made before."""

from __future__ import annotations

import re
from collections.abc import Mapping

from attrs import frozen

from .kinds import Kind, Model
from .literals import literal

_RAISES = """Raises:
    InvalidParameter: An argument breaks the contract; nothing was sent.
    ApiError: The call failed; its subclasses say how."""


@frozen
class FieldView:
    """One attribute of a model: its documentation, and the expressions that read and write it."""

    name: str
    wire_name: str
    kind: Kind
    documentation: str

    @property
    def reads(self) -> str:
        """The expression that takes the field out of `fields`."""
        name = literal(self.wire_name)
        if self.kind.reader == "string":  # So frequent that it is checked in place; the call is for what is wrong.
            return f'value if type(value := fields.pop({name}, "")) is str else reading.string({name}, value)'
        model = f", {self.kind.model[1]}" if self.kind.model else ""
        return f"reading.{self.kind.reader}({name}, fields.pop({name}, None){model})"

    @property
    def writes(self) -> str:
        """The expression of what stands in the JSON."""
        return self.kind.writes.format(f"self.{self.name}")


@frozen
class ModelView:
    """One model: a class and its module."""

    module: str
    name: str
    documentation: str
    fields: tuple[FieldView, ...]

    @property
    def models(self) -> list[Model]:
        """The other models that it holds."""
        held = {one.kind.model for one in self.fields if one.kind.model}
        return sorted(held)


@frozen
class ParameterView:
    """One argument of a method, with the bounds that are checked before it is sent."""

    name: str
    wire_name: str
    documentation: str
    bounds: Mapping[str, int]


@frozen
class OperationView:
    """One method of the client; the module that describes its call has the same name."""

    name: str
    method: str
    path: str
    status: int
    summary: str
    description: str
    parameters: tuple[ParameterView, ...]
    result: Model
    error: Model

    @property
    def signature(self) -> str:
        """The arguments of the request with their types."""
        return ", ".join(f"{one.name}: str" for one in self.parameters)

    @property
    def arguments(self) -> str:
        """The arguments of the request as they are passed on."""
        return ", ".join(one.name for one in self.parameters)

    @property
    def method_signature(self) -> str:
        """The arguments of the method with their types."""
        return ", ".join(filter(None, ("self", self.signature, "*, timeout: float | None = None")))

    @property
    def method_arguments(self) -> str:
        """The arguments of the method as they are passed on."""
        return ", ".join(filter(None, (self.arguments, "timeout=timeout")))

    @property
    def documentation(self) -> tuple[str, ...]:
        """The paragraphs of the method's docstring."""
        arguments = [f"    {one.name}: {one.documentation}" for one in self.parameters]
        arguments.append("    timeout: Seconds for the whole call, instead of the client's.")
        return (
            self.summary,
            self.description,
            "\n".join(["Args:", *arguments]),
            _RAISES,
        )

    @property
    def path_expression(self) -> str:
        """The f-string of the path, each parameter exactly one segment of it."""
        names = {one.wire_name: one.name for one in self.parameters}
        expression = literal(re.sub(r"\{([^{}]+)\}", lambda found: f"{{path_segment({names[found[1]]})}}", self.path))
        return f"f{expression}" if names else expression


@frozen
class TagView:
    """One attribute of the client, with a method for each operation of the tag."""

    name: str
    class_name: str
    documentation: str
    operations: tuple[OperationView, ...]


@frozen
class View:
    """Everything that the templates need to know of a specification."""

    title: str
    description: str
    version: str
    base_url: str
    tags: Mapping[str, TagView]
    models: Mapping[str, ModelView]

    @property
    def product(self) -> str:
        """Name and version for the user agent."""
        name, version = (re.sub(r"[^A-Za-z0-9.]+", "-", text) for text in (self.title, self.version))
        return f"{name.lower()}/{version}"

    def operation(self, tag: str, name: str) -> OperationView:
        """One method of one tag."""
        return next(one for one in self.tags[tag].operations if one.name == name)
