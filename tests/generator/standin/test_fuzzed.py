"""The stand-in, fuzzed by schemathesis against the specification alone: it keeps to it, and who does not is caught.

The same cases are tried each time, and there is an end to them.
"""

import json
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from attrs import evolve
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema

from generator.readers.openapi.examples import served
from generator.runtime.testing import FakeResponse, ReceivedRequest, Service, respond
from generator.runtime.testing._gateway import error
from generator.runtime.testing._server import listening
from generator.yaml_document import load

pytestmark = pytest.mark.slow

SPECIFICATION = Path(__file__).parents[3] / "spec" / "openapi.yaml"
TOKEN = "Bearer t1.made-up"

_CONFIG: Any = SchemathesisConfig
_OPENAPI: Any = schemathesis.openapi
"""Their types are known in part."""

Behaviour = Callable[[Service, ReceivedRequest], FakeResponse]


@pytest.fixture(scope="module")
def service() -> Service:
    return served(load(SPECIFICATION))


def sound(service: Service, request: ReceivedRequest) -> FakeResponse:
    """The stand-in, which takes any token, behind a door that takes one."""
    given = request.header("authorization")
    return respond(service, request) if given in {None, "", TOKEN} else error(service, request, 16)


def _instead(status: int, code: int, service: Service, request: ReceivedRequest) -> FakeResponse:
    """Sound, but for an error in the place of the answers of a status."""
    given = sound(service, request)
    return error(service, request, code) if given.status == status else given


def _welcoming(service: Service, request: ReceivedRequest) -> FakeResponse:
    given = sound(service, request)
    good = evolve(request, path=request.path.rpartition("/")[0] + "/" + service.endpoints[0].examples[0]["id"])
    return sound(service, evolve(good, headers=(("authorization", TOKEN),))) if given.status == 400 else given


def _saying(field: str, value: object, service: Service, request: ReceivedRequest) -> FakeResponse:
    given = sound(service, request)
    body = json.dumps({**json.loads(given.body), field: value}).encode()
    return evolve(given, body=body) if given.status == 200 else given


def _of_another_type(service: Service, request: ReceivedRequest) -> FakeResponse:
    return evolve(sound(service, request), headers=(("content-type", "text/html"),))


def _of_any_method(service: Service, request: ReceivedRequest) -> FakeResponse:
    return sound(service, evolve(request, method="GET"))


def _without_a_door(service: Service, request: ReceivedRequest) -> FakeResponse:
    return respond(service, evolve(request, headers=(("authorization", TOKEN),)))


FAULTY: Mapping[str, tuple[Behaviour, str]] = {
    "breaks on what it should refuse": (partial(_instead, 400, 13), "not_a_server_error"),
    "refuses what is allowed": (partial(_instead, 200, 3), "positive_data_acceptance"),
    "takes what is not allowed": (_welcoming, "negative_data_rejection"),
    "answers a number for an int64": (partial(_saying, "compressedSize", 5), "response_schema_conformance"),
    "answers a day for a moment": (partial(_saying, "createdAt", "2026-11-01"), "response_schema_conformance"),
    "answers in HTML": (_of_another_type, "content_type_conformance"),
    "answers whatever the method": (_of_any_method, "unsupported_method"),
    "lets everybody in": (_without_a_door, "ignored_auth"),
}
"""A stand-in with a bug, and the check of schemathesis that finds it."""

A_GATEWAY_ANSWERS_501 = frozenset({("unsupported_method", 501), ("not_a_server_error", 501)})
"""The findings of a sound one: for an unknown method the gateway of gRPC says UNIMPLEMENTED, and not 405."""


def _found(behaviour: Behaviour, service: Service, cases: int) -> set[tuple[str, int]]:
    """What schemathesis finds: the check that fails and the status of the answer."""
    with listening(partial(behaviour, service)) as url:
        config = _CONFIG.from_dict(_settings(url, cases))
        schema = _OPENAPI.from_path(SPECIFICATION, config=config)
        happened = list(from_schema(schema).execute())
    assert not [one for one in happened if isinstance(one, events.NonFatalError | events.FatalError)]
    return {finding for one in happened if isinstance(one, events.ScenarioFinished) for finding in _in(one)}


def _settings(url: str, cases: int) -> dict[str, Any]:
    return {
        "base-url": url,
        "headers": {"Authorization": TOKEN},
        "generation": {"deterministic": True, "max-examples": cases},
        "phases": {"stateful": {"enabled": False}},
        "continue-on-failure": True,
    }


def _in(scenario: events.ScenarioFinished) -> set[tuple[str, int]]:
    recorder = scenario.recorder
    statuses = {case: one.response.status_code for case, one in recorder.interactions.items() if one.response}
    return {
        (check.name, statuses[case])
        for case, checks in recorder.checks.items()
        for check in checks
        if check.failure_info
    }


def test_the_stand_in_keeps_to_the_specification(service: Service) -> None:
    """Whatever is asked of it, within the contract and beyond; but for what a gateway does."""
    assert _found(sound, service, cases=100) == A_GATEWAY_ANSWERS_501


@pytest.mark.parametrize(("behaviour", "check"), FAULTY.values(), ids=FAULTY)
def test_a_stand_in_with_a_bug_is_caught(service: Service, behaviour: Behaviour, check: str) -> None:
    """By the check that is made for it."""
    assert check in {name for name, _ in _found(behaviour, service, cases=10) - A_GATEWAY_ANSWERS_501}
