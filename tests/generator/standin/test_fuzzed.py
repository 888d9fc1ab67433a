"""Fuzzes the local server with schemathesis: it conforms to the specification, and seeded bugs are found.

The cases are deterministic and limited in number.
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

from generator.readers.openapi import read_specification
from generator.readers.openapi.examples import served
from generator.runtime.testing import FakeResponse, ReceivedRequest, Service, respond
from generator.runtime.testing._gateway import error
from generator.runtime.testing._server import listening

pytestmark = pytest.mark.slow

SPECIFICATION = Path(__file__).parents[3] / "spec" / "openapi.yaml"
TOKEN = "Bearer t1.made-up"

_CONFIG: Any = SchemathesisConfig
_OPENAPI: Any = schemathesis.openapi
"""Their types are only partly known."""

Behaviour = Callable[[Service, ReceivedRequest], FakeResponse]


@pytest.fixture(scope="module")
def service() -> Service:
    return served(read_specification(SPECIFICATION))


def correct(service: Service, request: ReceivedRequest) -> FakeResponse:
    """Respond as the server does, but accept a single token only."""
    token = request.header("authorization")
    return respond(service, request) if token in {None, "", TOKEN} else error(service, request, 16)


def _accepting_invalid_ids(service: Service, request: ReceivedRequest) -> FakeResponse:
    response = correct(service, request)
    good = evolve(request, path=request.path.rpartition("/")[0] + "/" + service.endpoints[0].examples[0]["id"])
    return correct(service, evolve(good, headers=(("authorization", TOKEN),))) if response.status == 400 else response


def _with_a_number(service: Service, request: ReceivedRequest) -> FakeResponse:
    response = correct(service, request)
    body = json.dumps({**json.loads(response.body), "compressedSize": 5}).encode()
    return evolve(response, body=body) if response.status == 200 else response


def _for_any_method(service: Service, request: ReceivedRequest) -> FakeResponse:
    return correct(service, evolve(request, method="GET"))


def _without_authorization(service: Service, request: ReceivedRequest) -> FakeResponse:
    return respond(service, evolve(request, headers=(("authorization", TOKEN),)))


FAULTY: Mapping[str, tuple[Behaviour, str]] = {
    "accepts invalid input": (_accepting_invalid_ids, "negative_data_rejection"),
    "returns a number for an int64": (_with_a_number, "response_schema_conformance"),
    "ignores the method": (_for_any_method, "unsupported_method"),
    "ignores authorization": (_without_authorization, "ignored_auth"),
}
"""A server with a bug, and the schemathesis check that finds it."""

GATEWAY_RETURNS_501 = frozenset({("unsupported_method", 501), ("not_a_server_error", 501)})
"""The findings for a correct server: a gRPC gateway returns UNIMPLEMENTED for an unknown method, and not 405."""


def _findings(behaviour: Behaviour, service: Service, cases: int) -> set[tuple[str, int]]:
    """Run schemathesis; return each failed check with the status of the response."""
    with listening(partial(behaviour, service)) as url:
        config = _CONFIG.from_dict(_settings(url, cases))
        schema = _OPENAPI.from_path(SPECIFICATION, config=config)
        fuzzing = list(from_schema(schema).execute())
    assert not [event for event in fuzzing if isinstance(event, events.NonFatalError | events.FatalError)]
    scenarios = [event for event in fuzzing if isinstance(event, events.ScenarioFinished)]
    return {finding for scenario in scenarios for finding in _failed_checks(scenario)}


def _settings(url: str, cases: int) -> dict[str, Any]:
    return {
        "base-url": url,
        "headers": {"Authorization": TOKEN},
        "generation": {"deterministic": True, "max-examples": cases},
        "phases": {"stateful": {"enabled": False}},
        "continue-on-failure": True,
    }


def _failed_checks(scenario: events.ScenarioFinished) -> set[tuple[str, int]]:
    recorder = scenario.recorder
    statuses = {case: row.response.status_code for case, row in recorder.interactions.items() if row.response}
    return {
        (check.name, statuses[case])
        for case, checks in recorder.checks.items()
        for check in checks
        if check.failure_info
    }


def test_the_server_conforms_to_the_specification(service: Service) -> None:
    """For valid and invalid requests, except for the behaviour of a gateway."""
    assert _findings(correct, service, cases=100) == GATEWAY_RETURNS_501


@pytest.mark.parametrize(("behaviour", "check"), FAULTY.values(), ids=FAULTY)
def test_a_seeded_bug_is_found(service: Service, behaviour: Behaviour, check: str) -> None:
    """By the expected check."""
    assert check in {name for name, _ in _findings(behaviour, service, cases=10) - GATEWAY_RETURNS_501}
