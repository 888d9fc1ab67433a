"""A draft names methods and messages as the provider does."""

import pytest
from attrs import evolve

from generator.contract.facts import Constraints, Contract, Field, Operation
from generator.contract.reader_notes import Names
from generator.errors import Location
from generator.extras.draft.document import draft_document, lock_name
from generator.extras.draft.names import infer_names, message_name, service_of, singular, title_of
from generator.yaml_document import load
from tests.generator.contracts import contract
from tests.sample import SPECIFICATION

HOST = "https://harbour.api.cloud.yandex.net"


def _method(method: str, path: str, title: str = "") -> Contract:
    return evolve(contract(), operation=Operation(method, HOST + path, Location("page.md", 1)), names=Names(title))


@pytest.mark.parametrize(
    ("method", "path", "title", "operation_id", "lock"),
    [
        ("GET", "/harbour/v1/boats/{boatId}", "get", "boats.get", "boat.get.yaml"),
        ("GET", "/harbour/v1/boats/{boatId}", "", "boats.get", "boat.get.yaml"),
        ("DELETE", "/harbour/v1/boats/{boatId}", "", "boats.delete", "boat.delete.yaml"),
        ("GET", "/harbour/v1/ferries", "list", "ferries.list", "ferry.list.yaml"),
        ("POST", "/harbour/v1/boats/{boatId}:sink", "", "boats.sink", "boat.sink.yaml"),
        ("POST", "/harbour/v1/boats/{boatId}:sink", "sink", "boats.sink", "boat.sink.yaml"),
        ("GET", "/harbour/v1/boats/{boatId}/sails", "listSails", "boats.listSails", "boat.listSails.yaml"),
        ("POST", "/harbour/v1/boats/{boatId}:sink", "затопить", "boats.sink", "boat.sink.yaml"),
        ("POST", "/harbour/v2/tow", "tow", "harbour.tow", "harbour.tow.yaml"),
        ("GET", "/harbour/v1/deep-sea-boats", "list", "deepSeaBoats.list", "deepSeaBoat.list.yaml"),
        ("PATCH", "/v1", "", "service.update", "service.update.yaml"),
    ],
)
def test_a_method_is_named_by_its_url_and_title(
    method: str, path: str, title: str, operation_id: str, lock: str
) -> None:
    """The collection by the path; the method by the title, then by the verb, then by HTTP's method."""
    described = _method(method, path, title)
    assert (infer_names(described).operation_id, lock_name(described)) == (operation_id, lock)


@pytest.mark.parametrize(
    ("title", "kind", "name"),
    [
        ("create", "Request", "CreateBoatRequest"),
        ("list", "Response", "ListBoatsResponse"),
        ("attachSail", "Request", "AttachSailRequest"),
        ("boat", "Request", "BoatRequest"),
    ],
)
def test_a_message_is_named_after_its_method(title: str, kind: str, name: str) -> None:
    """The provider's newer pages name messages so."""
    assert infer_names(_method("POST", "/harbour/v1/boats/{boatId}:x", title)).message_name(kind) == name


@pytest.mark.parametrize(
    ("plural", "word"),
    [("boats", "boat"), ("ferries", "ferry"), ("boxes", "box"), ("addresses", "address"), ("glass", "glass")],
)
def test_one_of_a_plural(plural: str, word: str) -> None:
    assert singular(plural) == word


@pytest.mark.parametrize(
    ("anchor", "name"), [("harbour.v1.Boat", "Boat"), ("harbour.v1.Boat.Sail", "BoatSail"), ("harbour.v1.boat", "Boat")]
)
def test_a_message_is_named_by_its_anchor(anchor: str, name: str) -> None:
    assert message_name(anchor) == name


@pytest.mark.parametrize(
    ("url", "title"),
    [
        ("/deep-sea/v1/boats", "Deep Sea"),
        ("https://sea.example/v2/boats", "Sea"),
        ("https://sea.example/{a}", "Sea"),
        ("/v2", "Service"),
    ],
)
def test_a_title_is_that_of_the_service(url: str, title: str) -> None:
    """By the beginning of its path, or by its host."""
    assert title_of(service_of(url)) == title


def _schemas(*contracts: Contract) -> list[str]:
    """The schemas of a draft, in its order."""
    text = draft_document(contracts, load(SPECIFICATION))
    below = text.partition("  schemas:\n")[2].partition("  examples:\n")[0]
    return [line.strip(" :\n") for line in below.splitlines() if line.startswith("    ") and line[4] != " "]


def _responding(title: str, *paths: str, path: str = "/harbour/v1/boats", **messages: str) -> Contract:
    """A method whose response has fields; a field with fields below it is an object."""
    types = {name: "object" if any(other.startswith(f"{name}.") for other in paths) else "string" for name in paths}
    fields = tuple(Field(name, Constraints({"type": type_}), Location("page.md", 1)) for name, type_ in types.items())
    method = _method("GET", path, title)
    named = {("response", key.replace("__", ".")): name for key, name in messages.items()}
    return evolve(method, parameters=(), response=evolve(method.response, fields=fields), names=Names(title, named))


MESSAGES: dict[str, tuple[list[Contract], list[str]]] = {
    "one shape is one message": (
        [_responding("get", "fore", "fore.id", "aft", "aft.id")],
        ["Boat", "Fore"],
    ),
    "a name that is known is everybody's": (
        [_responding("get", "fore", "fore.id", "aft", "aft.id", aft="a.v1.Sail")],
        ["Boat", "Sail"],
    ),
    "two names are two messages": (
        [_responding("get", "fore", "fore.id", "aft", "aft.id", fore="a.v1.Jib", aft="a.v1.Sail")],
        ["Boat", "Jib", "Sail"],
    ),
    "another message of the same name is called after what it is in": (
        [_responding("get", "id", "sail", "sail.id", "mast", "mast.sail", "mast.sail.size")],
        ["Boat", "Sail", "Mast", "MastSail"],
    ),
    "a number is part of a name": (
        [_responding("get", "a", "a.id", a="x.v1.Sail2"), _responding("list", "b", "b.id", b="x.v1.Sail")],
        ["Boat", "Sail2", "ListBoatsResponse", "Sail"],
    ),
    "a number that tells two sections of a page apart is none": (
        [_responding("list", "a", "a.id", "b", "b.id", a="x.v1.Sail", b="x.v1.Sail2")],
        ["ListBoatsResponse", "Sail"],
    ),
    "the resource of a list is that of get": (
        [_responding("list", "boats[]", "boats[].id"), _responding("get", "id", path="/harbour/v1/boats/{id}")],
        ["ListBoatsResponse", "Boat"],
    ),
    "an operation is told by its fields": (
        [_responding("sink", "id", "done", "metadata", "metadata.boatId", "error", "error.code")],
        ["Operation", "SinkBoatMetadata", "Error"],
    ),
    "two empty answers are two messages": (
        [_responding("sink"), _responding("raise", path="/harbour/v1/boats:raise")],
        ["SinkBoatResponse", "RaiseBoatResponse"],
    ),
    "a name of a convention is left to it": (
        [_responding("list", "status", "status.id")],
        ["ListBoatsResponse", "ListBoatsResponseStatus"],
    ),
}
"""Rule -> methods, and the schemas of their draft in its order."""


@pytest.mark.parametrize(("contracts", "schemas"), MESSAGES.values(), ids=MESSAGES)
def test_messages_are_recognised(contracts: list[Contract], schemas: list[str]) -> None:
    """By their names, and where they have none by their shape."""
    assert _schemas(*contracts)[: len(schemas) + 1] == [*schemas, "Status"]
