"""Reads the arguments of a method: their names and locations in the URL, their types and bounds."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any, cast, get_args, get_origin
from urllib.parse import parse_qsl, quote

import httpx

from generator.contract.facts import Constraints, Parameter, Value, parent_paths

from .bounds import bounds_of, with_element
from .json_types import camel_case, type_of
from .probe import Probe, Values
from .samples import LISTS, kind_of, texts

_OF_ANOTHER_TYPE = re.compile(r"must be an? ")
"""The reason of a rejection of a value that has not the type, while others name a bound."""

_RESERVED = "?#%&=+:@!$,;"
"""A character for each argument, which arrives unchanged only if the argument is escaped."""

Arguments = Mapping[str, inspect.Parameter]
Request = Callable[[Values], httpx.Request]


def accepted_arguments(probe: Probe, arguments: Arguments, bodies: Values) -> Values:
    """Return accepted values of the required arguments, of which no two are the same text."""
    required = [name for name, argument in arguments.items() if argument.default is argument.empty]
    values = probe.complete({**bodies, **dict.fromkeys(required, "z")})
    for name, reserved in zip(required, _RESERVED, strict=False):
        if isinstance(values[name], str):
            others = {value for other, value in values.items() if other != name and isinstance(value, str)}
            candidates = (text for text in (reserved, reserved * 2, *texts()) if text and text not in others)
            values[name] = next((text for text in candidates if not probe.reason(values, name, text)), values[name])
    return values


def url_of(request: httpx.Request, values: Values) -> str:
    """Return the URL of a request, with a placeholder for each argument in its path."""
    path = request.url.raw_path.decode().partition("?")[0]
    for name, value in values.items():
        if isinstance(value, str):
            path = re.sub(rf"(?<=/){re.escape(quote(value, safe=''))}(?=[/:]|$)", f"{{{camel_case(name)}}}", path)
    return str(request.url.copy_with(raw_path=b"/")).removesuffix("/") + path


def parameters_of(probe: Probe, arguments: Arguments, values: Values, request: Request) -> Iterator[Parameter]:
    """Yield the parameters that a method sends, and the messages that they are part of."""
    without, messages = _query(request(values)), dict[str, None]()
    for name, argument in arguments.items():
        sent = values if name in values else probe.with_sample(values, name)
        query = _query(request(sent))
        keys = [
            key for key, text in query.items() if text == _text(sent[name]) and (name in values or key not in without)
        ]
        bounds = bounds_of(probe, sent, name)
        facts = {**_type(probe, sent, name), **bounds.own, **bounds.elements}
        if argument.default is argument.empty:
            facts["required"] = True
        path, in_ = (keys[0], "query") if keys else (camel_case(name), "path")
        is_list = get_origin(kind_of(probe.hints[name])) in LISTS
        messages |= dict.fromkeys(parent_paths(path) if in_ == "query" else ())
        yield Parameter(f"{path}[]" if is_list else path, in_, Constraints(facts), probe.location)
    for path in messages:
        yield Parameter(path, "query", Constraints({"type": "object"}), probe.location)


def _query(request: httpx.Request) -> Mapping[str, str]:
    return dict(parse_qsl(request.url.query.decode(), keep_blank_values=True))


def _text(value: Any) -> str:
    value = cast("list[object]", value)[-1] if isinstance(value, list) else value
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    return str(value).lower() if isinstance(value, bool) else str(value)


def _type(probe: Probe, values: Values, name: str) -> dict[str, Value]:
    kind = kind_of(probe.hints[name])
    if get_origin(kind) in LISTS:
        kind = kind_of(get_args(kind)[0])

    def accepts(value: object) -> bool:
        return not _OF_ANOTHER_TYPE.match(probe.reason(values, name, with_element(values[name], value)))

    return type_of(get_origin(kind) or kind, accepts)
