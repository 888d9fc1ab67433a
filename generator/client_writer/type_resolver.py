"""Finds the Python type of a schema: a row of the table, a list, a map or a generated class."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import evolve

from generator.errors import InputError
from generator.yaml_document import YamlMapping

from .spec_context import SpecContext, merge
from .value_types import ITEMS, NULLABLE_TYPES, PROPERTIES, STRING, VALUE_TYPES, ClassRef, ValueType

_LIST_DECODERS: Mapping[str, str] = {"string": "strings", "json_object": "objects", "message": "messages"}
"""Decoder of a value -> a decoder of a list of such values that is faster than `list_of`."""

_LIST_COPIES: Mapping[str, str] = {"{}": "[*{}]", "deep_copy_json({})": "deep_copy_json({})"}
"""Encoding of an element -> encoding of a list, if that needs no loop."""


def value_type_of(context: SpecContext, schema: YamlMapping) -> ValueType:
    """Return the type of a schema's value. Raises InputError for a schema without a Python type."""
    steps = context.resolve_chain(schema)
    merged = merge(steps)
    if merged.get("type") == "array":
        return _list(context, merged) if isinstance(merged.get("items"), YamlMapping) else _reject(steps)
    if isinstance(merged.get("additionalProperties"), YamlMapping):
        return _map(context, merged)
    if (model := next(filter(None, map(context.model_of, steps)), None)) is not None:
        return _message(model)
    if "enum" in merged:
        return _enumeration(next(filter(None, map(context.enumeration_of, steps)), None) or _reject_enum(steps))
    return _scalar(merged) or _reject(steps)


def _list(context: SpecContext, schema: Mapping[str, Any]) -> ValueType:
    item = value_type_of(context, schema["items"])
    annotation = f"list[{item.element_annotation}]"
    fast = _LIST_DECODERS.get(item.decoder)
    return ValueType(
        annotation,
        f"field(factory={annotation})",
        fast or "list_of",
        _LIST_COPIES.get(item.encode_element) or f"[{item.encode_element.format('item')} for item in {{}}]",
        check="check_list",
        bounds=ITEMS,
        decoder_arguments=item.decoder_arguments if fast else (f"decoder.{item.decoder}", *item.decoder_arguments),
        models=item.models,
        item_type=item,
    )


def _map(context: SpecContext, schema: Mapping[str, Any]) -> ValueType:
    item = value_type_of(context, schema["additionalProperties"])
    annotation = f"dict[str, {item.element_annotation}]"
    element = item.encode_element.format("item")
    encode = "{{**{}}}" if element == "item" else f"{{{{key: {element} for key, item in {{}}.items()}}}}"
    values = merge(context.resolve_chain(schema["additionalProperties"]))
    return ValueType(
        annotation,
        f"field(factory={annotation})",
        "map_of",
        f"{encode} or None",
        check="check_map",
        bounds=PROPERTIES,
        decoder_arguments=(f"decoder.{item.decoder}", *item.decoder_arguments),
        models=item.models,
        item_type=item,
        key_facts=merge(context.resolve_chain(schema["propertyNames"])) if "propertyNames" in schema else {},
        value_facts=values if item.decoder != "message" else {},
    )


def _scalar(schema: Mapping[str, Any]) -> ValueType | None:
    type_, format_ = schema.get("type", ""), schema.get("format")
    return VALUE_TYPES.get((type_, format_)) if isinstance(type_, str) else NULLABLE_TYPES.get(format_)


def _message(model: ClassRef) -> ValueType:
    name = model[1]
    return ValueType(
        *(f"{name} | None", "None", "message", "encode_message({})", "{}.to_dict()"),
        check="check_message",
        decoder_arguments=(name,),
        models=(model,),
    )


def _enumeration(model: ClassRef) -> ValueType:
    name = model[1]
    return evolve(
        STRING,
        annotation=f"{name} | str",
        decoder="enumeration",
        encode="str({})",
        encode_element="str({})",
        decoder_arguments=(name,),
        models=(model,),
    )


def _reject_enum(steps: list[YamlMapping]) -> ClassRef:
    schema = next(step for step in steps if "enum" in step)
    raise InputError("name this enumeration under components/schemas", schema.location_of("enum"))


def _reject(steps: list[YamlMapping]) -> ValueType:
    merged = merge(steps)
    keywords = " with ".join(f"`{keyword}: {merged[keyword]}`" for keyword in ("type", "format") if keyword in merged)
    keyword = "format" if "format" in merged else "type"
    schema = next((step for step in steps if keyword in step), steps[-1])
    raise InputError(
        f"the client has no Python type for {keywords or 'a schema without `type`'}; add a row to "
        "generator/client_writer/value_types.py",
        schema.location_of(keyword),
    )
