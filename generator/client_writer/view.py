"""What the templates lay out, as frozen values: every decision about the client's code is made before."""

from __future__ import annotations

import re
from collections.abc import Mapping

from attrs import frozen

from .literals import literal
from .value_types import Model, ValueType

_RAISES = """Raises:
    InvalidParameter: An argument breaks the contract; nothing was sent.
    ApiError: The call failed; its subclasses say how."""


@frozen
class FieldView:
    """One attribute of a model: its documentation, and the expressions that read, write and check it."""

    name: str
    wire_name: str
    kind: ValueType
    documentation: str
    checks: tuple[str, ...]

    @property
    def reads(self) -> str:
        """The expression that takes the field out of `fields`."""
        name = literal(self.wire_name)
        if self.kind.reader == "string":  # So frequent that it is checked in place; the call is for what is wrong.
            return f'value if type(value := fields.pop({name}, "")) is str else decoder.string({name}, value)'
        arguments = ", ".join([name, f"fields.pop({name}, None)", *self.kind.arguments])
        return f"decoder.{self.kind.reader}({arguments})"

    @property
    def writes(self) -> str:
        """The expression of what stands in the JSON."""
        return self.kind.writes.format(f"self.{self.name}")


@frozen
class ModelView:
    """One model: a class and the module that it stands in; `checked` where it is part of requests.

    `one_ofs` are groups of attributes of which at most one is set.
    """

    module: str
    name: str
    documentation: str
    fields: tuple[FieldView, ...]
    one_ofs: tuple[tuple[str, ...], ...] = ()
    checked: bool = False

    @property
    def models(self) -> list[Model]:
        """The other classes that it needs."""
        return sorted({one for field in self.fields for one in field.kind.models})

    @property
    def checks(self) -> list[str]:
        """The lines that check it before it is sent."""
        fields = [line for one in self.fields for line in one.checks]
        groups = [", ".join(["at", *(f"{one}=self.{one}" for one in group)]) for group in self.one_ofs]
        return [*fields, *(f"check_one_of({group})" for group in groups)]


@frozen
class EnumerationView:
    """One enumeration: a class in a module of its own, with a text for each member."""

    module: str
    name: str
    documentation: str
    members: Mapping[str, str]


@frozen
class ParameterView:
    """One argument of a method: where it goes, its kind, and the lines that check it before it is sent."""

    name: str
    wire_name: str
    in_: str
    documentation: str
    kind: ValueType
    required: bool
    checks: tuple[str, ...]

    @property
    def stated(self) -> str:
        """The argument with its type, as a signature has it."""
        # No `list`: a method may have that name, and would stand for the type in the class of its group.
        annotation = f"Sequence[{self.kind.of.as_element}]" if self.kind.of else self.kind.as_element
        return f"{self.name}: {annotation}" if self.required else f"{self.name}: {annotation} | None = None"


@frozen
class PagesView:
    """What a list is that comes page by page: the attribute of a page with its elements, and their class."""

    attribute: str
    element: Model


@frozen
class OperationView:
    """One method of the client, and the module that describes its call."""

    name: str
    module: str
    method: str
    path: str
    status: int
    summary: str
    description: str
    parameters: tuple[ParameterView, ...]
    result: Model
    error: Model
    pages: PagesView | None = None

    def _located(self, *locations: str) -> list[ParameterView]:
        return [one for one in self.parameters if one.in_ in locations]

    @property
    def query(self) -> list[ParameterView]:
        """The arguments that the query carries."""
        return self._located("query")

    @property
    def body(self) -> ParameterView | None:
        """The argument that is the body, if there is one."""
        return next(iter(self._located("body")), None)

    @property
    def classes(self) -> list[Model]:
        """The generated classes that a signature needs."""
        returned = self.pages.element if self.pages else self.result
        return [returned, self.result, *(model for one in self.parameters for model in one.kind.models)]

    @property
    def signature(self) -> str:
        """The arguments of the request with their types; those of the query are given by name."""
        named = [one.stated for one in self.query]
        return ", ".join([*(one.stated for one in self._located("path", "body")), *(["*", *named] if named else [])])

    @property
    def arguments(self) -> str:
        """The arguments of the request as they are passed on."""
        named = [f"{one.name}={one.name}" for one in self.query]
        return ", ".join([*(one.name for one in self._located("path", "body")), *named])

    @property
    def method_signature(self) -> str:
        """The arguments of the method with their types."""
        star = [] if self.query else ["*"]
        return ", ".join(filter(None, ("self", self.signature, *star, "timeout: float | None = None")))

    @property
    def method_arguments(self) -> str:
        """The arguments of the method as they are passed on."""
        return ", ".join(filter(None, (self.arguments, "timeout=timeout")))

    @property
    def documentation(self) -> tuple[str, ...]:
        """The paragraphs of the method's docstring."""
        whole = "each call, one for a page" if self.pages else "the whole call"
        arguments = [f"    {one.name}: {one.documentation}".rstrip() for one in self.parameters]
        arguments.append(f"    timeout: Seconds for {whole}, instead of the client's.")
        walks = "Each page is asked for when its first element is." if self.pages else ""
        return (self.summary, self.description, walks, "\n".join(["Args:", *arguments]), _RAISES)

    @property
    def path_expression(self) -> str:
        """The f-string of the path, each parameter exactly one segment of it."""
        names = {parameter.wire_name: parameter.name for parameter in self._located("path")}

        def segment(match: re.Match[str]) -> str:
            name = names[match[1]]
            return f"{{path_segment({name!r}, {name})}}"

        expression = literal(re.sub(r"\{([^{}]+)\}", segment, self.path))
        return f"f{expression}" if names else expression


@frozen
class TagView:
    """One attribute of the client, with a method for each operation of the tag."""

    name: str
    class_name: str
    documentation: str
    operations: tuple[OperationView, ...]

    @property
    def collections(self) -> list[str]:
        """What the signatures need of `collections.abc`."""
        walks = ["AsyncIterator", "Iterator"] if any(one.pages for one in self.operations) else []
        takes_lists = any(one.kind.of for operation in self.operations for one in operation.query)
        return [*walks, *(["Sequence"] if takes_lists else [])]


@frozen
class View:
    """Everything that the templates need to know of a specification."""

    title: str
    description: str
    version: str
    base_url: str
    tags: Mapping[str, TagView]
    models: Mapping[str, ModelView]
    enumerations: Mapping[str, EnumerationView]

    @property
    def modules(self) -> Mapping[str, list[ModelView]]:
        """The models by the module that they stand in."""
        found: dict[str, list[ModelView]] = {}
        for one in self.models.values():
            found.setdefault(one.module, []).append(one)
        return found

    @property
    def classes(self) -> Mapping[str, str]:
        """Every class of the messages, and its module."""
        models = {one.name: one.module for one in self.models.values()}
        return models | {one.name: one.module for one in self.enumerations.values()}

    @property
    def product(self) -> str:
        """Name and version for the user agent."""
        name = re.sub(r"[^A-Za-z0-9.]+", "-", self.title)
        return f"{name.lower()}/{self.version}"

    def operation(self, tag: str, module: str) -> OperationView:
        """The method of a tag whose call a module describes."""
        return next(one for one in self.tags[tag].operations if one.module == module)
