"""One spelling for what OpenAPI can say in several ways, so that a change of spelling is no change."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from generator.yaml_document import YamlMapping, YamlSequence

_NAMED = frozenset(
    [
        "callbacks",
        "content",
        "encoding",
        "examples",
        "flows",
        "headers",
        "links",
        "parameters",
        "paths",
        "properties",
        "requestBodies",
        "responses",
        "schemas",
        "scopes",
        "securitySchemes",
        "variables",
    ]
)
"""Keywords under which names are free, where a table stands there."""

_DATA = frozenset({"const", "default", "enum", "example", "value"})
"""Keywords under which anything may stand."""


def normalize(document: YamlMapping) -> YamlMapping:
    """A document in which equal things are spelled alike; all locations are those of the document."""
    spelled: YamlMapping = _plain(document, {}, named="openapi" not in document)
    if "openapi" in spelled and not spelled.get("servers"):
        here, server = YamlSequence(document.location), YamlMapping(document.location)
        server["url"] = "/"
        here.append(server)
        here.lines = [document.location.line]
        spelled["servers"], spelled.lines["servers"] = here, document.location.line
    return spelled


_Made = dict[tuple[int, bool], Any]
"""What was made of a node already, by its identity and whether its keys are names."""


def _plain(node: Any, made: _Made, *, named: bool) -> Any:
    """A node as it is spelled; what aliases of YAML share is shared still, or it could double without end."""
    if not isinstance(node, YamlMapping | YamlSequence):
        return node
    if (id(node), named) not in made:
        spelled = _spelled(node, made, named=named) if isinstance(node, YamlMapping) else _each_plain(node, made)
        made[id(node), named] = spelled
    return made[id(node), named]


def _each_plain(row: YamlSequence, made: _Made) -> YamlSequence:
    plain_row = YamlSequence(row.location)
    plain_row.lines = row.lines
    plain_row.extend(_plain(one, made, named=False) for one in row)
    return plain_row


def _spelled(node: YamlMapping, made: _Made, *, named: bool) -> YamlMapping:
    table = _copy(node)
    for key, value in node.items():
        if named or key not in _DATA:
            table[key] = _plain(value, made, named=not named and key in _NAMED)
    for spelling in () if named else _SPELLINGS:
        table = spelling(table)
    return table


def _copy(table: YamlMapping, *leaving_out: str) -> YamlMapping:
    copy = YamlMapping(table.location)
    copy.lines = dict(table.lines)
    copy.update((key, value) for key, value in table.items() if key not in leaving_out)
    return copy


def _said(table: YamlMapping, like: str, **values: Any) -> YamlMapping:
    """A copy that also says what is given, in the line of a keyword."""
    copy = _copy(table, like)
    for key, value in values.items():
        copy[key], copy.lines[key] = value, table.lines[like]
    return copy


def _row(row: YamlSequence, keep: Callable[[Any], bool]) -> YamlSequence:
    copy = YamlSequence(row.location)
    kept = [(one, line) for one, line in zip(row, row.lines, strict=True) if keep(one)]
    copy.extend(one for one, _ in kept)
    copy.lines = [line for _, line in kept]
    return copy


def _is_null(value: Any) -> bool:
    return value is None or value == "null" or (isinstance(value, YamlMapping) and value.get("type") == "null")


def _type_alone(table: YamlMapping) -> YamlMapping:
    """``type: [string, 'null']`` is `string` that may be null, and ``type: [string]`` is `string`."""
    types = table.get("type")
    if not isinstance(types, YamlSequence) or "oneOf" in table:
        return table
    others = _row(types, lambda one: not _is_null(one))
    if len(others) != 1:
        return _said(table, "type", oneOf=_typed(others), **({"nullable": True} if len(others) < len(types) else {}))
    return _said(table, "type", type=others[0], **({"nullable": True} if len(types) > 1 else {}))


def _typed(types: YamlSequence) -> YamlSequence:
    """Several types as alternatives."""
    row = YamlSequence(types.location)
    row.lines = types.lines
    for one, line in zip(types, types.lines, strict=True):
        table = YamlMapping(types.location)
        table["type"], table.lines["type"] = one, line
        row.append(table)
    return row


def _one_alternative(table: YamlMapping) -> YamlMapping:
    """Alternatives to null are a value that may be null; a single alternative is that value."""
    for keyword in ("oneOf", "anyOf"):
        members = table.get(keyword)
        if isinstance(members, YamlSequence) and "allOf" not in table:
            others = _row(members, lambda one: not _is_null(one))
            if len(others) == 1:
                may_be_null = {"nullable": True} if len(others) < len(members) else {}
                table = _said(table, keyword, allOf=others, **may_be_null)
    return table


def _values(table: YamlMapping) -> YamlMapping:
    """A `const` is an `enum` of one; null among the values is said by `nullable` alone."""
    if "const" in table and "enum" not in table and not isinstance(table["const"], YamlMapping | YamlSequence):
        only = YamlSequence(table.location_of("const"))
        only.append(table["const"])
        only.lines = [table.lines["const"]]
        table = _said(table, "const", enum=only)
    values = table.get("enum")
    if isinstance(values, YamlSequence) and None in values:
        table = _copy(table)
        table["enum"] = _row(values, lambda one: one is not None)
        table["nullable"], table.lines["nullable"] = True, table.lines["enum"]
    return table


def _closed(table: YamlMapping) -> YamlMapping:
    """Where no further properties are allowed, `unevaluatedProperties` says so, which holds of an `allOf` too."""
    if table.get("additionalProperties") is not False:
        return table
    return _said(table, "additionalProperties", unevaluatedProperties=False)


def _exclusive(table: YamlMapping) -> YamlMapping:
    """OpenAPI 3.0 says by a flag that a bound is exclusive."""
    for flag, bound in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if isinstance(table.get(flag), bool):
            exclusive = table[flag] and bound in table
            table = _said(table, bound, **{flag: table[bound]}) if exclusive else _copy(table, flag)
    return table


def _without_nothing(table: YamlMapping) -> YamlMapping:
    """Without what says nothing: an empty list of required properties, extra ones of any kind."""
    silent = [key for key in ("additionalProperties", "propertyNames", "required") if table.get(key) in ({}, [])]
    silent += ["nullable"] if table.get("nullable") is False else []
    return _copy(table, *silent, *(key for key in table if _is_foreign(key)))


_OURS = frozenset({"x-source", "x-unit", "x-unique-within", "x-one-of"})
_ASIDE = frozenset({"externalDocs", "contact", "termsOfService", "xml", "$comment", "$schema", "jsonSchemaDialect"})


def _is_foreign(key: str) -> bool:
    return (key.startswith("x-") and key not in _OURS) or key in _ASIDE


def _server(table: YamlMapping) -> YamlMapping:
    """The address of a server whose variables have their usual values."""
    variables = table.get("variables")
    if not isinstance(variables, YamlMapping) or not isinstance(table.get("url"), str):
        return table
    copy = _copy(table, "variables")
    for name, one in variables.items():
        usual = one.get("default", "") if isinstance(one, YamlMapping) else ""
        copy["url"] = copy["url"].replace(f"{{{name}}}", str(usual))
    return copy


def _kind(table: YamlMapping) -> YamlMapping:
    """A schema with properties is an object, and one with items a list, where it does not say."""
    if "type" in table or "$ref" in table or table.keys() & {"allOf", "anyOf", "oneOf"}:
        return table
    for keyword, kind in (("properties", "object"), ("items", "array")):
        if isinstance(table.get(keyword), YamlMapping):
            copy = _copy(table)
            copy["type"], copy.lines["type"] = kind, table.lines[keyword]
            return copy
    return table


_SPELLINGS = (_type_alone, _one_alternative, _values, _closed, _exclusive, _without_nothing, _kind, _server)
