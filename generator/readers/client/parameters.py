"""Reads the arguments of a method: where each goes, under which name, and what is asked of it."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from enum import Enum
from itertools import chain
from typing import Any, cast, get_args, get_origin
from urllib.parse import parse_qsl, quote

from attrs import frozen

from generator.contract.docstring_sentences import parse_facts
from generator.contract.facts import Constraints, Parameter, Value, parent_paths
from generator.errors import InputError

from .bounds import LENGTHS, held
from .names import camel_case
from .probe import MethodProbe, Values
from .samples import LISTS, TYPES, kind_of, texts

_LONGEST_LEAST = 1024
_LONGEST = 32_768
"""An argument of this length that is accepted has no upper bound; httpx sends no URL of twice that length."""

_RESERVED = "?#%&=+:@!$,;"
"""A character for each argument, which arrives as itself only where the argument is escaped."""


@frozen
class Arguments:
    """The arguments of a method but for its body; `stated` has them as the signature does, `documented` their texts."""

    trial: MethodProbe
    stated: Mapping[str, inspect.Parameter]
    documented: Mapping[str, str]

    def accepted(self, others: Values) -> Values:
        """Arguments with which a request is sent: those that must be given, of which no two are the same text.

        Raises InputError where there are none.
        """
        needed = [name for name, one in self.stated.items() if one.default is one.empty]
        values = self.trial.completed({**others, **dict.fromkeys(needed, "z")})
        for name, reserved in zip(needed, _RESERVED, strict=False):
            if isinstance(values[name], str):
                values[name] = self._unlike(name, reserved, values)
        return values

    def parameters(self, values: Values) -> Iterator[Parameter]:
        """What the method asks of each argument."""
        base, messages = self._query(values), dict[str, None]()
        for name, argument in self.stated.items():
            given = values if name in values else self.trial.with_sample(values, name)
            query = self._query(given)
            keys = [
                key
                for key, one in query.items()
                if one == _in_query(given[name]) and (name in values or key not in base)
            ]
            said = {**self._type(name, given), **self._facts(name, given)}
            if argument.default is argument.empty:
                said["required"] = True
            path, location = (keys[0], "query") if keys else (camel_case(name), "path")
            is_list = get_origin(kind_of(self.trial.hints[name])) in LISTS
            messages |= dict.fromkeys(parent_paths(path) if location == "query" else ())
            yield Parameter(f"{path}[]" if is_list else path, location, Constraints(said), self.trial.location)
        for path in messages:
            yield Parameter(path, "query", Constraints({"type": "object"}), self.trial.location)

    def url(self, values: Values) -> str:
        """The URL that is called, with a placeholder for each argument in its path."""
        request = self.trial.request(values)
        path = request.url.raw_path.decode().partition("?")[0].removeprefix("/")
        for name in self.stated:
            if isinstance(values.get(name), str):
                path = path.replace(quote(values[name], safe=""), f"{{{camel_case(name)}}}")
        return str(request.url.copy_with(raw_path=b"/")) + path

    def _unlike(self, name: str, reserved: str, values: Values) -> str:
        """A text for an argument that is none of the others'; its own where it takes no such text."""
        least: Any = self._lengths(name, values).get("minLength", 1)
        others = ["", *(one for other, one in values.items() if other != name)]
        unlike = (text for text in chain([reserved * least], texts()) if text not in others)
        return next((text for text in unlike if self._takes(name, text, values)), str(values[name]))

    def _takes(self, name: str, text: str, values: Values) -> bool:
        refused = self.trial.refusal({**values, name: text})
        return refused is None or refused.name != name

    def _query(self, values: Values) -> Mapping[str, str]:
        return dict(parse_qsl(self.trial.request(values).url.query.decode(), keep_blank_values=True))

    def _facts(self, name: str, values: Values) -> dict[str, Value]:
        """What the docstring says, as far as it is held; the bounds of a length are found by trying."""
        said = parse_facts(self.documented.get(name, ""))
        kind = kind_of(self.trial.hints[name])
        if kind is str:
            said = {keyword: one for keyword, one in said.items() if keyword not in LENGTHS}
        facts = held(self.trial, values, name, said)
        return facts if kind is not str else {**facts, **self._lengths(name, values)}

    def _type(self, name: str, values: Values) -> dict[str, Value]:
        kind = kind_of(self.trial.hints[name])
        is_list = get_origin(kind) in LISTS
        kind = kind_of(get_args(kind)[0]) if is_list else kind

        def given(value: Any) -> Values:
            return {**values, name: [value] if is_list else value}

        if kind is int:
            refused = self.trial.refusal(given(2**31))
            is_int32 = refused is not None and "int32" in refused.reason
            return {"type": "integer", "format": "int32"} if is_int32 else {"type": "string", "format": "int64"}
        if kind is float:
            refused = self.trial.refusal(given(1e39))
            is_float = refused is not None and "32 bits" in refused.reason
            return {"type": "number", "format": "float" if is_float else "double"}
        if isinstance(kind, type) and issubclass(kind, Enum):
            open_to_others = self.trial.refusal(given("NOT_KNOWN_YET")) is None
            return {"type": "string", **({"enum": tuple(one.value for one in kind)} if open_to_others else {})}
        return {"type": TYPES[kind]} if kind in TYPES else {}

    def _lengths(self, name: str, values: Values) -> dict[str, Value]:
        """The bounds of an argument's length, found by trying."""

        def accepts(length: int) -> bool:
            refused = self.trial.refusal({**values, name: "z" * length})
            return refused is None or refused.name != name or refused.is_about_pattern

        least = next((length for length in range(_LONGEST_LEAST) if accepts(length)), None)
        if least is None:
            raise InputError(f"accepts no string as `{name}`", self.trial.location)
        bounds: dict[str, Value] = {"minLength": least} if least else {}
        if accepts(_LONGEST):
            return bounds
        accepted, refused = least, _LONGEST
        while refused - accepted > 1:
            middle = (accepted + refused) // 2
            accepted, refused = (middle, refused) if accepts(middle) else (accepted, middle)
        return {**bounds, "maxLength": accepted}


def documented(call: Any) -> Mapping[str, str]:
    """The text on each argument in a docstring of Google's style."""
    found: dict[str, str] = {}
    name = ""
    _, _, section = (inspect.getdoc(call) or "").partition("\nArgs:\n")
    for line in section.partition("\n\n")[0].splitlines():
        if line.startswith("    ") and not line.startswith("     "):
            name, _, text = line.strip().partition(": ")
            found[name] = text
        else:
            found[name] = f"{found.get(name, '')} {line.strip()}"
    return found


def _in_query(value: Any) -> str:
    value = cast("list[object]", value)[-1] if isinstance(value, list) else value
    return str(value).lower() if isinstance(value, bool) else str(value)
