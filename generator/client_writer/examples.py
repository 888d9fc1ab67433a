"""Builds the example of a method's docstring from the examples of the specification."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from generator.readers.openapi.operations import MEDIA_TYPE, ResolvedOperation
from generator.yaml_document import YamlMapping, YamlSequence

from .literals import literal
from .method_view import ExampleCall, ParameterView
from .opc import identifier
from .spec_context import SpecContext
from .value_types import ValueType
from .view import FieldView, ModelView

_LONGEST = 60
"""The most characters of a value that an example shows."""


def example_view(
    context: SpecContext, operation: ResolvedOperation, parameters: Iterable[ParameterView], result: ModelView
) -> ExampleCall | None:
    """Return the example of a method; None if the specification has none of a required argument or the response."""
    response = context.resolve(operation.operation["responses"][str(operation.status)])
    response_example = _example(context, response["content"][MEDIA_TYPE])
    if not isinstance(response_example, YamlMapping):
        return None
    values = dict(_values(context, operation))
    if operation.method == "get" and operation.path.endswith("}"):  # The fake server finds a message by its `id`.
        name = operation.path.rpartition("{")[2][:-1]
        values["path", name] = response_example.get("id", values["path", name])
    required = [parameter for parameter in parameters if parameter.required]
    arguments = [(parameter, values[parameter.in_, parameter.wire_name]) for parameter in required]
    if any(value is None or parameter.value_type.is_timestamp for parameter, value in arguments):
        return None
    code = ", ".join(_argument(parameter, value) for parameter, value in arguments)
    attribute = next(_attributes(result.fields, response_example), ("", ""))
    return ExampleCall(code, identifier(result.name), *attribute)


def _values(context: SpecContext, operation: ResolvedOperation) -> Iterator[tuple[tuple[str, str], Any]]:
    """Yield the example of each argument by its location and name, or None."""
    for parameter in operation.parameters:
        yield (parameter.table["in"], parameter.table["name"]), _example(context, parameter.table)
    if operation.body is not None:
        yield ("body", ""), _example(context, operation.body.table["content"][MEDIA_TYPE])


def _example(context: SpecContext, owner: YamlMapping) -> Any:
    """Return the first example of a parameter, a media type, or its schema; None without any."""
    facts = context.facts(owner["schema"])
    named = [context.resolve(example) for example in owner.get("examples", {}).values()]
    examples = [owner.get("example"), *(table.get("value") for table in named)]
    examples += [facts.get("example"), *facts.get("examples", ())]
    return next((example for example in examples if example is not None), None)


def _argument(parameter: ParameterView, value: Any) -> str:
    code = _expression(parameter.value_type, value)
    return f"{parameter.name}={code}" if parameter.in_ == "query" else code


def _expression(value_type: ValueType, value: Any) -> str:
    """Return the Python expression of a value in JSON."""
    if value_type.models and isinstance(value, YamlMapping):
        return f"{value_type.element_annotation}.from_dict({value!r})"
    if value_type.item_type is not None and isinstance(value, YamlSequence):
        return f"[{', '.join(_expression(value_type.item_type, item) for item in value)}]"
    if isinstance(value, str):
        is_number = value_type.element_annotation == "int" and re.fullmatch(r"-?\d+", value, re.ASCII)
        return value if is_number else literal(value)
    return repr(value)


def _attributes(fields: Iterable[FieldView], example: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield each attribute that holds a short text, with that as Python prints it; not the identifier."""
    for field in fields:
        text = example.get(field.wire_name)
        is_text = field.value_type.annotation == "str" and field.wire_name != "id" and not field.deprecated
        if is_text and isinstance(text, str) and 0 < len(text) <= _LONGEST:
            yield field.name, ascii(text)
