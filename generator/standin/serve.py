"""Serves the examples of a specification until Ctrl-C."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from itertools import cycle
from math import isfinite
from pathlib import Path
from types import MappingProxyType
from typing import TextIO

from generator.errors import InputError, Location
from generator.readers.openapi import read_specification
from generator.readers.openapi.examples import served
from generator.runtime.testing import FakeResponse, Fault, ReceivedRequest, Service, faults, respond
from generator.runtime.testing._gateway import CODES
from generator.runtime.testing._messages import Respond
from generator.runtime.testing._server import HOST, listening

FAULTS: Mapping[str, Fault] = MappingProxyType(
    {
        "none": respond,
        "cut": faults.cut_before_headers,
        "cut-in-body": faults.cut_in_body,
        "html-502": faults.html_502,
        "not-json": faults.not_json,
        "truncated-json": faults.truncated_json,
        "not-typed-json": faults.not_typed_json,
    }
)
"""Name on the command line -> fault."""

FAULTS_WITH_NUMBER: Mapping[str, Callable[[float], Fault]] = MappingProxyType(
    {
        "code": lambda number: faults.grpc_error(_code(number)),
        "status": lambda number: faults.http_error(int(number)),
        "retry-after": lambda number: faults.rate_limited(int(number)),
        "retry-after-date": faults.rate_limited_until,
        "delay": faults.delayed,
        "slow-body": faults.slow_body,
    }
)
"""Name on the command line -> fault with a number: a gRPC code, an HTTP status, or seconds."""


def parse_fault(text: str) -> Fault:
    """Parse a fault of the command line, such as `cut` or `delay=0.5`. Raises InputError for an unknown one."""
    name, with_number, number = text.partition("=")
    if name in FAULTS and not with_number:
        return FAULTS[name]
    names = ", ".join((*FAULTS, *(f"{name}=NUMBER" for name in FAULTS_WITH_NUMBER)))
    unknown = InputError(f"unknown fault; choose from: {names}", Location(text))
    if name not in FAULTS_WITH_NUMBER:
        raise unknown
    try:
        return FAULTS_WITH_NUMBER[name](_number(number))
    except ValueError as problem:
        raise unknown from problem


def _number(text: str) -> float:
    number = float(text)
    if not isfinite(number) or number < 0:
        raise ValueError(f"{text} is negative or not finite")
    return number


def _code(number: float) -> int:
    if number not in CODES:
        raise ValueError(f"{number} is not a gRPC code of an error")
    return int(number)


def serve(specification: Path, port: int | None, fault_names: Sequence[str] = ()) -> int:
    """Serve the examples of an OpenAPI file on a port (None: a free one) until SIGINT or SIGTERM; then 0.

    The URL goes to standard output, each request to standard error. The faults apply to the requests in turn,
    repeatedly. Raises InputError for an invalid file, port or fault.
    """
    service = served(read_specification(specification))
    turns = cycle([*map(parse_fault, fault_names)] or [respond])

    def respond_in_turn(request: ReceivedRequest) -> FakeResponse:
        response = next(turns)(service, request)
        _print(sys.stderr, f"{request.method} {request.path} -> {response.status}")
        return response

    with _signals() as wait, _listening(respond_in_turn, port or 0) as url:
        _print_examples(service, url)
        wait()
    return 0


@contextmanager
def _listening(respond: Respond, port: int) -> Generator[str]:
    location = Location(f"{HOST}:{port}")
    if not 0 <= port <= 65535:
        raise InputError("invalid port; choose one from 0 to 65535", location)
    with ExitStack() as stack:
        try:
            url = stack.enter_context(listening(respond, port))
        except OSError as problem:
            message = f"cannot listen: {os.strerror(problem.errno or 0)}; choose another port"
            raise InputError(message, location) from problem
        yield url


@contextmanager
def _signals() -> Generator[Callable[[], object]]:
    """Yield a function that waits for SIGINT or SIGTERM; threads started meanwhile do not receive them."""
    signals = {signal.SIGINT, signal.SIGTERM}
    before = signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    try:
        yield lambda: signal.sigwait(signals)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _print_examples(service: Service, url: str) -> None:
    _print(sys.stdout, url)
    _print(sys.stderr, "Any bearer token works; Ctrl-C stops. Examples:")
    for endpoint in service.endpoints:
        for example in endpoint.examples:
            path = endpoint.template.replace(f"{{{endpoint.identified_by}}}", str(example.get("id", "")))
            _print(sys.stderr, f"  {endpoint.method} {url}{path}")


def _print(stream: TextIO, line: str) -> None:
    stream.write(f"{line}\n")
    stream.flush()
