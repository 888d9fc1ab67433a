"""Reads one method of the client: what it asks of its arguments, what it sends, what it returns."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from http import HTTPStatus
from typing import Any, get_type_hints
from urllib.parse import quote

from attrs import frozen

from generator.contract.facts import Constraints, Contract, Operation, Parameter, Response, Value, Witness
from generator.contract.places import Place, Unreadable

from .models import fields_of
from .names import camel_case
from .package import Package

SPEAKS = frozenset(
    {"type", "format", "required", "minLength", "maxLength", "readOnly", "uniqueItems", "x-unique-within", "x-unit"}
)
"""The keywords that a client can express."""

_LONGEST_LEAST = 1024
_LONGEST = 32_768
"""An argument of this length that is accepted has no upper bound; httpx sends no URL of twice that length."""

_SUCCESSES = tuple(int(status) for status in HTTPStatus if 200 <= status < 300)
"""The statuses that can mean success."""

_RESERVED = "/?#%&=+:@!$,;"
"""A character for each argument, which arrives as itself only where the argument is escaped."""


def methods(package: Package, client: Any) -> Iterator[Method]:
    """Each method of a client that has a twin with details, by the order of the names."""
    for attribute in sorted(name for name in dir(client) if not name.startswith("_")):
        group = getattr(client, attribute)
        for name in sorted(dir(group)):
            if hasattr(group, f"{name}_detailed"):
                yield Method(package, getattr(group, name))


@frozen
class Method:
    """One method of a client, ready to be called."""

    package: Package
    call: Callable[..., Any]

    def contract(self) -> Contract:
        """The contract that the method keeps. Raises Unreadable for one that cannot be called with strings."""
        arguments = self._arguments()
        lengths: dict[str, dict[str, int]] = {}
        values = dict.fromkeys(arguments, "z")
        for name, reserved in zip(arguments, _RESERVED, strict=False):
            lengths[name] = self._lengths(name, values)
            values[name] = reserved * lengths[name].get("minLength", 1)
        self._accepts("", values)
        request = self.package.sent[-1]
        url = str(request.url.copy_with(raw_path=b"/")) + request.url.raw_path.decode().removeprefix("/")
        for name, value in values.items():
            url = url.replace(quote(value, safe=""), f"{{{camel_case(name)}}}")
        return Contract(
            witness=Witness.CLIENT,
            operation=Operation(request.method, url, self._place()),
            parameters=tuple(self._parameter(name, one, lengths[name]) for name, one in arguments.items()),
            body=(),
            response=self._response(values),
            speaks=SPEAKS,
        )

    def _arguments(self) -> Mapping[str, inspect.Parameter]:
        """The arguments that are sent; one that the client takes as a setting too is none of them."""
        settings = inspect.signature(self.package.module.Client).parameters
        return {name: one for name, one in inspect.signature(self.call).parameters.items() if name not in settings}

    def _place(self) -> Place:
        line = inspect.getsourcelines(self.call)[1]
        return self.package.place(self.call.__module__, line)

    def _parameter(self, name: str, argument: inspect.Parameter, lengths: Mapping[str, int]) -> Parameter:
        said: dict[str, Value] = {**lengths}
        if get_type_hints(self.call)[name] is str:
            said["type"] = "string"
        if argument.default is argument.empty:
            said["required"] = True
        return Parameter(camel_case(name), "path", Constraints(said), self._place())

    def _lengths(self, name: str, values: Mapping[str, str]) -> dict[str, int]:
        """The bounds of an argument's length, found by trying."""

        def accepts(length: int) -> bool:
            return self._accepts(name, {**values, name: "z" * length})

        least = next((length for length in range(_LONGEST_LEAST) if accepts(length)), None)
        if least is None:
            raise Unreadable(f"accepts no string as `{name}`", self._place())
        bounds = {"minLength": least} if least else {}
        if accepts(_LONGEST):
            return bounds
        accepted, refused = least, _LONGEST
        while refused - accepted > 1:
            middle = (accepted + refused) // 2
            accepted, refused = (middle, refused) if accepts(middle) else (accepted, middle)
        return {**bounds, "maxLength": accepted}

    def _accepts(self, name: str, values: Mapping[str, str]) -> bool:
        """Whether the method sends something, or refuses another argument than the one of a name."""
        already, errors = len(self.package.sent), self.package.module.errors
        try:
            self.call(**values)
        except errors.InvalidParameter as refused:
            return refused.name != name or len(self.package.sent) > already
        except errors.StatusError:  # The answer has not the status of success: it was sent.
            pass
        return len(self.package.sent) > already

    def _response(self, values: Mapping[str, str]) -> Response:
        results = {status: self._result(status, values) for status in _SUCCESSES}
        successes = [status for status, result in results.items() if result is not None]
        if len(successes) != 1:
            raise Unreadable(f"takes the statuses {successes} for success; one is expected", self._place())
        model = get_type_hints(self.call)["return"]
        if type(results[successes[0]]) is not model:
            raise Unreadable(f"returns something else than the {model.__name__} that it declares", self._place())
        return Response(successes[0], tuple(fields_of(self.package, model)), self._place())

    def _result(self, status: int, values: Mapping[str, str]) -> object:
        """What an empty answer of a status is read as; None where it is an error."""
        self.package.answers.append((status, {}))
        try:
            return self.call(**values)
        except self.package.module.errors.StatusError:
            return None
        finally:
            self.package.answers.pop()
