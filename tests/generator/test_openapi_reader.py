"""The OpenAPI reader gives each fact of a specification with its line, and rejects the rest in one sentence."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.contract.facts import Contract
from generator.contract.keywords import KEYWORDS
from generator.errors import InputError
from generator.readers.openapi import read
from generator.readers.openapi.objects import OBJECTS, REQUIRED_KEYWORDS, ObjectList, ObjectMap, SingleObject
from generator.readers.openapi.values import VALUES

Write = Callable[..., Path]

DOCUMENT = """\
openapi: 3.1.0
info: {title: Boats, version: 1.0.0}
servers:
  - url: https://boats.example
paths:
  /boats/{boatId}:
    get:
      operationId: boats.get
      parameters:
        - name: boatId
          in: path
          required: true
          schema:
            type: string
            maxLength: 50
      responses:
        '200':
          description: A boat.
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/Boat'
components:
  schemas:
    Boat:
      type: object
      properties:
        id:
          type: string
          readOnly: true
        masts:
          type: array
          minItems: 1
          items:
            $ref: '#/components/schemas/Mast'
    Mast:
      type: object
      required: [height]
      properties:
        height:
          type: string
          format: int64
"""


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(text: str = DOCUMENT, name: str = "openapi.yaml") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def _facts(contract: Contract) -> dict[str, object]:
    """Every fact as `part path keyword` -> value."""
    return {" ".join(filter(None, (fact.part, fact.path, fact.keyword))): fact.value for fact in contract.facts()}


def test_every_fact_of_a_document_is_read(write: Write) -> None:
    """Operation, parameters and answer, with lists as paths and everything behind a `$ref`."""
    (contract,) = read(write())
    assert _facts(contract) == {
        "operation method": "GET",
        "operation url": "https://boats.example/boats/{boatId}",
        "parameter boatId in": "path",
        "parameter boatId type": "string",
        "parameter boatId required": True,
        "parameter boatId maxLength": 50,
        "response status": 200,
        "response id type": "string",
        "response id readOnly": True,
        "response masts[] type": "object",
        "response masts[] minItems": 1,
        "response masts[].height type": "string",
        "response masts[].height format": "int64",
        "response masts[].height required": True,
    }


def test_every_fact_has_the_line_of_its_keyword(write: Write) -> None:
    """A difference leads to the very line."""
    (contract,) = read(write())
    lines = DOCUMENT.splitlines()
    for fact in contract.facts():
        shown = {"method": "get", "url": "/boats", "status": "200"}.get(fact.keyword, fact.keyword)
        if fact.keyword != "in":
            assert shown in lines[fact.location.line - 1], fact


def test_a_document_can_be_spread_over_files(write: Write) -> None:
    """A `$ref` leads into another file, by a percent-encoded name and pointer, and from there back or on."""
    write("'a ~b/Mast':\n  type: object\n  properties:\n    of: {$ref: 'more.yaml#/Wood'}\n", "the masts.yaml")
    write("Wood: {type: string, maxLength: 9}\n", "more.yaml")
    text = DOCUMENT.replace("'#/components/schemas/Mast'", "'the%20masts.yaml#/a%20~0b~1Mast'")
    (contract,) = read(write(text))
    assert _facts(contract)["response masts[].of maxLength"] == 9
    assert next(fact.location for fact in contract.facts() if fact.path == "masts[].of").file.endswith("the masts.yaml")


def test_additions_are_found_wherever_they_stand(write: Write) -> None:
    """In the document, in its components, and in another file that has references of its own."""
    response = """\
Boat:
  description: A boat.
  headers:
    x-mast: {$ref: '#/Mast'}
    x-sail: {schema: {type: string}, x-source: 'https://example.com/sails'}
  content: {application/json: {schema: {type: object}}}
Mast: {schema: {type: string}, x-source: 'https://example.com/masts'}
"""
    write(response, "responses.yaml")
    start, end = DOCUMENT.index("          description: A boat."), DOCUMENT.index("components:")
    reference = "          $ref: 'responses.yaml#/Boat'\n        default: {description: None.}\n"
    text = f"{DOCUMENT[:start]}{reference}{DOCUMENT[end:]}"
    (contract,) = read(write(text))
    assert [(item.text, item.source) for item in contract.undocumented] == [
        ("response default", None),
        ("response header x-mast", "https://example.com/masts"),
        ("response header x-sail", "https://example.com/sails"),
        ("components.schemas.Boat", None),
        ("components.schemas.Mast", None),
    ]


FIELDS = yaml.safe_load("""\
a schema that repeats one above it is not unrolled:
  boat: {tows: {$ref: '#/components/schemas/Boat'}, fleet: {type: array, items: {$ref: '#/components/schemas/Boat'}}}
  fields: {tows: {type: object, x-same-as: $}, 'fleet[]': {type: object, x-same-as: $}}
a repetition names what it repeats:
  boat: {tows: {type: object, properties: {spar: {$ref: '#/components/schemas/Spar'}}}}
  fields:
    tows: {type: object}
    tows.spar: {type: object}
    tows.spar.boat: {type: object, x-same-as: $}
    tows.spar.top: {type: object, x-same-as: tows.spar}
a component used twice is read twice, with what stands beside the reference:
  boat: {fore: {$ref: '#/components/schemas/Mast'}, aft: {$ref: '#/components/schemas/Mast', readOnly: true}}
  fields:
    fore: {type: object}
    fore.height: {type: string, format: int64, required: true}
    aft: {type: object, readOnly: true}
    aft.height: {type: string, format: int64, required: true}
values and keys of a map have paths of their own:
  boat:
    labels:
      type: object
      maxProperties: 64
      propertyNames: {type: string, pattern: '[a-z]'}
      additionalProperties: {type: string, maxLength: 63}
      x-one-of: [labels, id]
  fields:
    labels: {type: object, maxProperties: 64, x-one-of: [labels, id]}
    labels{key}: {type: string, pattern: '[a-z]'}
    labels{}: {type: string, maxLength: 63}
a default in text is the value that it stands for:
  boat:
    crew: {type: [string, 'null'], format: int64, default: '50'}
    voyage: {type: string, format: duration, default: '-1.5'}
    sail: {type: string, default: 'true'}
    speed: {type: string, default: 50s}
    age: {type: integer, default: 50}
  fields:
    crew: {type: string, format: int64, nullable: true, default: 50}
    voyage: {type: string, format: duration, default: -1.5}
    sail: {type: string, default: true}
    speed: {type: string, default: 50s}
    age: {type: integer, default: 50}
""")
"""Properties of a boat, and the facts of each field of the response."""


@pytest.mark.parametrize("row", FIELDS.values(), ids=FIELDS)
def test_fields_are_read(write: Write, row: dict[str, Any]) -> None:
    document = yaml.safe_load(DOCUMENT)
    boat, spar = {"$ref": "#/components/schemas/Boat"}, {"$ref": "#/components/schemas/Spar"}
    document["components"]["schemas"]["Spar"] = {"type": "object", "properties": {"boat": boat, "top": spar}}
    document["components"]["schemas"]["Boat"]["properties"] = row["boat"]
    (contract,) = read(write(json.dumps(document)))
    fields = {field.path: dict(field.constraints.values) for field in contract.response.fields}
    assert json.dumps(fields) == json.dumps(row["fields"])


def test_the_lists_and_messages_of_a_query_are_read(write: Write) -> None:
    """A field of a message has its path as its name; the message is what is above it."""
    query = """\
        - {name: states, in: query, schema: {type: array, maxItems: 3, items: {type: string, enum: [AFLOAT]}}}
        - {name: where.pier.name, in: query, required: true, schema: {type: string}}
        - {name: where.berth, in: query, schema: {type: string}}
      responses:
"""
    (contract,) = read(write(DOCUMENT.replace("      responses:\n", query)))
    assert {parameter.in_ for parameter in contract.parameters[1:]} == {"query"}
    assert {parameter.path: dict(parameter.constraints.values) for parameter in contract.parameters[1:]} == {
        "states[]": {"type": "string", "enum": ("AFLOAT",), "maxItems": 3},
        "where": {"type": "object"},
        "where.pier": {"type": "object"},
        "where.pier.name": {"type": "string", "required": True},
        "where.berth": {"type": "string"},
    }


def test_a_body_of_the_request_is_read(write: Write) -> None:
    """A body has fields, like a response; one without content has none."""
    body = """\
    post:
      operationId: boats.make
      requestBody:
        content:
          application/json:
            schema: {type: object, required: [name], properties: {name: {type: string}}}
"""
    text = DOCUMENT.replace("    get:\n      operationId: boats.get\n", body)
    (contract,) = read(write(text[: text.index("          content:\n")] + text[text.index("components:") :]))
    facts = [(field.path, dict(field.constraints.values)) for field in contract.body]
    assert facts == [("name", {"type": "string", "required": True})]
    assert contract.response.fields == ()


def test_each_operation_is_a_contract(write: Write) -> None:
    """In the document's order, parameters of the path with each, an operation's own before the path's."""
    of_path = """\
    parameters:
      - {name: view, in: query, schema: {type: string}}
      - {name: boatId, in: path, required: true, schema: {type: integer}}
    get:
"""
    another = """\
  /boats:
    get:
      operationId: boats.list
      servers: [{url: https://other.example}]
      responses: {'200': {description: All.}}
components:
"""
    first, second = read(write(DOCUMENT.replace("    get:\n", of_path).replace("components:\n", another)))
    types = [(parameter.path, parameter.constraints.values["type"]) for parameter in first.parameters]
    assert types == [("view", "string"), ("boatId", "string")]
    assert second.operation.url == "https://other.example/boats"


@pytest.mark.parametrize(
    ("properties", "count", "sentence"),
    [
        ("next: {0}", 300, "schemas are nested more than 100 deep"),
        ("fore: {0}, aft: {0}", 25, "expands to more than 1000 fields, because schemas refer to others"),
    ],
    ids=["a chain", "pairs, which make 33 million fields"],
)
def test_schemas_without_end_are_refused(
    write: Write, monkeypatch: pytest.MonkeyPatch, properties: str, count: int, sentence: str
) -> None:
    monkeypatch.setattr("generator.readers.openapi.schemas.MAX_EXPANDED_FIELDS", 1000)
    schemas = "".join(
        f"    S{number}: {{type: object, properties: {{{properties}}}}}\n".replace(
            "{0}", f"{{$ref: '#/components/schemas/S{number + 1}'}}"
        )
        for number in range(count)
    )
    text = DOCUMENT.replace("schemas/Mast'", "schemas/S0'") + schemas + f"    S{count}: {{type: string}}\n"
    with pytest.raises(InputError, match=sentence):
        read(write(text))


def test_every_kind_of_object_in_the_tables_exists() -> None:
    """The tables of the grammar refer to each other without a gap, and a schema takes every fact that one can write."""
    roles = [role for keywords in OBJECTS.values() for role in keywords.values()]
    kinds = {role.kind for role in roles if isinstance(role, SingleObject | ObjectMap | ObjectList)}
    assert kinds == OBJECTS.keys() - {"document"}
    assert {role for role in roles if isinstance(role, str)} == VALUES.keys()
    assert all(set(keywords) <= OBJECTS[kind].keys() for kind, keywords in REQUIRED_KEYWORDS.items())
    assert KEYWORDS.keys() - OBJECTS["schema"].keys() == {"nullable", "x-same-as"}
