"""Python names from those of a specification: each a plain identifier that stands for one thing."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterable, Mapping

from attrs import frozen
from openapi_python_client.strings import ClassName, PythonIdentifier

from generator.yaml_document import YamlMapping

from .spec_context import refuse

PREFIX = "field_"
"""What upstream puts before a name that is no Python identifier."""

_LONGEST = 80
_PLAIN = re.compile(rf"[A-Za-z]\w{{,{_LONGEST - 1}}}", re.ASCII)

TAKEN: Mapping[str, frozenset[str]] = {
    "attribute": frozenset(
        {
            "additional_properties",
            "brief",
            "check",
            "counted",
            "field",
            "from_dict",
            "decode",
            "timedelta",
            "to_dict",
        }
    ),
    "argument": frozenset(
        {
            "check_boolean",
            "check_double",
            "check_float",
            "check_int32",
            "check_int64",
            "check_list",
            "check_message",
            "check_string",
            "encode_body",
            "partial",
            "path_segment",
            "request",
            "timeout",
        }
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
"""Kind of name -> names that the templates and the runtime use where a name of that kind would stand."""


@frozen
class Named:
    """A Python name, what it stands for in the specification, and the key where that is."""

    name: str
    meant: str
    table: YamlMapping
    key: str


def identifier(text: str) -> str:
    """The name of an attribute, argument, method or module."""
    return str(PythonIdentifier(text, PREFIX))


_IN_SIGNATURES = frozenset({"bool", "float", "int", "str"})
"""Builtins that the signatures of a class use, so that a method of such a name would stand in their place."""


def method_name(text: str) -> str:
    """The name of a method: found behind a dot, it may be that of a builtin, such as `list`."""
    name = identifier(text)
    bare = name.removesuffix("_")
    return name if keyword.iskeyword(bare) or bare in _IN_SIGNATURES else bare


def class_name(text: str) -> str:
    """The name of a class."""
    return str(ClassName(text, PREFIX))


def hold(kind: str, names: Iterable[Named], taken: Iterable[str] = ()) -> None:
    """Refuse a name of one scope that is no plain identifier, is taken, or stands for two things."""
    seen = dict.fromkeys((*TAKEN.get(kind, ()), *taken), "something of the client's own")
    for one in names:
        if not _PLAIN.fullmatch(one.name) or not re.search("[A-Za-z0-9]", one.meant):
            sentence = f"{one.meant[:40]!r} makes no Python name; use Latin letters and digits, {_LONGEST} at the most"
            refuse(sentence, one.table, one.key)
        if one.name in seen:
            sentence = f"the {kind} `{one.name}` would stand for {one.meant!r} and for {seen[one.name]}"
            refuse(sentence, one.table, one.key)
        seen[one.name] = repr(one.meant)
