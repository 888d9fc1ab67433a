"""The protobuf reader finds any method by its path, and reads types and options as constraints."""

import sys
from collections.abc import Mapping
from importlib import import_module

import pytest

from generator.contract.facts import Contract, Operation
from generator.errors import InputError, Location
from generator.readers import protobuf
from generator.readers.protobuf.messages import OPTIONS, TYPES, FieldDescription, walk_fields

# protobuf's modules carry no types.
_descriptor, _timestamp, _wrappers = (
    import_module(f"google.protobuf.{name}_pb2") for name in ("descriptor", "timestamp", "wrappers")
)
_pool, _text = import_module("google.protobuf.descriptor_pool"), import_module("google.protobuf.text_format")
_validation = import_module("yandex.cloud.validation_pb2")


def read(*operations: str) -> tuple[Contract, ...]:
    requests = [operation.split() for operation in operations]
    return protobuf.read([Operation(method, url, Location("x")) for method, url in requests])


def test_an_operation_is_found_by_method_and_path() -> None:
    """Of any service, whatever the host; what no descriptor has is left out, and the order is kept."""
    contracts = read(
        "GET https://vpc.example/vpc/v1/networks/{networkId}",
        "GET /container-registry/v1/images/{imageId}",
        "POST /container-registry/v1/images/{imageId}",
        "GET /container-registry/v1/images/{id}",
        "GET /none/v1/things",
    )
    assert [(contract.operation.method, contract.operation.url) for contract in contracts] == [
        ("GET", "/vpc/v1/networks/{networkId}"),
        ("GET", "/container-registry/v1/images/{imageId}"),
    ]
    assert contracts[0].response.location == Location("yandex/cloud/vpc/v1/network.proto")


def parameters(operation: str) -> dict[tuple[str, str], dict[str, object]]:
    """The constraints of each parameter of an operation, by its location and path."""
    (contract,) = read(operation)
    return {(row.in_, row.path): dict(row.constraints.values) for row in contract.parameters}


def test_what_is_bound_to_the_path_is_a_path_parameter_and_the_rest_is_in_the_query() -> None:
    """With the name that JSON has; a message in the query is there by its fields, and a list of messages is not."""
    assert parameters("GET /container-registry/v1/images/{imageId}") == {
        ("path", "imageId"): {"type": "string", "required": True, "maxLength": 50}
    }
    size = {"type": "string", "format": "int64", "maximum": 1000}
    assert parameters("GET /container-registry/v1/images")["query", "pageSize"] == size
    subjects = parameters("GET /iam/v1/subjects").keys()
    assert {("query", "resourceContext"), ("query", "resourceContext.id")} <= subjects
    assert ("query", "resourcePath[]") not in parameters("GET /managed-kafka/v1/changeFreezes")


def test_a_body_holds_the_rest() -> None:
    """Of a method whose body is `*`; a map has paths for its values and its keys."""
    operation = "PATCH /container-registry/v1/registries/{registryId}"
    (contract,) = read(operation)
    values = {field.path: dict(field.constraints.values) for field in contract.body}
    assert parameters(operation).keys() == {("path", "registryId")}
    assert values["updateMask"] == {"type": "string", "format": "field-mask"}
    assert values["labels"] == {"type": "object", "maxProperties": 64}
    assert values["labels{}"] == {"type": "string", "maxLength": 63, "pattern": "[-_0-9a-z]*"}
    assert values["labels{key}"] == {"minLength": 1, "maxLength": 63, "pattern": "[a-z][-_0-9a-z]*"}


def test_a_package_that_is_not_installed_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    """In one sentence, and only when it is asked for."""
    monkeypatch.setitem(sys.modules, "yandex", None)
    assert not protobuf.is_installed()
    sentence = "yandexcloud: is not installed; the descriptors need this package, a test dependency"
    with pytest.raises(InputError, match=sentence):
        protobuf.read([])


_BOAT = """
name: "boat.proto" package: "boats" syntax: "proto3"
dependency: "yandex/cloud/validation.proto"
dependency: "google/protobuf/timestamp.proto"
dependency: "google/protobuf/wrappers.proto"
message_type {
  name: "Boat"
  field { name: "boat_name" number: 1 label: LABEL_OPTIONAL type: TYPE_STRING json_name: "boatName" options { %s } }
  field { name: "tows" number: 2 label: LABEL_REPEATED type: TYPE_MESSAGE type_name: ".boats.Boat" json_name: "tows" }
  field { name: "built" number: 3 label: LABEL_OPTIONAL type: TYPE_MESSAGE
          type_name: ".google.protobuf.Timestamp" json_name: "built" options { deprecated: true } }
  field { name: "crew" number: 4 label: LABEL_OPTIONAL type: TYPE_MESSAGE
          type_name: ".google.protobuf.Int64Value" json_name: "crew" }
  field { name: "sail" number: 5 label: LABEL_OPTIONAL type: TYPE_BOOL json_name: "sail" oneof_index: 0 }
  field { name: "motor" number: 6 label: LABEL_OPTIONAL type: TYPE_MESSAGE type_name: ".boats.Motor"
          json_name: "motor" oneof_index: 0 }
  field { name: "state" number: 7 label: LABEL_OPTIONAL type: TYPE_ENUM type_name: ".boats.State" json_name: "state" }
  oneof_decl { name: "drive" }
}
message_type {
  name: "Motor"
  field { name: "of" number: 1 label: LABEL_OPTIONAL type: TYPE_MESSAGE type_name: ".boats.Boat" json_name: "of" }
  field { name: "like" number: 2 label: LABEL_OPTIONAL type: TYPE_MESSAGE type_name: ".boats.Motor" json_name: "like" }
}
enum_type { name: "State" value { name: "UNKNOWN" number: 0 } value { name: "AFLOAT" number: 1 } }
"""


def described(options: str = "") -> list[FieldDescription]:
    """Every value of a boat whose name has these options."""
    pool = _pool.DescriptorPool()
    for module in (_descriptor, _timestamp, _wrappers, _validation):
        pool.AddSerializedFile(module.DESCRIPTOR.serialized_pb)
    file = _descriptor.FileDescriptorProto()
    _text.Parse(_BOAT % options, file)
    pool.AddSerializedFile(file.SerializeToString())
    return list(walk_fields(pool.FindMessageTypeByName("boats.Boat")))


def test_types_are_those_of_json() -> None:
    """Lists, well-known messages, one-of groups, enumerations, recursion."""
    assert {field.path: dict(field.values) for field in described()} == {
        "boatName": {"type": "string"},
        "tows[]": {"type": "object", "x-same-as": "$"},
        "built": {"type": "string", "format": "date-time", "deprecated": True},
        "crew": {"type": "string", "format": "int64", "nullable": True},
        "sail": {"type": "boolean", "x-one-of": ("sail", "motor")},
        "motor": {"type": "object", "x-one-of": ("sail", "motor")},
        "motor.of": {"type": "object", "x-same-as": "$"},
        "motor.like": {"type": "object", "x-same-as": "motor"},
        "state": {"type": "string", "enum": ("UNKNOWN", "AFLOAT")},
    }


LIMITS: Mapping[str, Mapping[str, object]] = {
    "[yandex.cloud.required]: true": {"required": True},
    '[yandex.cloud.length]: "<=50"': {"maxLength": 50},
    '[yandex.cloud.length]: "<50"': {"maxLength": 49},
    '[yandex.cloud.length]: ">=3"': {"minLength": 3},
    '[yandex.cloud.length]: ">3"': {"minLength": 4},
    '[yandex.cloud.length]: "1-63"': {"minLength": 1, "maxLength": 63},
    '[yandex.cloud.length]: "20"': {"minLength": 20, "maxLength": 20},
    '[yandex.cloud.size]: "1-9"': {"minItems": 1, "maxItems": 9},
    '[yandex.cloud.value]: "-1-100"': {"minimum": -1, "maximum": 100},
    '[yandex.cloud.value]: ">0"': {"exclusiveMinimum": 0},
    '[yandex.cloud.value]: "<9"': {"exclusiveMaximum": 9},
    '[yandex.cloud.value]: "0.5-1.0"': {"minimum": 0.5, "maximum": 1.0},
    '[yandex.cloud.pattern]: "[a-z]|"': {"pattern": "[a-z]|"},
}


@pytest.mark.parametrize(("option", "expected"), LIMITS.items())
def test_options_are_constraints(option: str, expected: Mapping[str, object]) -> None:
    """Ranges of validation.proto as JSON Schema has them."""
    field = described(option)[0]
    assert (dict(field.values), field.unparsed) == ({"type": "string", **expected}, ())


@pytest.mark.parametrize(
    ("option", "text"),
    [
        ('[yandex.cloud.value]: "1s-1h"', "boatName: (value) = 1s-1h"),
        ('[yandex.cloud.value]: "0,1,3"', "boatName: (value) = 0,1,3"),
        ('[yandex.cloud.length]: "0,3"', "boatName: (length) = 0,3"),
        ('[yandex.cloud.bytes]: "<=9"', "boatName: (bytes) = <=9"),
    ],
)
def test_what_the_contract_has_no_word_for_is_unread(option: str, text: str) -> None:
    """It is reported, not dropped."""
    assert described(option)[0].unparsed == (text,)


def test_every_type_and_option_of_protobuf_has_its_line() -> None:
    """The tables are complete, except for groups, which proto3 lacks, and options that belong to no field."""
    numbers = set(_descriptor.FieldDescriptorProto.Type.values())
    assert TYPES.keys() == numbers - {_descriptor.FieldDescriptorProto.TYPE_GROUP}
    extensions = _validation.DESCRIPTOR.extensions_by_name
    of_fields = {name for name, extension in extensions.items() if extension.containing_type.name == "FieldOptions"}
    assert OPTIONS.keys() == of_fields - {"unique"}
