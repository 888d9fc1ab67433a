"""Python names for those of a specification: each is a valid identifier with one meaning in its scope."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterable, Mapping

from attrs import frozen

from generator.yaml_document import YamlMapping

from .method_view import CALL_OPTIONS
from .opc import class_name, identifier
from .spec_context import fail_at
from .value_types import VALUE_TYPES, ClassRef

_LONGEST = 80
_PLAIN = re.compile(rf"[A-Za-z]\w{{,{_LONGEST - 1}}}", re.ASCII)
_SIGNATURE_TYPES = frozenset({"bool", "datetime", "float", "int", "str"})
"""Types in the signatures of a class, which a method of that name would hide."""

RESERVED: Mapping[str, frozenset[str]] = {
    "attribute": frozenset(
        {
            "additional_properties",
            "check",
            "decode",
            "field",
            "from_dict",
            "timedelta",
            "to_dict",
            "to_timestamp",
        }
    ),
    "argument": frozenset(
        {
            "check_list",
            "check_message",
            "encode_body",
            "encode_timestamp",
            "partial",
            "path_segment",
            "request",
            "options",
            *CALL_OPTIONS,
        }
        | {row.check for row in VALUE_TYPES.values() if row.is_scalar}
    ),
    "class": frozenset(
        {
            "Any",
            "AsyncClient",
            "AsyncConnection",
            "AsyncIterator",
            "AsyncPaginator",
            "BaseAsyncClient",
            "BaseClient",
            "BriefRepr",
            "CallOptions",
            "Client",
            "Connection",
            "Decoder",
            "Iterator",
            "JsonObject",
            "Paginator",
            "Request",
            "Response",
            "Self",
            "Sequence",
            "StrEnum",
            "Timestamp",
        }
    ),
    "attribute of the client": frozenset({"close"}),
}
"""Scope -> names that the templates and the runtime use in it."""


@frozen
class NameBinding:
    """A Python name, the name in the specification that it stands for, and the key at which that is."""

    name: str
    original: str
    table: YamlMapping
    key: str


def method_name(text: str) -> str:
    """Return the name of a method, which may be that of a builtin such as `list`."""
    name = identifier(text)
    bare = name.removesuffix("_")
    return name if keyword.iskeyword(bare) or bare in _SIGNATURE_TYPES else bare


def class_ref(words: str) -> ClassRef:
    """Return module and class for the name of a schema."""
    name = class_name(words)
    return identifier(name), name


def tag_name(tag: str) -> str:
    """Return the attribute of the client for a tag."""
    return identifier(tag, prefix="tag")


def check_names(scope: str, bindings: Iterable[NameBinding], reserved: Iterable[str] = ()) -> None:
    """Raise InputError for a name of a scope that is not a plain identifier, is reserved, or has two meanings."""
    meanings = dict.fromkeys((*RESERVED.get(scope, ()), *reserved), "something of the client's own")
    for binding in bindings:
        if not _PLAIN.fullmatch(binding.name) or not re.search("[A-Za-z0-9]", binding.original):
            sentence = (
                f"{binding.original[:40]!r} makes no Python name; use at most {_LONGEST} Latin letters and digits"
            )
            fail_at(binding.table, binding.key, sentence)
        if binding.name in meanings:
            sentence = (
                f"the {scope} `{binding.name}` would stand for {binding.original!r} and for {meanings[binding.name]}"
            )
            fail_at(binding.table, binding.key, sentence)
        meanings[binding.name] = repr(binding.original)
