"""Which Python type a schema becomes, and how its value is read, written and checked: a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from attrs import evolve, field, frozen

from generator.errors import InputError
from generator.yaml_document import References, YamlMapping

Model = tuple[str, str]
"""A generated class: its module and its name."""


@frozen
class ValueType:
    """How one kind of value appears in the client.

    `reader` is a method of the runtime's Decoder, which `arguments` follow; `writes` is an expression of the attribute
    `{}`, empty where it is; `check` is a function of the runtime. What `as_element` says is for elements and arguments,
    which are never absent. `models` are the generated classes that all this is about. `of` is the kind of the elements
    of a list or of the values of a map; what is said of these, and of the keys, stands in `values` and `keys`.
    """

    annotation: str
    default: str
    reader: str
    writes: str = "{}"
    element: str = ""
    writes_element: str = "{}"
    check: str = "check_string"
    arguments: tuple[str, ...] = ()
    models: tuple[Model, ...] = ()
    of: ValueType | None = None
    keys: Mapping[str, Any] = field(factory=dict[str, Any])
    values: Mapping[str, Any] = field(factory=dict[str, Any])

    @property
    def as_element(self) -> str:
        """The annotation of a value that is there."""
        return self.element or self.annotation


_INT64 = ValueType("int", "0", "int64", "decimal({})", writes_element="str({})", check="check_int64")
_DOUBLE = ValueType(
    "float", "0.0", "double", "encode_number({})", writes_element="encode_number({})", check="check_double"
)

_SCALARS: Mapping[tuple[str, str | None], ValueType] = {
    ("string", None): ValueType("str", '""', "string"),
    ("string", "int64"): _INT64,
    ("string", "date-time"): ValueType(
        "Timestamp | None", "None", "timestamp", "text({})", "Timestamp", "str({})", "check_timestamp"
    ),
    ("string", "duration"): ValueType(
        "timedelta | None",
        "None",
        "duration",
        "encode_duration({})",
        "timedelta",
        "encode_duration({})",
        "check_duration",
    ),
    ("string", "byte"): ValueType(
        "bytes",
        'field(default=b"", repr=counted)',
        "bytes_",
        "encode_bytes({})",
        "",
        "encode_bytes({})",
        "check_octets",
    ),
    ("string", "field-mask"): ValueType(
        "list[str]",
        "field(factory=list[str], repr=brief)",
        "field_mask",
        "encode_mask({})",
        "",
        "encode_mask({})",
        "check_mask",
    ),
    ("integer", "int32"): ValueType("int", "0", "int32", check="check_int32"),
    ("integer", "int64"): evolve(_INT64, writes="{}", writes_element="{}"),
    ("number", "double"): _DOUBLE,
    ("number", "float"): evolve(_DOUBLE, reader="float32", check="check_float"),
    ("boolean", None): ValueType("bool", "False", "boolean", check="check_boolean"),
    ("object", None): ValueType(
        "dict[str, object] | None",
        "None",
        "json_object",
        "copied({})",
        "dict[str, object]",
        "copied({})",
        "check_json",
    ),
}
"""(type, format) of a schema -> its kind. Another one is a line here and, where it reads anew, a method of Decoder."""

_READERS_OF_LISTS: Mapping[str, str] = {"string": "strings", "json_object": "objects", "message": "messages"}
"""What reads one value -> what reads a list of them, where that is quicker than `listed`."""

_COPIES: Mapping[str, str] = {"{}": "[*{}]", "copied({})": "copied({})"}
"""How one value is written -> how a list of them is, where that needs no loop."""


@frozen
class TypeResolver:
    """Finds the kind of a schema: `model_of` gives the class of an object with fields, `enumeration_of` of a text."""

    model_of: Callable[[YamlMapping], Model | None]
    enumeration_of: Callable[[YamlMapping], Model | None]

    def of(self, schema: YamlMapping, references: References) -> ValueType:
        """The kind of a schema. Raises InputError for a type that the client has no Python type for."""
        node, there = references.resolve(schema)
        if node.get("type") == "array":
            return self._list(node, there)
        if isinstance(node.get("additionalProperties"), YamlMapping):
            return self._map(node, there)
        if (model := self.model_of(node)) is not None:
            name = model[1]
            one = "{}.to_dict()"
            return ValueType(
                f"{name} | None", "None", "message", "written({})", name, one, "check_message", (name,), (model,)
            )
        if (model := self.enumeration_of(node)) is not None:
            name = model[1]
            return ValueType(
                f"{name} | str", '""', "enumeration", "str({})", "", "str({})", arguments=(name,), models=(model,)
            )
        return _SCALARS.get(_key(node)) or _refuse(node)

    def _list(self, node: YamlMapping, references: References) -> ValueType:
        of = self.of(node["items"], references) if isinstance(node.get("items"), YamlMapping) else _refuse(node)
        annotation = f"list[{of.as_element}]"
        quick = _READERS_OF_LISTS.get(of.reader)
        return ValueType(
            annotation,
            f"field(factory={annotation}, repr=brief)",
            quick or "list_of",
            _COPIES.get(of.writes_element) or f"[{of.writes_element.format('one')} for one in {{}}]",
            check="check_list",
            arguments=of.arguments if quick else (f"decoder.{of.reader}", *of.arguments),
            models=of.models,
            of=of,
        )

    def _map(self, node: YamlMapping, references: References) -> ValueType:
        of = self.of(node["additionalProperties"], references)
        values: YamlMapping = references.resolve(node["additionalProperties"])[0]
        annotation = f"dict[str, {of.as_element}]"
        keys, _ = references.resolve(node.get("propertyNames", YamlMapping(node.location)))
        one = of.writes_element.format("one")
        written = "{{**{}}}" if one == "one" else f"{{{{key: {one} for key, one in {{}}.items()}}}}"
        return ValueType(
            annotation,
            f"field(factory={annotation})",
            "map_of",
            f"{written} or None",
            check="check_map",
            arguments=(f"decoder.{of.reader}", *of.arguments),
            models=of.models,
            of=of,
            keys=keys,
            values=values if of.reader != "message" else {},
        )


def _key(schema: YamlMapping) -> tuple[str, str | None]:
    return schema.get("type", ""), schema.get("format")


def _refuse(schema: YamlMapping) -> ValueType:
    said = " with ".join(f"`{key}: {schema[key]}`" for key in ("type", "format") if key in schema)
    sentence = f"the client has no Python type for {said or 'a schema without `type`'}"
    raise InputError(
        f"{sentence}; one more is a line in generator/client_writer/value_types.py",
        schema.location_of("format" if "format" in schema else "type"),
    )
