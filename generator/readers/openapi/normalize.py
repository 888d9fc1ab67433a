"""One spelling for what OpenAPI can say in several ways, so that a change of spelling is no change."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from generator.yaml_document import Row, Table

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


def plain(document: Table) -> Table:
    """A document in which equal things are spelled alike; all places are those of the document."""
    spelled: Table = _plain(document, {}, named="openapi" not in document)
    if "openapi" in spelled and not spelled.get("servers"):
        here, server = Row(document.place), Table(document.place)
        server["url"] = "/"
        here.append(server)
        here.lines = [document.place.line]
        spelled["servers"], spelled.lines["servers"] = here, document.place.line
    return spelled


_Made = dict[tuple[int, bool], Any]
"""What was made of a node already, by its identity and whether its keys are names."""


def _plain(node: Any, made: _Made, *, named: bool) -> Any:
    """A node as it is spelled; what aliases of YAML share is shared still, or it could double without end."""
    if not isinstance(node, Table | Row):
        return node
    if (id(node), named) not in made:
        spelled = _spelled(node, made, named=named) if isinstance(node, Table) else _each_plain(node, made)
        made[id(node), named] = spelled
    return made[id(node), named]


def _each_plain(row: Row, made: _Made) -> Row:
    plain_row = Row(row.place)
    plain_row.lines = row.lines
    plain_row.extend(_plain(one, made, named=False) for one in row)
    return plain_row


def _spelled(node: Table, made: _Made, *, named: bool) -> Table:
    table = _copy(node)
    for key, value in node.items():
        if named or key not in _DATA:
            table[key] = _plain(value, made, named=not named and key in _NAMED)
    for spelling in () if named else _SPELLINGS:
        table = spelling(table)
    return table


def _copy(table: Table, *leaving_out: str) -> Table:
    copy = Table(table.place)
    copy.lines = dict(table.lines)
    copy.update((key, value) for key, value in table.items() if key not in leaving_out)
    return copy


def _said(table: Table, like: str, **values: Any) -> Table:
    """A copy that also says what is given, in the line of a keyword."""
    copy = _copy(table, like)
    for key, value in values.items():
        copy[key], copy.lines[key] = value, table.lines[like]
    return copy


def _row(row: Row, keep: Callable[[Any], bool]) -> Row:
    copy = Row(row.place)
    kept = [(one, line) for one, line in zip(row, row.lines, strict=True) if keep(one)]
    copy.extend(one for one, _ in kept)
    copy.lines = [line for _, line in kept]
    return copy


def _is_null(value: Any) -> bool:
    return value is None or value == "null" or (isinstance(value, Table) and value.get("type") == "null")


def _type_alone(table: Table) -> Table:
    """``type: [string, 'null']`` is `string` that may be null, and ``type: [string]`` is `string`."""
    types = table.get("type")
    if not isinstance(types, Row) or "oneOf" in table:
        return table
    others = _row(types, lambda one: not _is_null(one))
    if len(others) != 1:
        return _said(table, "type", oneOf=_typed(others), **({"nullable": True} if len(others) < len(types) else {}))
    return _said(table, "type", type=others[0], **({"nullable": True} if len(types) > 1 else {}))


def _typed(types: Row) -> Row:
    """Several types as alternatives."""
    row = Row(types.place)
    row.lines = types.lines
    for one, line in zip(types, types.lines, strict=True):
        table = Table(types.place)
        table["type"], table.lines["type"] = one, line
        row.append(table)
    return row


def _one_alternative(table: Table) -> Table:
    """Alternatives to null are a value that may be null; a single alternative is that value."""
    for keyword in ("oneOf", "anyOf"):
        members = table.get(keyword)
        if isinstance(members, Row) and "allOf" not in table:
            others = _row(members, lambda one: not _is_null(one))
            if len(others) == 1:
                may_be_null = {"nullable": True} if len(others) < len(members) else {}
                table = _said(table, keyword, allOf=others, **may_be_null)
    return table


def _values(table: Table) -> Table:
    """A `const` is an `enum` of one; null among the values is said by `nullable` alone."""
    if "const" in table and "enum" not in table and not isinstance(table["const"], Table | Row):
        only = Row(table.at("const"))
        only.append(table["const"])
        only.lines = [table.lines["const"]]
        table = _said(table, "const", enum=only)
    values = table.get("enum")
    if isinstance(values, Row) and None in values:
        table = _copy(table)
        table["enum"] = _row(values, lambda one: one is not None)
        table["nullable"], table.lines["nullable"] = True, table.lines["enum"]
    return table


def _closed(table: Table) -> Table:
    """Where no further properties are allowed, `unevaluatedProperties` says so, which holds of an `allOf` too."""
    if table.get("additionalProperties") is not False:
        return table
    return _said(table, "additionalProperties", unevaluatedProperties=False)


def _exclusive(table: Table) -> Table:
    """OpenAPI 3.0 says by a flag that a bound is exclusive."""
    for flag, bound in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if isinstance(table.get(flag), bool):
            exclusive = table[flag] and bound in table
            table = _said(table, bound, **{flag: table[bound]}) if exclusive else _copy(table, flag)
    return table


def _without_nothing(table: Table) -> Table:
    """Without what says nothing: an empty list of required properties, extra ones of any kind."""
    silent = [key for key in ("additionalProperties", "propertyNames", "required") if table.get(key) in ({}, [])]
    silent += ["nullable"] if table.get("nullable") is False else []
    return _copy(table, *silent, *(key for key in table if _is_foreign(key)))


_OURS = frozenset({"x-source", "x-unit", "x-unique-within", "x-one-of"})
_ASIDE = frozenset({"externalDocs", "contact", "termsOfService", "xml", "$comment", "$schema", "jsonSchemaDialect"})


def _is_foreign(key: str) -> bool:
    return (key.startswith("x-") and key not in _OURS) or key in _ASIDE


def _server(table: Table) -> Table:
    """The address of a server whose variables have their usual values."""
    variables = table.get("variables")
    if not isinstance(variables, Table) or not isinstance(table.get("url"), str):
        return table
    copy = _copy(table, "variables")
    for name, one in variables.items():
        usual = one.get("default", "") if isinstance(one, Table) else ""
        copy["url"] = copy["url"].replace(f"{{{name}}}", str(usual))
    return copy


def _kind(table: Table) -> Table:
    """A schema with properties is an object, and one with items a list, where it does not say."""
    if "type" in table or "$ref" in table or table.keys() & {"allOf", "anyOf", "oneOf"}:
        return table
    for keyword, kind in (("properties", "object"), ("items", "array")):
        if isinstance(table.get(keyword), Table):
            copy = _copy(table)
            copy["type"], copy.lines["type"] = kind, table.lines[keyword]
            return copy
    return table


_SPELLINGS = (_type_alone, _one_alternative, _values, _closed, _exclusive, _without_nothing, _kind, _server)
