"""Which Python type a schema becomes, and how its value is read and written: a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from attrs import frozen

from generator.contract.places import Unreadable
from generator.document import References, Table

Model = tuple[str, str]
"""A generated class: its module and its name."""


@frozen
class Kind:
    """How one kind of value appears in the client.

    `reader` is a method of the runtime's Reading and `writes` an expression of the attribute `{}`; `model` is the
    class that both are about, if there is one.
    """

    annotation: str
    default: str
    reader: str
    writes: str = "{}"
    model: Model | None = None


_SCALARS: Mapping[tuple[str, str | None], Kind] = {
    ("string", None): Kind("str", '""', "string"),
    ("string", "int64"): Kind("int", "0", "int64", "decimal({})"),
    ("string", "date-time"): Kind("Timestamp | None", "None", "timestamp", "text({})"),
    ("integer", "int32"): Kind("int", "0", "int32"),
}
"""(type, format) of a schema -> its kind. Another one is a line here and, where it reads anew, a method of Reading."""

_LISTS: Mapping[tuple[str, str | None], Kind] = {
    ("string", None): Kind("list[str]", "field(factory=list[str], repr=brief)", "strings", "[*{}]"),
    ("object", None): Kind(
        "list[dict[str, object]]", "field(factory=list[dict[str, object]], repr=brief)", "objects", "copied({})"
    ),
}
"""(type, format) of the items of an array -> the kind of the array."""


def kind_of(schema: Table, references: References, model_of: Callable[[Table], Model | None]) -> Kind:
    """The kind of a schema. `model_of` gives the class of an object that has one.

    Raises Unreadable for a type that the client has no Python type for.
    """
    node, there = references.follow(schema)
    if node.get("type") == "array":
        items, _ = there.follow(node.get("items"))
        return _list_of(items, model_of(items)) if isinstance(items, Table) else _refuse(node)
    model = model_of(node)
    if model is not None:
        return Kind(f"{model[1]} | None", "None", "message", "written({})", model)
    return _SCALARS.get(_key(node)) or _refuse(node)


def _list_of(items: Table, model: Model | None) -> Kind:
    if model is None:
        return _LISTS.get(_key(items)) or _refuse(items)
    annotation = f"list[{model[1]}]"
    return Kind(
        annotation, f"field(factory={annotation}, repr=brief)", "messages", "[one.to_dict() for one in {}]", model
    )


def _key(schema: Table) -> tuple[str, str | None]:
    return schema.get("type", ""), schema.get("format")


def _refuse(schema: Table) -> Kind:
    said = " with ".join(f"`{key}: {schema[key]}`" for key in ("type", "format") if key in schema)
    sentence = f"the client has no Python type for {said or 'a schema without `type`'}"
    raise Unreadable(
        f"{sentence}; one more is a line in generator/writers/client/kinds.py",
        schema.at("format" if "format" in schema else "type"),
    )
