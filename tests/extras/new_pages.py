"""Pages of `Image.list` and `Registry.create` in our own words."""

from attrs import evolve

from generator.contract.facts import Constraints, Contract, Field, Operation, Parameter, Value
from generator.errors import Location
from tests.contract.pages import page_of

HOST = "https://container-registry.api.cloud.yandex.net/container-registry/v1"
NOWHERE = Location("page.md", 1)
TEXT: dict[str, Value] = {"type": "string"}
TIME: dict[str, Value] = {**TEXT, "format": "date-time"}
OBJECT: dict[str, Value] = {"type": "object"}
RESULT: dict[str, Value] = {**OBJECT, "x-one-of": ("error", "response")}

BODY: dict[str, dict[str, Value]] = {
    "folderId": {**TEXT, "required": True, "maxLength": 50},
    "name": {**TEXT, "pattern": "|[a-z][-a-z0-9]{1,61}[a-z0-9]"},
    "labels": {**OBJECT, "maxProperties": 64},
    "labels{key}": {"minLength": 1, "maxLength": 63, "pattern": "[a-z][-_0-9a-z]*"},
    "labels{}": {**TEXT, "maxLength": 63, "pattern": "[-_0-9a-z]*"},
}
OPERATION: dict[str, dict[str, Value]] = {
    "id": TEXT,
    "description": {**TEXT, "maxLength": 256},
    "createdAt": TIME,
    "createdBy": TEXT,
    "modifiedAt": TIME,
    "done": {"type": "boolean"},
    "metadata": OBJECT,
    "error": RESULT,
    "error.code": {"type": "integer", "format": "int32"},
    "error.message": TEXT,
    "error.details[]": OBJECT,
    "response": RESULT,
}


def _fields(facts: dict[str, dict[str, Value]]) -> tuple[Field, ...]:
    return tuple(Field(path, Constraints(values), NOWHERE) for path, values in facts.items())


def list_page(image: Contract) -> str:
    """A page of `Image.list`: the fields of an image in a list, in pages."""
    numbers: dict[str, Value] = {"type": "string", "format": "int64", "default": 100, "maximum": 1000}
    parameters = {"registryId": {**TEXT, "maxLength": 50}, "pageSize": numbers, "pageToken": {**TEXT, "maxLength": 100}}
    images = [evolve(field, path=f"images[].{field.path}") for field in image.response.fields]
    fields = (*_fields({"images[]": OBJECT}), *images, *_fields({"nextPageToken": TEXT}))
    contract = evolve(
        image,
        operation=Operation("GET", f"{HOST}/images", NOWHERE),
        parameters=tuple(Parameter(name, "query", Constraints(facts), NOWHERE) for name, facts in parameters.items()),
        response=evolve(image.response, fields=fields),
    )
    return page_of(contract, "en").replace("# Method get", "# Method list")


def create_page(image: Contract) -> str:
    """A page of `Registry.create`, with a body and an operation as its response."""
    contract = evolve(
        image,
        operation=Operation("POST", f"{HOST}/registries", NOWHERE),
        parameters=(),
        body=_fields(BODY),
        response=evolve(image.response, fields=_fields(OPERATION)),
    )
    return page_of(contract, "en").replace("# Method get", "# Method create")
