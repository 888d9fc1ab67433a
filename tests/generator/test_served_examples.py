"""A specification gives the service of the fake server, or an error for what cannot be served."""

import json
from pathlib import Path

import pytest
from attrs import evolve

from generator.errors import InputError
from generator.readers.openapi import ParsedSpecification, parse_specification, read_specification
from generator.readers.openapi.examples import served, service_of
from generator.runtime.testing import Service
from generator.runtime.testing._service import Endpoint, EndpointParameter
from generator.yaml_document import load, loads
from tests.sample import SPECIFICATION

ROOT = Path(__file__).parents[2]


def test_the_service_of_the_projects_own_specification_is_written_to_the_client() -> None:
    service = service_of(read_specification(ROOT / "spec" / "openapi.yaml"))
    written = Service.from_dict(json.loads((ROOT / "generated_client" / "testing" / "service.json").read_bytes()))
    assert all(endpoint.model for endpoint in written.endpoints)
    without_classes = tuple(evolve(endpoint, model="", element="") for endpoint in written.endpoints)
    assert evolve(written, endpoints=without_classes) == service


def test_the_service_of_a_specification_is_complete() -> None:
    service = service_of(read_specification(SPECIFICATION))
    (endpoint,) = service.endpoints
    example = "crp5o1vp3mk7vq1ql0b9"
    uuid = "5a9c2f1e-7f0b-4a35-9a54-3d1f6f0f9b0c"
    bounded = {"type": "string", "minLength": 1, "maxLength": 50}
    assert endpoint == Endpoint(
        method="GET",
        template="/container-registry/v1/images/{imageId}",
        parameters=(
            EndpointParameter("imageId", "path", required=True, schema=bounded, example=example),
            EndpointParameter(
                "x-client-request-id", "header", schema={"type": "string", "format": "uuid"}, example=uuid
            ),
        ),
        secured=True,
        status=200,
        examples=tuple(example["value"] for example in load(SPECIFICATION)["components"]["examples"].values())[:3],
        identified_by="imageId",
    )
    assert service.errors.keys() == {5, 16}


THINGS = """
openapi: 3.1.0
info: {title: Things, version: 1.0.0}
servers: [{url: 'https://things.example'}]
components: {securitySchemes: {token: {type: http, scheme: bearer}}}
paths:
  /things:
    parameters:
      - {name: all, in: query, schema: {type: string}}
    post:
      security: []
      operationId: things.create
      parameters:
        - {name: one, in: query, schema: {type: string}}
      responses:
        '201':
          description: A thing.
          content:
            application/json:
              schema: {type: object}
              examples: {thing: {value: {name: a}}}
security:
  - token: []
"""


PLAIN = "examples: {thing: {value: {name: a}}}"


def things(old: str = "", new: str = "") -> ParsedSpecification:
    """The specification of things with a text replaced."""
    assert old in THINGS
    return parse_specification(loads(THINGS.replace(old, new), "things.yaml"))


def test_parameters_of_a_path_belong_to_each_of_its_operations() -> None:
    (endpoint,) = service_of(things()).endpoints
    assert [parameter.name for parameter in endpoint.parameters] == ["all", "one"]
    assert (endpoint.method, endpoint.secured, endpoint.status) == ("POST", False, 201)
    assert (endpoint.examples, endpoint.identified_by) == (({"name": "a"},), None)


def test_a_path_parameter_may_have_any_name() -> None:
    text = THINGS.replace("/things:", "/things/{thing-id}:").replace("post:", "get:")
    text = text.replace("name: all, in: query", "name: thing-id, in: path, required: true")
    (endpoint,) = service_of(parse_specification(loads(text, "things.yaml"))).endpoints
    assert endpoint.identified_by == "thing-id"


def test_an_operation_without_an_example_can_be_described_and_not_be_served() -> None:
    specification = things("thing: {value: {name: a}}")
    assert service_of(specification).endpoints[0].examples == ()
    problem = r"^things.yaml:10: has no example of its response; add `example` or `examples`"
    with pytest.raises(InputError, match=problem):
        served(specification)


def test_the_example_of_a_media_type_is_served_like_named_ones() -> None:
    """A response without a body needs none."""
    assert served(things(PLAIN, "example: {name: a}")).endpoints[0].examples == ({"name": "a"},)
    content = THINGS[THINGS.index("          content:") : THINGS.index("security:\n  - token")]
    assert served(things(content)).endpoints[0].examples == ()


ERROR = """      responses:
        default:
          description: Failed.
          content: {application/json: {schema: {type: object}, examples: {failed: {value: {code: 17}}}}}"""


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("{name: a}", "[a]", "things.yaml:21: the example of a response is not an object; write its fields"),
        ("      responses:", ERROR, "things.yaml:18: the example of an error has no gRPC `code`"),
        ("'201'", "'301'", "things.yaml:16: only one response with a status of 200"),
    ],
)
def test_a_specification_without_something_to_serve_is_rejected(old: str, new: str, sentence: str) -> None:
    with pytest.raises(InputError) as error:
        served(things(old, new))
    assert str(error.value).startswith(sentence)
