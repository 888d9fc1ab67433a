"""Reads one method of the client: what it asks of its arguments, what it sends, what it returns."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Iterator, Mapping
from http import HTTPStatus
from typing import Any, get_args

import attrs
from attrs import frozen

from generator.contract.facts import KEYWORDS, Contract, Field, Operation, Response, Witness
from generator.errors import InputError, Location

from .bounds import held, held_of_entries
from .models import Attribute, Parts, attributes, fields_of
from .package import Package
from .parameters import Arguments, documented
from .probe import MethodProbe, Values, value_at

_SUCCESSES = tuple(int(status) for status in HTTPStatus if 200 <= status < 300)
"""The statuses that can mean success."""


def methods(package: Package, client: Any) -> Iterator[ClientMethod]:
    """Each method of a client that has a twin with details, by the order of the names."""
    for attribute in sorted(name for name in dir(client) if not name.startswith("_")):
        group = getattr(client, attribute)
        for name in sorted(dir(group)):
            if hasattr(group, f"{name}_detailed"):
                yield ClientMethod(package, getattr(group, name), getattr(group, f"{name}_detailed"))


@frozen
class ClientMethod:
    """One method of a client, ready to be called, and its twin that gives the whole answer."""

    package: Package
    call: Callable[..., Any]
    detailed: Callable[..., Any]

    def contract(self) -> Contract:
        """The contract that the method keeps. Raises InputError for one that cannot be called."""
        stated, hints = self._stated(), self.package.hints(self.call)
        bodies = {name: hints[name] for name in stated if attrs.has(hints[name])}
        trial = MethodProbe(self.package, self._called, hints, self._location())
        others = {name: one for name, one in stated.items() if name not in bodies}
        arguments = Arguments(trial, others, documented(self.call))
        values = arguments.accepted({name: model() for name, model in bodies.items()})
        url = arguments.url(values)
        return Contract(
            witness=Witness.CLIENT,
            operation=Operation(self.package.sent[-1].method, url, self._location()),
            parameters=tuple(arguments.parameters(values)),
            body=tuple(one for name in bodies for one in self._body(trial, values, name)),
            response=self._response(values),
            supported_keywords=frozenset(KEYWORDS),
        )

    @property
    def _walks(self) -> bool:
        """Whether it gives the elements of pages, which are asked for when they are needed."""
        return hasattr(self.package.hints(self.call)["return"], "__next__")

    def _called(self, **values: Any) -> Any:
        result = self.call(**values)
        return next(result, None) if self._walks else result

    def _stated(self) -> Mapping[str, inspect.Parameter]:
        """The arguments that are sent; one that the client takes as a setting too is none of them."""
        settings = inspect.signature(self.package.module.Client).parameters
        return {name: one for name, one in inspect.signature(self.call).parameters.items() if name not in settings}

    def _location(self) -> Location:
        line = inspect.getsourcelines(self.call)[1]
        return self.package.location(self.call.__module__, line)

    def _body(self, trial: MethodProbe, values: Values, name: str) -> Iterator[Field]:
        """The fields of a body, if it is sent as it is written."""
        model: Any = trial.hints[name]
        request = trial.request(values)
        is_json = request.headers.get("content-type") == "application/json"
        if not is_json or json.loads(request.content) != values[name].to_dict():
            return

        given = {name: values}

        def held_at(at: str, attribute: Attribute) -> tuple[str, Parts]:
            value_path = f"{at or name}.{attribute.name}"
            accepted = trial.with_sample(given[at or name], value_path)
            within, parts = _held(trial, accepted, value_path, attribute)
            given[within] = accepted
            return within, parts

        yield from fields_of(self.package, model, held_at)

    def _response(self, values: Values) -> Response:
        results = {status: self._result(status, values) for status in _SUCCESSES}
        successes = [status for status, result in results.items() if result is not None]
        if len(successes) != 1:
            raise InputError(f"takes the statuses {successes} for success; one is expected", self._location())
        (model,) = get_args(self.package.hints(self.detailed)["return"])
        if type(results[successes[0]]) is not model or not self._gives(successes[0], model, values):
            raise InputError(f"returns something else than the {model.__name__} that it declares", self._location())
        return Response(successes[0], tuple(fields_of(self.package, model)), self._location())

    def _result(self, status: int, values: Values) -> object:
        """What an empty answer of a status is read as; None where it is an error."""
        self.package.answers.append((status, {}))
        try:
            return self.detailed(**values).parsed
        except self.package.module.errors.StatusError:
            return None
        finally:
            self.package.answers.pop()

    def _gives(self, status: int, model: Any, values: Values) -> bool:
        """Whether the method itself gives what its annotation says: the message, or the elements of two pages."""
        declared = self.package.hints(self.call)["return"]
        if not self._walks:
            self.package.answers.append((status, {}))
            try:
                return declared is model and type(self.call(**values)) is model
            finally:
                self.package.answers.pop()
        (element,) = get_args(declared)
        lists = [one for one in attributes(self.package, model) if (one.suffix, one.element) == ("[]", element)]
        page: dict[str, Any] = {one.wire_name: [{}] for one in lists[:1]}
        self.package.answers.append((status, {**page, "nextPageToken": "next"}))
        found = [next(walk := self.call(**values), None)]
        self.package.answers[-1] = (status, page)
        found += walk
        self.package.answers.pop()
        query = self.package.sent[-1].url.params
        return [type(one) for one in found] == [element, element] and query.get("pageToken") == "next"


def _held(trial: MethodProbe, values: Values, at: str, attribute: Attribute) -> tuple[str, Parts]:
    """The place below an attribute of the body, and what of its docstring the client holds what is sent to."""
    said = held(trial, values, at, attribute.said[""])
    if attribute.suffix != "{}":
        return f"{at}[0]" if attribute.suffix else at, {**attribute.said, "": said}
    keys, entries = held_of_entries(trial, values, at, attribute.said)
    return f"{at}[{next(iter(value_at(values, at)))}]", {"": said, "{key}": keys, "{}": entries}
