"""What the stand-in takes from a specification, and what it refuses."""

from pathlib import Path

import pytest

from generator.contract.places import Unreadable
from generator.document import load, loads
from generator.standin.examples import service_of
from generator.standin.service import Endpoint, Parameter, Service

SPECIFICATION = Path(__file__).parents[3] / "spec" / "openapi.yaml"


def test_the_projects_own_specification_is_described_in_full(service: Service) -> None:
    (endpoint,) = service.endpoints
    example = "crp5o1vp3mk7vq1ql0b9"
    uuid = "5a9c2f1e-7f0b-4a35-9a54-3d1f6f0f9b0c"
    assert endpoint == Endpoint(
        method="GET",
        template="/container-registry/v1/images/{imageId}",
        parameters=(
            Parameter("imageId", "path", required=True, minimum=1, maximum=50, example=example),
            Parameter("x-client-request-id", "header", format="uuid", example=uuid),
        ),
        secured=True,
        status=200,
        examples=tuple(one["value"] for one in load(SPECIFICATION)["components"]["examples"].values())[:3],
        identified_by="imageId",
    )
    assert service.errors.keys() == {5, 16}


THINGS = """
openapi: 3.1.0
paths:
  /things:
    parameters:
      - {name: all, in: query, schema: {type: string}}
    post:
      security: []
      parameters:
        - {name: one, in: query, schema: {type: string}}
      responses:
        '201': {content: {application/json: {examples: {thing: {value: {name: a}}}}}}
security:
  - token: []
"""


def test_what_a_path_says_of_all_its_operations_counts_for_each() -> None:
    (endpoint,) = service_of(loads(THINGS, "things.yaml")).endpoints
    assert [one.name for one in endpoint.parameters] == ["all", "one"]
    assert (endpoint.method, endpoint.secured, endpoint.status) == ("POST", False, 201)
    assert (endpoint.examples, endpoint.identified_by) == (({"name": "a"},), None)


UNREADABLE = {
    "no paths": ("openapi: 3.1.0", "things.yaml:1: is not a valid OpenAPI document"),
    "paths of another type": ("paths: [a]", "things.yaml:1: is not a valid OpenAPI document"),
    "no operation": ("openapi: 3.1.0\npaths: {}", "things.yaml:2: has no operation that could be served"),
    "no 2xx response": (THINGS.replace("'201'", "'301'"), "things.yaml:7: has no example of its answer"),
    "no example": (THINGS.replace("thing: {value: {name: a}}", ""), "things.yaml:7: has no example of its answer"),
}


@pytest.mark.parametrize(("text", "sentence"), UNREADABLE.values(), ids=UNREADABLE.keys())
def test_a_specification_without_something_to_serve_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        service_of(loads(text, "things.yaml"))
    assert str(refusal.value).startswith(sentence)
