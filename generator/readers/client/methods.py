"""Reads a method of the client: its signature, the request that it sends, and the type that it returns."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Iterator, Mapping
from http import HTTPStatus
from typing import Any, get_args, get_type_hints

import attrs
import httpx
from attrs import frozen

from generator.contract.facts import Contract, Field, Operation, ResponseFacts, Witness
from generator.contract.keywords import KEYWORDS
from generator.errors import InputError, Location

from .models import attributes, fields_of
from .package import Package
from .parameters import accepted_arguments, parameters_of, url_of
from .probe import Probe, Rejection, Values, message_probe, rejection_of

_SUCCESSES = tuple(int(status) for status in HTTPStatus if 200 <= status < 300)

_NOT_EXPRESSIBLE = frozenset(
    {"deprecated", "x-sunset", "readOnly", "writeOnly", "default", "x-unique-within", "x-unit"}
)
"""Keywords that a client mentions only in docstrings, which the generator copied from the specification."""

_CALL_OPTIONS = frozenset({"timeout", "retries", "client_request_id"})
"""Arguments of every method that are not parameters of the contract."""

_MOST_IN_A_URL = 1_025
"""Elements of a list that a URL can still hold."""

_LONGEST_IN_A_URL = 32_768
"""Characters of a text that a URL can still hold; httpx sends no URL of twice that length."""


def methods(package: Package, client: Any) -> Iterator[ClientMethod]:
    """Yield each method of a client that has a `_detailed` twin, in the order of the names."""
    for attribute in sorted(name for name in dir(client) if not name.startswith("_")):
        group = getattr(client, attribute)
        for name in sorted(dir(group)):
            if hasattr(group, f"{name}_detailed"):
                call = getattr(group, name)
                yield ClientMethod(package, call, getattr(group, f"{name}_detailed"), get_type_hints(call))


@frozen
class ClientMethod:
    """A method of a client, its twin that returns the whole response, and its type hints."""

    package: Package
    call: Callable[..., Any]
    detailed: Callable[..., Any]
    hints: Mapping[str, Any]

    def contract(self) -> Contract:
        """Return the contract that the method keeps. Raises InputError for a method that cannot be called."""
        signature = inspect.signature(self.call).parameters
        sent = {name: argument for name, argument in signature.items() if name not in _CALL_OPTIONS}
        bodies = [name for name in sent if attrs.has(self.hints[name])]
        arguments = {name: argument for name, argument in sent.items() if name not in bodies}
        probe = Probe(self.package, self._reject, self.hints, self._location(), _MOST_IN_A_URL, _LONGEST_IN_A_URL)
        values = accepted_arguments(probe, arguments, {name: probe.message(self.hints[name]) for name in bodies})
        request = self._request(values)
        return Contract(
            witness=Witness.CLIENT,
            operation=Operation(request.method, url_of(request, values), self._location()),
            parameters=tuple(parameters_of(probe, arguments, values, self._request)),
            body=tuple(field for name in bodies for field in self._body(probe, values, name)),
            response=self._response(values),
            supported_keywords=frozenset(KEYWORDS) - _NOT_EXPRESSIBLE,
        )

    @property
    def _walks(self) -> bool:
        """Return True if it yields the elements of pages, which it requests as they are needed."""
        return hasattr(self.hints["return"], "__next__")

    def _location(self) -> Location:
        return self.package.location(self.call, inspect.getsourcelines(self.call)[1])

    def _reject(self, values: Values) -> Rejection | None:
        """Call the method; return the rejection, or None if a request was sent."""
        before, errors = len(self.package.sent), self.package.module.errors
        self.package.response = (200, {})
        try:
            result = self.call(**values)
            if self._walks:
                next(result, None)
        except errors.InvalidParameter as problem:
            if len(self.package.sent) == before:
                return rejection_of(problem)
            raise
        except errors.StatusError:  # The response does not have the status of success: the request was sent.
            pass
        if len(self.package.sent) == before:
            raise InputError("sends no request, and raises no InvalidParameter", self._location())
        return None

    def _request(self, values: Values) -> httpx.Request:
        """Return the request that is sent with arguments. Raises InputError if they are rejected."""
        rejection = self._reject(values)
        if rejection is not None:
            raise InputError(f"rejects `{rejection.name}`, which {rejection.reason}", self._location())
        return self.package.sent[-1]

    def _body(self, probe: Probe, values: Values, name: str) -> Iterator[Field]:
        """Yield the fields of a body, if it is checked and sent as it is written."""
        model, request = probe.hints[name], self._request(values)
        is_json = request.headers.get("content-type") == "application/json"
        if not is_json or json.loads(request.content) != values[name].to_dict():
            return
        is_accepted = self._reject({**values, name: model()}) is None
        if is_accepted == (message_probe(self.package, model).reject({}) is None):
            yield from fields_of(self.package, model, is_sent=True)

    def _response(self, values: Values) -> ResponseFacts:
        results = {status: self._result(status, values) for status in _SUCCESSES}
        successes = [status for status, result in results.items() if result is not None]
        if len(successes) != 1:
            raise InputError(f"takes the statuses {successes} for success; one is expected", self._location())
        (model,) = get_args(get_type_hints(self.detailed)["return"])
        if type(results[successes[0]]) is not model or not self._returns(successes[0], model, values):
            raise InputError(f"does not return the {model.__name__} that it declares", self._location())
        fields = tuple(fields_of(self.package, model, is_sent=False))
        return ResponseFacts(successes[0], fields, self._location())

    def _result(self, status: int, values: Values) -> object:
        """Return what an empty response of a status is parsed to; None if it is an error."""
        self.package.response = (status, {})
        try:
            return self.detailed(**values).parsed
        except self.package.module.errors.StatusError:
            return None

    def _returns(self, status: int, model: Any, values: Values) -> bool:
        """Return True if the method returns its declared type: the message, or the elements of two pages."""
        declared = self.hints["return"]
        self.package.response = (status, {})
        if not self._walks:
            return declared is model and type(self.call(**values)) is model
        (element,) = get_args(declared)
        lists = [item for item in attributes(self.package, model) if (item.suffix, item.element) == ("[]", element)]
        page: dict[str, Any] = {item.wire_name: [{} if attrs.has(element) else "a"] for item in lists[:1]}
        self.package.response = (status, {**page, "nextPageToken": "next"})
        walk = self.call(**values)
        elements = [next(walk, None)]
        self.package.response = (status, page)
        elements += walk
        query = self.package.sent[-1].url.params
        return [type(item) for item in elements] == [element, element] and query.get("pageToken") == "next"
