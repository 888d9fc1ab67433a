"""The values that the templates lay out for the methods of the client."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import chain

from attrs import frozen

from .docstring_sentences import sentences
from .literals import literal
from .value_types import ClassRef, ValueType

CALL_OPTIONS: Mapping[str, tuple[str, str]] = {
    "timeout": ("float", "Seconds that {call} may take as a whole, instead of the client's."),
    "retries": ("int", "How often {call} is retried at most, instead of the client's number."),
    "client_request_id": ("str", "UUID that is sent with {call} as `x-client-request-id`, instead of a random one."),
}
"""Option of every method -> its type, and its documentation."""

_RAISES = """Raises:
    InvalidParameter: An argument breaks the contract; nothing was sent.
    ApiError: The call failed; its subclasses say how."""


@frozen
class ParameterView:
    """An argument of a method: its location, its type, and the lines that check it before it is sent."""

    name: str
    wire_name: str
    in_: str
    documentation: str
    value_type: ValueType
    required: bool
    checks: tuple[str, ...]
    deprecated: str = ""
    """The text of the warning of its use."""

    @property
    def declaration(self) -> str:
        """The argument with its type, for a signature."""
        # Not `list`: a method may have that name, which would hide the type in its class.
        item = self.value_type.item_type
        annotation = f"Sequence[{item.element_annotation}]" if item else self.value_type.element_annotation
        annotation = "datetime" if self.value_type.is_timestamp else annotation
        return f"{self.name}: {annotation}" if self.required else f"{self.name}: {annotation} | None = None"

    @property
    def in_query(self) -> str:
        """The expression of what is sent in the query; None is not sent."""
        if not self.value_type.is_timestamp:
            return self.name
        encoded = self.value_type.encode_element.format(self.name)
        return encoded if self.required else f"{encoded} or None"


@frozen
class PagesView:
    """A list that is split into pages: the attribute of a page with its elements, and their type."""

    attribute: str
    element: ValueType


@frozen
class ExampleCall:
    """An example of a call: its arguments, a name for its result, and an attribute of that with its value."""

    arguments: str
    result: str
    attribute: str
    value: str


@frozen
class OperationView:
    """A method of the client, and the module that describes its request."""

    operation_id: str
    tag: str
    name: str
    module: str
    method: str
    path: str
    status: int
    summary: str
    description: str
    parameters: tuple[ParameterView, ...]
    result: ClassRef
    error: ClassRef
    pages: PagesView | None = None
    example: ExampleCall | None = None
    deprecated: str = ""
    """The text of the warning of its use."""
    sunset: str | None = None
    """The date after which it may be removed."""

    def _located(self, *locations: str) -> list[ParameterView]:
        return [parameter for parameter in self.parameters if parameter.in_ in locations]

    @property
    def query(self) -> list[ParameterView]:
        """The arguments in the query."""
        return self._located("query")

    @property
    def body(self) -> ParameterView | None:
        """The argument that is the body, if any."""
        return next(iter(self._located("body")), None)

    @property
    def classes(self) -> list[ClassRef]:
        """The generated classes that a signature needs."""
        returned = self.pages.element.models if self.pages else ()
        models = chain.from_iterable(parameter.value_type.models for parameter in self.parameters)
        return [*returned, self.result, *models]

    @property
    def signature(self) -> str:
        """The arguments of the request with their types; those of the query are keyword-only."""
        positional = [parameter.declaration for parameter in self._located("path", "body")]
        named = [parameter.declaration for parameter in self.query]
        return ", ".join([*positional, *(["*", *named] if named else [])])

    @property
    def arguments(self) -> str:
        """The arguments of the request, to call it with."""
        positional = [parameter.name for parameter in self._located("path", "body")]
        return ", ".join([*positional, *(f"{parameter.name}={parameter.name}" for parameter in self.query)])

    @property
    def method_signature(self) -> str:
        """The arguments of the method with their types."""
        star = [] if self.query else ["*"]
        options = (f"{name}: {annotation} | None = None" for name, (annotation, _) in CALL_OPTIONS.items())
        return ", ".join(filter(None, ("self", self.signature, *star, *options)))

    @property
    def decorators(self) -> list[str]:
        """The decorators that warn of what is deprecated: the method itself, or some of its arguments."""
        whole = [f"_deprecation.deprecated({literal(self.deprecated)})"] if self.deprecated else []
        warnings = [
            f"{parameter.name}={literal(parameter.deprecated)}" for parameter in self.parameters if parameter.deprecated
        ]
        return [*whole, *([f"_deprecation.deprecated_arguments({', '.join(warnings)})"] if warnings else [])]

    @property
    def documentation(self) -> tuple[str, ...]:
        """The paragraphs of the method's docstring."""
        call = "the call for each page" if self.pages else "the call"
        arguments = [f"    {parameter.name}: {parameter.documentation}".rstrip() for parameter in self.parameters]
        arguments += (f"    {name}: {text.format(call=call)}" for name, (_, text) in CALL_OPTIONS.items())
        walks = "Each page is asked for when its first element is." if self.pages else ""
        removal = {"x-sunset": self.sunset} if self.sunset else {}
        advice = " ".join(sentences({"deprecated": bool(self.deprecated), **removal}))
        return (self.summary, self.description, advice, walks, "\n".join(["Args:", *arguments]), _RAISES)

    def example_call(self, await_: str, suffix: str = "") -> str:
        """Return the statement of the example, for sync or async code; empty without an example."""
        if self.example is None:
            return ""
        call = f"client.{self.tag}.{self.name}{suffix}({self.example.arguments})"
        if suffix:
            return f"response = {await_}{call}"
        if self.pages:
            pages = f"[item async for item in {call}]" if await_ else f"list({call})"
            return f"items = {pages}"
        return f"{self.example.result} = {await_}{call}"

    def example_section(self, await_: str, suffix: str = "") -> str:
        """Return the section of a docstring with the example of a method, or of its detailed form."""
        if self.example is None:
            return ""
        lines = [f">>> {self.example_call(await_, suffix)}"]
        if suffix:
            lines += [">>> response.status_code", str(self.status)]
        elif self.example.attribute and not self.pages:
            lines += [f">>> {self.example.result}.{self.example.attribute}", self.example.value]
        return "\n    ".join(["Examples:", *lines])

    @property
    def path_expression(self) -> str:
        """The f-string of the path; each parameter is exactly one segment."""
        names = {parameter.wire_name: parameter.name for parameter in self._located("path")}

        def segment(match: re.Match[str]) -> str:
            name = names[match[1]]
            return f"{{path_segment({name!r}, {name})}}"

        expression = literal(re.sub(r"\{([^{}]+)\}", segment, self.path))
        return f"f{expression}" if names else expression


@frozen
class TagView:
    """An attribute of the client, with a method for each operation of the tag."""

    name: str
    class_name: str
    documentation: str
    operations: tuple[OperationView, ...]

    @property
    def collections(self) -> list[str]:
        """The names from `collections.abc` that the signatures need."""
        iterators = ["AsyncIterator", "Iterator"] if any(operation.pages for operation in self.operations) else []
        takes_lists = any(parameter.value_type.item_type for parameter in self._query)
        return [*iterators, *(["Sequence"] if takes_lists else [])]

    @property
    def takes_timestamps(self) -> bool:
        """True if a signature needs `datetime`."""
        return any(parameter.value_type.is_timestamp for parameter in self._query)

    @property
    def _query(self) -> list[ParameterView]:
        return [parameter for operation in self.operations for parameter in operation.query]
