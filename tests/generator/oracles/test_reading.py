"""What no client is generated from is read all the same where two documents are compared."""

from collections.abc import Callable
from typing import Any

import pytest

from generator.changes.rules import rule_of
from generator.changes.spec_diff import diff_specs
from generator.errors import InputError
from generator.readers.openapi.normalize import normalize
from generator.yaml_document import loads
from tests.generator.oracles.mutants import BOAT, LIST, MAKE, ORDER, Edit, all_of, say
from tests.generator.oracles.verdicts import specified

OWNER = {"$ref": "#/components/schemas/Owner"}
BUYER = {"$ref": "#/components/schemas/Buyer"}
TEXT, NUMBER = {"type": "string"}, {"type": "integer"}
NOTE, ASKED = f"{BOAT}/properties/note", f"{ORDER}/properties/note"
FILTER = f"{LIST}/parameters/4/schema"


def both(*edits: Edit) -> Edit:
    return all_of(*edits)


def message(**fields: Any) -> dict[str, Any]:
    return {"type": "object", "properties": fields}


ROWS: dict[str, tuple[Edit, Edit, list[str]]] = {
    "an alternative more in the answer": (
        say(NOTE, {"oneOf": [OWNER, TEXT]}),
        say(NOTE, {"oneOf": [OWNER, TEXT, NUMBER]}),
        ["response-values-added"] * 2,
    ),
    "an alternative less in the body": (
        say(ASKED, {"anyOf": [OWNER, TEXT]}),
        say(ASKED, {"anyOf": [TEXT]}),
        ["request-values-added", "sent-type-changed"],
    ),
    "another order of alternatives": (say(NOTE, {"oneOf": [OWNER, TEXT]}), say(NOTE, {"oneOf": [TEXT, OWNER]}), []),
    "types as alternatives": (
        say(NOTE, {"type": ["string", "integer", "null"]}),
        say(NOTE, {"oneOf": [TEXT, NUMBER], "nullable": True}),
        [],
    ),
    "inside of an alternative": (
        say(ASKED, {"oneOf": [BUYER, TEXT]}),
        both(say(ASKED, {"oneOf": [BUYER, TEXT]}), say("/components/schemas/Buyer/properties/name/maxLength", 5)),
        ["request-narrowed", "request-values-removed"],
    ),
    "description of an alternative": (
        say(NOTE, {"oneOf": [OWNER, TEXT]}),
        both(say(NOTE, {"oneOf": [OWNER, TEXT]}), say("/components/schemas/Owner/description", "Who has it.")),
        [],
    ),
    "all of several": (
        say(NOTE, {"allOf": [OWNER, message(age=NUMBER)]}),
        say(NOTE, {"type": "object", "properties": {"name": TEXT, "age": NUMBER}}),
        [],
    ),
    "a message in the query": (
        say(FILTER, message(a=TEXT)),
        say(FILTER, message(a=TEXT, b=TEXT)),
        ["shape-changed"],
    ),
    "another media type": (
        say(f"{MAKE}/responses/200/content/application~1xml/schema", OWNER),
        say(f"{MAKE}/responses/200/content/application~1xml/schema", BUYER),
        [],
    ),
    "another media type, otherwise": (
        say(f"{MAKE}/responses/200/content/application~1xml/schema", OWNER),
        say(f"{MAKE}/responses/200/content/application~1xml/schema", message(age=NUMBER)),
        ["shape-changed"],
    ),
    "a list in a header": (
        say(f"{LIST}/parameters/6/schema", {"type": "array", "items": TEXT}),
        say(f"{LIST}/parameters/6/schema", {"type": "array", "items": TEXT, "maxItems": 3}),
        ["request-narrowed"],
    ),
    "an answer that is a list": (
        say(f"{LIST}/responses/200/content/application~1json/schema", {"type": "array", "items": message(a=TEXT)}),
        say(f"{LIST}/responses/200/content/application~1json/schema", {"type": "array", "items": message(a=NUMBER)}),
        ["type-changed"],
    ),
    "exclusive bounds of OpenAPI 3.0": (
        both(say("/openapi", "3.0.3"), say(f"{FILTER}", {"type": "integer", "minimum": 1, "exclusiveMinimum": True})),
        say(f"{FILTER}", {"type": "integer", "exclusiveMinimum": 1}),
        [],
    ),
    "variables of a server": (
        say("/servers/0", {"url": "https://{place}.example", "variables": {"place": {"default": "harbour"}}}),
        say("/servers/0", {"url": "https://harbour.example"}),
        [],
    ),
    "a constant": (say(NOTE, {"const": "a"}), say(NOTE, {"enum": ["a"]}), []),
    "null among the values": (
        say(NOTE, {"type": ["string", "null"], "enum": ["a", None]}),
        say(NOTE, {"type": "string", "nullable": True, "enum": ["a"]}),
        [],
    ),
    "types that are not said": (
        say(NOTE, {"properties": {"names": {"items": TEXT}}}),
        say(NOTE, message(names={"type": "array", "items": TEXT})),
        [],
    ),
    "a header that always comes": (
        say(f"{LIST}/responses/200/headers/x-pages/required", value=True),
        lambda _document: None,
        ["response-optional"],
    ),
    "an error with its headers": (
        say(f"{LIST}/responses/500", {"description": "Failed.", "headers": {"x-id": {"schema": TEXT}}}),
        lambda _document: None,
        ["error-removed"],
    ),
    "a header of an error": (
        say(f"{LIST}/responses/500", {"description": "Failed.", "headers": {"x-id": {"schema": TEXT}}}),
        say(f"{LIST}/responses/500", {"description": "Failed."}),
        ["header-removed"],
    ),
    "a field of any type": (
        say("/components/schemas/Problem/properties/cause", {}),
        say("/components/schemas/Problem/properties/cause", TEXT),
        ["type-changed"] * 4,
    ),
    "how many fields an answer has": (
        say("/components/schemas/Boats/maxProperties", 3),
        say("/components/schemas/Boats/maxProperties", 4),
        ["response-widened"],
    ),
    "what of several is required": (
        say(ASKED, {"allOf": [message(a=TEXT, b=TEXT), {"required": ["a"]}, {"required": ["b"]}]}),
        say(ASKED, {**message(a=TEXT, b=TEXT), "required": ["b", "a"]}),
        [],
    ),
    "another order of servers": (
        say("/servers", [{"url": "https://a.example"}, {"url": "https://b.example"}]),
        say("/servers", [{"url": "https://b.example"}, {"url": "https://a.example"}]),
        [],
    ),
    "no server": (say("/servers", [{"url": "/"}]), lambda document: document.pop("servers"), []),
    "no name of an operation": (
        lambda document: document["paths"].pop("/boats/{boatId}"),
        both(
            lambda document: document["paths"].pop("/boats/{boatId}"),
            lambda document: document["paths"]["/harbours/{harbourId}/boats"]["get"].pop("operationId"),
        ),
        ["operation-renamed"],
    ),
    "scopes": (
        say("/components/securitySchemes/token", {"type": "oauth2", "flows": {"implicit": {"scopes": {"a": "A"}}}}),
        both(
            say("/components/securitySchemes/token", {"type": "oauth2", "flows": {"implicit": {"scopes": {"a": "A"}}}}),
            say("/security", [{"token": ["a"]}]),
        ),
        ["security-tightened"] * 2,
    ),
    "any status of a kind": (
        say(f"{LIST}/responses/5XX", {"description": "Failed."}),
        lambda _document: None,
        ["error-removed"],
    ),
}
"""Two specifications by their edits, and the rules that judge the change from one to the other."""


@pytest.mark.parametrize(("before", "after", "rules"), ROWS.values(), ids=ROWS)
def test_what_no_client_is_generated_from_is_compared(before: Edit, after: Edit, rules: list[str]) -> None:
    found = diff_specs(specified(before, "before.json"), specified(after, "after.json"))
    assert [rule_of(one).id for one in found.changes] == rules


def _chain(document: Any) -> None:
    schemas = document["components"]["schemas"]
    for number in range(300):
        schemas[f"S{number}"] = message(next={"$ref": f"#/components/schemas/S{number + 1}"})
    schemas["S300"] = TEXT
    schemas["Boat"]["properties"]["note"] = {"oneOf": [{"$ref": "#/components/schemas/S0"}, TEXT]}


def _twice(made: Callable[[Any], Any]) -> Edit:
    """Twenty-five schemas, each made of the next one twice over."""

    def edit(document: Any) -> None:
        schemas = document["components"]["schemas"]
        for number in range(25):
            schemas[f"S{number}"] = made({"$ref": f"#/components/schemas/S{number + 1}"})
        schemas["S25"] = message(name=TEXT)
        schemas["Boat"]["properties"]["note"] = {"$ref": "#/components/schemas/S0"}

    return edit


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        (say(f"{BOAT}/allOf", [{"$ref": "#/components/schemas/Boat"}]), "`allOf` leads in a circle"),
        (_chain, "stands more than 100 schemas deep"),
        (_twice(lambda next_one: {"allOf": [next_one, next_one]}), "`allOf` holds more than 20000 schemas together"),
        (_twice(lambda next_one: {"oneOf": [next_one, next_one]}), "is made of more than 20000 schemas"),
        (say("/components/schemas/Owner", {"oneOf": [OWNER, TEXT]}), ""),
    ],
    ids=["all of itself", "a long way", "all of it twice", "alternatives twice", "itself or another"],
)
def test_what_has_no_end_has_one_here(edit: Edit, says: str) -> None:
    if says:
        with pytest.raises(InputError, match=says):
            specified(edit, "later.json")
    else:
        assert specified(edit, "later.json").contracts


def test_what_many_fields_have_is_looked_through_once() -> None:
    """A thousand fields of one type, which is made of eight thousand alternatives."""

    def edit(document: Any) -> None:
        schemas = document["components"]["schemas"]
        for number in range(12):
            field, choice = ({"$ref": f"#/components/schemas/{name}{number + 1}"} for name in ("F", "C"))
            schemas[f"F{number}"], schemas[f"C{number}"] = message(one=field, other=field), {"oneOf": [choice, choice]}
        schemas["F10"], schemas["F12"], schemas["C12"] = {"$ref": "#/components/schemas/C0"}, TEXT, TEXT
        schemas["Boat"]["properties"]["note"] = {"$ref": "#/components/schemas/F0"}
        made: Any = document["paths"]["/harbours/{harbourId}/boats"]["post"]["responses"]["200"]
        del made["content"]["application/xml"]  # which would have a digest of its own

    assert specified(edit, "later.json").contracts


def test_what_aliases_share_is_spelled_once() -> None:
    """Ten aliases, each of the one before twice over, are two thousand tables only where each is made anew."""
    aliases = "".join(
        f"x-{number}: &s{number} {{allOf: [*s{number - 1}, *s{number - 1}]}}\n" for number in range(1, 11)
    )
    document = loads("x-0: &s0 {nullable: true}\n" + aliases, "shared.yaml")
    shared = normalize(document)["x-10"]["allOf"]
    assert shared[0] is shared[1]


def test_what_holds_together_is_said_once() -> None:
    """Two bounds of one value would have to be reckoned with; nobody guesses which counts."""
    twice = say(NOTE, {"allOf": [{"maxLength": 5}, {"maxLength": 6}]})
    with pytest.raises(InputError, match=r"`maxLength` is said again in .*, which has to hold too; say it once"):
        specified(twice, "later.json")
