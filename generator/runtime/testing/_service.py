"""What the fake server knows of the service: its methods, what they take, and what they can answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Self

from attrs import evolve, field, frozen

from ._schema import Schema, from_text

PAGE_TOKEN, NEXT_PAGE_TOKEN = "pageToken", "nextPageToken"

RawParam = str | list[str] | None
"""What a request gives for a parameter: None where that is missing."""


@frozen
class Parameter:
    """What the contract says of a value in the path, the query or a header.

    `example` is the contract's own value, which its error examples speak of.
    """

    name: str
    location: str
    required: bool = False
    schema: Mapping[str, Any] = field(factory=dict[str, Any])
    example: str | None = None

    @property
    def is_list(self) -> bool:
        """Whether it is repeated."""
        return self.schema.get("type") == "array"

    def problems(self, value: RawParam) -> Iterator[str]:
        """What is wrong with a value; None stands for one that is missing."""
        if value is None:
            if self.required:
                yield f"{self.name} is missing, or is not percent-encoded UTF-8"
        else:
            yield from Schema(self.schema, {}).problems(from_text(value, self.schema), self.name)


@frozen
class Endpoint:
    """One method of the API, with the answers that it can give.

    `identified_by` names the path parameter that says which of the examples is asked for, by their `id`;
    without one the first is the answer. `body` is the schema of what is sent. Where the answer is a page, `elements`
    names the list in it. `model` is the name of the class that reads the answer, `element` that of an element.
    """

    method: str
    template: str
    parameters: tuple[Parameter, ...]
    secured: bool
    status: int
    examples: tuple[Mapping[str, Any], ...]
    identified_by: str | None
    model: str = ""
    body: Mapping[str, Any] | None = None
    elements: str = ""
    element: str = ""

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Self:
        """The endpoint in JSON."""
        parameters = tuple(Parameter(**one) for one in plain["parameters"])
        fields: dict[str, Any] = {**plain, "parameters": parameters, "examples": tuple(plain["examples"])}
        return cls(**fields)

    def example(self, given: Mapping[str, RawParam]) -> Mapping[str, Any] | None:
        """The example that the values of the parameters ask for; None where there is none.

        The examples of a list are its pages, in their order: each has the token of the next.
        """
        key = self.identified_by
        if self.elements:
            tokens: list[str | None] = ["", *(one.get(NEXT_PAGE_TOKEN) for one in self.examples)]
            pages: dict[str | None, Mapping[str, Any]] = dict(zip(tokens, [*self.examples, {}], strict=True))
            return pages.get(str(given.get(PAGE_TOKEN) or ""))
        if key is None and not self.examples:
            return {}
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

    def listing(self, element: Mapping[str, Any]) -> Self:
        """The endpoint of a list with one element more at the end of its last page, in the place of one of its id."""
        pages = [
            {**page, self.elements: [one for one in page.get(self.elements, ()) if one.get("id") != element.get("id")]}
            for page in self.examples or ({},)
        ]
        pages[-1][self.elements].append(element)
        return evolve(self, examples=tuple(pages))


@frozen
class Service:
    """Everything the fake server knows: its endpoints, and an example of a Status for some of the gRPC codes.

    `definitions` are the schemas that those of bodies refer to by name.
    """

    endpoints: tuple[Endpoint, ...]
    errors: Mapping[int, Mapping[str, Any]]
    definitions: Mapping[str, Mapping[str, Any]] = field(factory=dict[str, Mapping[str, Any]])

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Self:
        """The service in JSON, which has its fields."""
        endpoints = tuple(Endpoint.from_dict(one) for one in plain["endpoints"])
        return cls(endpoints, {int(code): status for code, status in plain["errors"].items()}, plain["definitions"])

    def holding(self, model: str, example: Mapping[str, Any]) -> Self:
        """The service with one example more wherever a model is the answer. Raises ValueError where it has no place."""
        if all(model not in {one.model, one.element} for one in self.endpoints):
            raise ValueError(f"no operation answers with {model}")
        held = (one.holding(example) if one.model == model else one for one in self.endpoints)
        return evolve(self, endpoints=tuple(one.listing(example) if one.element == model else one for one in held))

    def named_by(self, endpoint: Endpoint) -> Endpoint:
        """The endpoint that reads what the path of another one names, or that one itself."""
        here = (one for one in self.endpoints if one.template == endpoint.template and one.identified_by)
        return next(here, endpoint)
