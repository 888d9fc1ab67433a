"""The description of a service: its methods, their parameters and their example responses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Self

from attrs import evolve, field, frozen

from ._schema import Validator, from_text

PAGE_TOKEN, NEXT_PAGE_TOKEN = "pageToken", "nextPageToken"

RawParam = str | list[str] | None
"""The raw value of a parameter in a request; None if it is missing."""


@frozen
class EndpointParameter:
    """A parameter in the path, the query or a header.

    `example` is the contract's value, which its error examples mention.
    """

    name: str
    location: str
    required: bool = False
    schema: Mapping[str, Any] = field(factory=dict[str, Any])
    example: str | None = None

    def problems(self, value: RawParam) -> Iterator[str]:
        """Yield the problems of a value; None is a missing one."""
        if value is None:
            if self.required:
                yield f"{self.name} is missing, or is not percent-encoded UTF-8"
        else:
            yield from Validator().problems(self.schema, from_text(value, self.schema), self.name)


@frozen
class Endpoint:
    """One method of the API, with its possible responses.

    `identified_by` names the path parameter that chooses an example by its `id`; without one, the first example is
    returned. `body` is the schema of the request body. If the response is a page, `elements` names the list in it.
    `model` is the name of the class of the response, `element` that of an element.
    """

    method: str
    template: str
    parameters: tuple[EndpointParameter, ...]
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
        """Build it from its JSON form."""
        parameters = tuple(EndpointParameter(**parameter) for parameter in plain["parameters"])
        fields: dict[str, Any] = {**plain, "parameters": parameters, "examples": tuple(plain["examples"])}
        return cls(**fields)

    def example(self, values: Mapping[str, RawParam]) -> Mapping[str, Any] | None:
        """Return the example that the parameters ask for; None if there is none.

        The examples of a list are its pages, in their order: each has the token of the next.
        """
        key = self.identified_by
        if self.elements:
            tokens: list[str | None] = ["", *(example.get(NEXT_PAGE_TOKEN) for example in self.examples)]
            pages: dict[str | None, Mapping[str, Any]] = dict(zip(tokens, [*self.examples, {}], strict=True))
            return pages.get(str(values.get(PAGE_TOKEN) or ""))
        if key is None and not self.examples:
            return {}
        return next((example for example in self.examples if key is None or example.get("id") == values[key]), None)

    def holding(self, example: Mapping[str, Any]) -> Self:
        """Return a copy with one more example, which replaces one that is requested in the same way.

        Raises ValueError if no request could ask for it.
        """
        if self.identified_by is None:
            return evolve(self, examples=(example,))
        identifier = example.get("id", "")
        for parameter in self.parameters:
            for problem in parameter.problems(identifier) if parameter.name == self.identified_by else ():
                raise ValueError(f"no request could ask for it: {problem}")
        return evolve(self, examples=(*(kept for kept in self.examples if kept.get("id") != identifier), example))

    def listing(self, element: Mapping[str, Any]) -> Self:
        """Return a copy whose last page has one more element, which replaces one with the same id."""
        pages = [
            {
                **page,
                self.elements: [item for item in page.get(self.elements, ()) if item.get("id") != element.get("id")],
            }
            for page in self.examples or ({},)
        ]
        pages[-1][self.elements].append(element)
        return evolve(self, examples=tuple(pages))


@frozen
class Service:
    """The description of a service."""

    endpoints: tuple[Endpoint, ...]
    """The operations, with their examples."""
    errors: Mapping[int, Mapping[str, Any]]
    """gRPC code -> an example of a Status; some codes have none."""
    definitions: Mapping[str, Mapping[str, Any]] = field(factory=dict[str, Mapping[str, Any]])
    """Name -> a schema that the schemas of bodies refer to."""
    base_path: str = ""
    """The path of the server's URL, which a request may have before that of the endpoint."""

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Self:
        """Build it from its JSON form."""
        endpoints = tuple(Endpoint.from_dict(endpoint) for endpoint in plain["endpoints"])
        errors = {int(code): status for code, status in plain["errors"].items()}
        return cls(endpoints, errors, plain["definitions"], plain["base_path"])

    def holding(self, model: str, example: Mapping[str, Any]) -> Self:
        """Return a copy with one more example, which replaces one that is requested in the same way."""
        if all(model not in {endpoint.model, endpoint.element} for endpoint in self.endpoints):
            raise ValueError(f"no operation returns {model}")
        endpoints = (endpoint.holding(example) if endpoint.model == model else endpoint for endpoint in self.endpoints)
        return evolve(
            self,
            endpoints=tuple(
                endpoint.listing(example) if endpoint.element == model else endpoint for endpoint in endpoints
            ),
        )

    def named_by(self, endpoint: Endpoint) -> Endpoint:
        """Return the endpoint that reads the resource at the path of another one, or that one itself."""
        here = (
            sibling for sibling in self.endpoints if sibling.template == endpoint.template and sibling.identified_by
        )
        return next(here, endpoint)
