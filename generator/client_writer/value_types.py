"""Maps each (type, format) of a schema to its Python type, its decoding, its encoding and its check: one table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import chain
from typing import Any

from attrs import evolve, field, frozen

ClassRef = tuple[str, str]
"""A generated class: its module and its name."""

Bounds = Mapping[str, str]
"""Keyword of a schema -> the argument of the runtime's check."""

_LENGTH: Bounds = {"minLength": "min_length", "maxLength": "max_length"}
_RANGE: Bounds = {"minimum": "minimum", "maximum": "maximum", "exclusiveMinimum": "above", "exclusiveMaximum": "below"}
ITEMS: Bounds = {"minItems": "min_items", "maxItems": "max_items", "uniqueItems": "unique"}
PROPERTIES: Bounds = {"minProperties": "min_properties", "maxProperties": "max_properties"}


@frozen
class ValueType:
    """The Python type of a schema, with the code that decodes, encodes and checks its values.

    `decoder` is a method of the runtime's Decoder, called with `decoder_arguments`. `encode` is an expression of the
    attribute `{}`, falsy if the attribute is empty; `encode_element` is one of a value that is set. `check` is a
    function of the runtime that takes `bounds`. `is_scalar` is true for a value that is hashable and fits in a query.
    `sample` is a value in JSON. `models` are the generated classes in the annotation. `item_type` is the type of the
    elements of a list or of the values of a map; `key_facts` and `value_facts` are the keywords of a map's entries.
    """

    annotation: str
    default: str
    decoder: str
    encode: str = "{}"
    encode_element: str = "{}"
    check: str = field(kw_only=True)
    bounds: Bounds = field(factory=dict[str, str], kw_only=True)
    is_scalar: bool = field(default=False, kw_only=True)
    sample: Any = field(default=None, kw_only=True)
    decoder_arguments: tuple[str, ...] = field(default=(), kw_only=True)
    models: tuple[ClassRef, ...] = field(default=(), kw_only=True)
    item_type: ValueType | None = field(default=None, kw_only=True)
    key_facts: Mapping[str, Any] = field(factory=dict[str, Any], kw_only=True)
    value_facts: Mapping[str, Any] = field(factory=dict[str, Any], kw_only=True)

    @property
    def element_annotation(self) -> str:
        """The annotation of a value that is set."""
        return self.annotation.removesuffix(" | None")

    @property
    def is_timestamp(self) -> bool:
        """True for a timestamp: an argument may be any datetime, and is encoded for the query."""
        return self.check == "check_timestamp"


_INT = ValueType("int", "0", "int32", check="check_int32", bounds=_RANGE, is_scalar=True, sample=-(2**31))
_INT64 = evolve(_INT, decoder="int64", check="check_int64", sample=-(2**63))
_DECIMAL = evolve(_INT64, encode="encode_int64({})", encode_element="str({})", sample=str(-(2**63)))
_NUMBER = ValueType(
    *("float", "0.0", "double", "encode_number({})", "encode_number({})"),
    check="check_double",
    bounds=_RANGE,
    is_scalar=True,
    sample=1e300,
)
STRING = ValueType(
    *("str", '""', "string"),
    check="check_string",
    bounds={**_LENGTH, "pattern": "pattern"},
    is_scalar=True,
    sample="a",
)

VALUE_TYPES: Mapping[tuple[str, str | None], ValueType] = {
    ("string", None): STRING,
    ("string", "int64"): _DECIMAL,
    ("string", "uint64"): evolve(_DECIMAL, decoder="uint64", check="check_uint64", sample=str(2**64 - 1)),
    ("string", "date-time"): ValueType(
        *("Timestamp | None", "field(default=None, converter=to_timestamp)", "timestamp"),
        *("encode_timestamp({})", "encode_timestamp({})"),
        check="check_timestamp",
        is_scalar=True,
        sample="2026-11-27T01:02:03.000000004Z",
    ),
    ("string", "duration"): ValueType(
        *("timedelta | None", "None", "duration", "encode_duration({})", "encode_duration({})"),
        check="check_duration",
        bounds=_RANGE,
        sample="3.5s",
    ),
    ("string", "byte"): ValueType(
        *("bytes", 'b""', "bytes_", "encode_bytes({})", "encode_bytes({})"),
        check="check_bytes",
        bounds=_LENGTH,
        sample="//4=",
    ),
    ("string", "field-mask"): ValueType(
        *("list[str]", "field(factory=list[str])", "field_mask", "encode_mask({})", "encode_mask({})"),
        check="check_field_mask",
        sample="name,crewSize",
    ),
    ("integer", "int32"): _INT,
    ("integer", "uint32"): evolve(_INT, decoder="uint32", check="check_uint32", sample=2**32 - 1),
    ("number", "double"): _NUMBER,
    ("number", "float"): evolve(_NUMBER, decoder="float32", check="check_float", sample=0.5),
    ("boolean", None): ValueType("bool", "False", "boolean", check="check_boolean", is_scalar=True, sample=True),
    ("object", None): ValueType(
        *("dict[str, object] | None", "None", "json_object", "deep_copy_json({})", "deep_copy_json({})"),
        check="check_json",
        bounds=PROPERTIES,
        sample={"a": [1]},
    ),
}
"""(type, format) of a schema -> its Python type.

A new format is a row here and a method of ScalarDecoder in generator/runtime/_scalars.py, unless an existing one
decodes it. A check of its own goes to generator/runtime/_checks.py, an `encode_…` function to
generator/runtime/_encode.py.
"""

_WRAPPED = evolve(
    _DECIMAL, annotation="int | None", default="None", decoder="wrapped_int64", encode="encode_wrapped_int64({})"
)
NULLABLE_TYPES: Mapping[str | None, ValueType] = {
    "int64": _WRAPPED,
    "uint64": evolve(_WRAPPED, decoder="wrapped_uint64", check="check_uint64", sample=str(2**64 - 1)),
}
"""Format of a schema of `type: [string, 'null']`, a 64-bit integer in a message of its own -> its Python type."""

_STRUCTURE_CHECKS = {"check_required", "check_list", "check_map", "check_message", "check_one_of"}

_ROWS = (*VALUE_TYPES.values(), *NULLABLE_TYPES.values())

CHECKS = sorted(({row.check for row in _ROWS} | _STRUCTURE_CHECKS) - {"check_string"})
"""The functions of the runtime's `_checks` module that generated code can call; `check_string` is in `_arguments`."""

ENCODERS = sorted(set(chain.from_iterable(re.findall(r"encode_\w+", row.encode) for row in _ROWS)))
"""The functions of the runtime's `_encode` module that generated code can call."""
