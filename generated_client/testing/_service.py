"""What the double knows of the service: its methods, the bounds of their parameters, and what they can answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Self

from attrs import evolve, frozen

FORMATS = {"uuid": re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)}
"""The formats that a parameter is checked against."""


@frozen
class Parameter:
    """What the contract says of a value in the path, the query or a header; the bounds count characters.

    `example` is the contract's own value, which its error examples speak of.
    """

    name: str
    location: str
    required: bool = False
    minimum: int = 0
    maximum: int | None = None
    format: str | None = None
    example: str | None = None

    def problems(self, value: str | None) -> Iterator[str]:
        """What is wrong with a value; None stands for one that is missing."""
        if value is None:
            if self.required:
                yield f"{self.name} is missing, or is not percent-encoded UTF-8"
            return
        if len(value) < self.minimum:
            yield f"{self.name} has {len(value)} characters and must have at least {self.minimum}"
        if self.maximum is not None and len(value) > self.maximum:
            yield f"{self.name} has {len(value)} characters and may have at most {self.maximum}"
        if self.format in FORMATS and not FORMATS[self.format].fullmatch(value):
            yield f"{self.name} is no {self.format}"


@frozen
class Endpoint:
    """One method of the API, with the answers that it can give.

    `identified_by` names the path parameter that says which of the examples is asked for, by their `id`;
    without one the first is the answer. `model` is the name of the class that reads the answer.
    """

    method: str
    template: str
    parameters: tuple[Parameter, ...]
    secured: bool
    status: int
    examples: tuple[Mapping[str, Any], ...]
    identified_by: str | None
    model: str = ""

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Self:
        """The endpoint in JSON."""
        parameters = tuple(Parameter(**one) for one in plain["parameters"])
        fields: dict[str, Any] = {**plain, "parameters": parameters, "examples": tuple(plain["examples"])}
        return cls(**fields)

    def example(self, given: Mapping[str, str | None]) -> Mapping[str, Any] | None:
        """The example that the values of the parameters ask for; None where there is none."""
        key = self.identified_by
        return next((one for one in self.examples if key is None or one.get("id") == given[key]), None)

    def holding(self, example: Mapping[str, Any]) -> Self:
        """The endpoint with one example more, in the place of one that is asked for alike.

        Raises ValueError where no request could ask for it.
        """
        if self.identified_by is None:
            return evolve(self, examples=(example,))
        identifier = example.get("id", "")
        for parameter in self.parameters:
            for problem in parameter.problems(identifier) if parameter.name == self.identified_by else ():
                raise ValueError(f"no request could ask for it: {problem}")
        return evolve(self, examples=(*(one for one in self.examples if one.get("id") != identifier), example))


@frozen
class Service:
    """Everything the double knows: its endpoints, and an example of a Status for some of the gRPC codes."""

    endpoints: tuple[Endpoint, ...]
    errors: Mapping[int, Mapping[str, Any]]

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Self:
        """The service in JSON, which has its fields."""
        endpoints = tuple(Endpoint.from_dict(one) for one in plain["endpoints"])
        return cls(endpoints, {int(code): status for code, status in plain["errors"].items()})

    def holding(self, model: str, example: Mapping[str, Any]) -> Self:
        """The service with one example more wherever a model is the answer. Raises ValueError where it has no place."""
        if all(one.model != model for one in self.endpoints):
            raise ValueError(f"no operation answers with {model}")
        return evolve(
            self, endpoints=tuple(one.holding(example) if one.model == model else one for one in self.endpoints)
        )
