"""`serve`: the stand-in for a person, until Ctrl-C."""

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
from generator.readers.openapi.examples import served
from generator.runtime.testing import Answer, Fault, Request, Service, answer, faults
from generator.runtime.testing._gateway import Respond
from generator.runtime.testing._server import HOST, listening
from generator.yaml_document import load

FAULTS: Mapping[str, Fault] = MappingProxyType(
    {
        "none": answer,
        "cut": faults.cut_before_headers,
        "cut-in-body": faults.cut_in_body,
        "html-502": faults.html_502,
        "not-json": faults.not_json,
        "truncated-json": faults.truncated_json,
        "not-typed-json": faults.not_typed_json,
    }
)
"""The faults that are asked for by name."""

FAULTS_WITH_NUMBER: Mapping[str, Callable[[float], Fault]] = MappingProxyType(
    {
        "code": lambda number: faults.failing(int(number)),
        "status": lambda number: faults.failing_with(int(number)),
        "retry-after": lambda number: faults.throttled(int(number)),
        "retry-after-date": faults.throttled_until,
        "delay": faults.late,
        "drip": faults.dripping,
    }
)
"""The faults that are asked for by name and number: a gRPC code, an HTTP status, or seconds."""


def fault_named(text: str) -> Fault:
    """The fault that a command line asks for: `cut`, `drip=0.5`. Raises InputError for what is none."""
    name, with_number, number = text.partition("=")
    try:
        return FAULTS_WITH_NUMBER[name](_number(number)) if with_number else FAULTS[name]
    except (KeyError, ValueError) as problem:
        names = ", ".join((*FAULTS, *(f"{one}=NUMBER" for one in FAULTS_WITH_NUMBER)))
        raise InputError(f"is no fault of the stand-in; there are {names}", Location(text)) from problem


def _number(text: str) -> float:
    number = float(text)
    if not isfinite(number) or number < 0:
        raise ValueError(f"{text} is no amount")
    return number


def serve(specification: Path, port: int | None, faults_named: Sequence[str] = ()) -> int:
    """Serve the examples of an OpenAPI file on a port (None: a free one) until SIGINT or SIGTERM; then 0.

    The URL goes to standard output, each request to standard error. The faults befall the requests in turn, over
    and over. Raises InputError for a file, a port or a fault that cannot be used.
    """
    service = served(load(specification))
    turns = cycle([fault_named(one) for one in faults_named] or [answer])

    def respond(request: Request) -> Answer:
        given = next(turns)(service, request)
        _say(sys.stderr, f"{request.method} {request.path} -> {given.status}")
        return given

    with _signals() as wait, _listening(respond, port or 0) as url:
        _introduce(service, url)
        wait()
    return 0


@contextmanager
def _listening(respond: Respond, port: int) -> Generator[str]:
    place = Location(f"{HOST}:{port}")
    if not 0 <= port <= 65535:
        raise InputError("is no port; choose one from 0 to 65535", place)
    with ExitStack() as stack:
        try:
            url = stack.enter_context(listening(respond, port))
        except OSError as problem:
            sentence = f"cannot be listened on: {os.strerror(problem.errno or 0)}; choose another port"
            raise InputError(sentence, place) from problem
        yield url


@contextmanager
def _signals() -> Generator[Callable[[], object]]:
    """What waits for Ctrl-C or SIGTERM; threads started within leave these signals to it."""
    awaited = {signal.SIGINT, signal.SIGTERM}
    before = signal.pthread_sigmask(signal.SIG_BLOCK, awaited)
    try:
        yield lambda: signal.sigwait(awaited)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _introduce(service: Service, url: str) -> None:
    _say(sys.stdout, url)
    _say(sys.stderr, "Any bearer token will do; Ctrl-C stops. There is:")
    for endpoint in service.endpoints:
        for example in endpoint.examples:
            path = endpoint.template.replace(f"{{{endpoint.identified_by}}}", example.get("id", ""))
            _say(sys.stderr, f"  {endpoint.method} {url}{path}")


def _say(stream: TextIO, line: str) -> None:
    stream.write(f"{line}\n")
    stream.flush()
