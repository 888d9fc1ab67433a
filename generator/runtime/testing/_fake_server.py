"""The fake server of a test: its resources, its planned faults, and the requests that it received."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Collection
from contextlib import ExitStack
from importlib.resources import files
from types import TracebackType
from typing import Self

from .._json_values import JsonObject
from .._wire import Decoder, Message
from ..errors import DecodeError, InvalidParameter
from ._gateway import Violation, respond, route
from ._messages import FakeResponse, ReceivedRequest
from ._server import listening
from ._service import Service
from ._transport import FakeTransport
from .faults import Fault

SERVICE = "service.json"
"""The service as the contract describes it, with its examples; the generator writes this file."""


class FakeServer:
    """A service that follows the contract, for tests: over HTTP inside a `with` block, or through its `transport`.

    It holds the contract's examples and what a test adds, and checks each request as the service would. Threads and
    event loops may share it.
    """

    def __init__(self, service: Service | None = None) -> None:
        """Make a fake server without requests, faults or resources of a test.

        Args:
            service: The service to imitate, instead of the one of this client.
        """
        self._initial_service = self._service = service or contract_service()
        self._planned: deque[Fault] = deque()
        self._running = ExitStack()
        self._url = ""
        self.requests: list[ReceivedRequest] = []
        """The requests in the order in which they came."""
        self.violations: list[str] = []
        """A line for each request that violated the contract, whatever its response."""
        self.transport = FakeTransport(self._respond)
        """A transport for sync and async clients, which needs no socket."""

    @property
    def url(self) -> str:
        """The base URL for a client. Raises RuntimeError outside a `with` block."""
        if not self._url:
            raise RuntimeError(
                "the fake server serves HTTP only inside a `with` block; without one, use its `transport`"
            )
        return self._url

    def __enter__(self) -> Self:
        self._url = self._running.enter_context(listening(self._respond))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._url = ""
        self._running.close()

    def add(self, resource: Message) -> None:
        """Add a resource, such as an image; it replaces one with the same `id`.

        Raises:
            DecodeError: A field is unknown to the contract, or its value is of another type.
            InvalidParameter: No operation returns such a resource, or no request could ask for its `id`.
        """
        plain, decoder = resource.to_dict(), _StrictDecoder()
        resource.decode(plain, decoder)
        if decoder.problems:
            raise DecodeError(tuple(decoder.problems))
        try:
            self._service = self._service.holding(type(resource).__name__, plain)
        except ValueError as problem:
            raise InvalidParameter("resource", f"cannot be held: {problem}") from None

    def enqueue(self, *faults: Fault) -> None:
        """Plan a fault for each of the next requests, in order."""
        self._planned.extend(faults)

    def reset(self) -> None:
        """Forget all requests, planned faults and added resources."""
        self._service = self._initial_service
        self._planned.clear()
        self.requests.clear()
        self.violations.clear()

    def assert_faults_consumed(self) -> None:
        """Raise AssertionError if a planned fault was not used."""
        unused = [getattr(fault, "__qualname__", repr(fault)).partition(".")[0] for fault in self._planned]
        if unused:
            raise AssertionError(f"planned faults were not used: {', '.join(unused)}")

    def assert_no_violations(self) -> None:
        """Raise AssertionError if a request violated the contract."""
        if self.violations:
            raise AssertionError(f"requests violated the contract: {'; '.join(self.violations)}")

    def _respond(self, request: ReceivedRequest) -> FakeResponse:
        self.requests.append(request)
        routed = route(self._service, request)
        if isinstance(routed, Violation):
            self.violations.append(f"{request.method} {request.path}: {routed.reason}")
        try:
            fault = self._planned.popleft()
        except IndexError:
            fault = respond
        return fault(self._service, request)


class _StrictDecoder(Decoder):
    """A decoder that reports unknown fields."""

    def unknown(self, data: JsonObject, known: Collection[str]) -> dict[str, object]:
        fields = super().unknown(data, known)
        for name, value in fields.items():
            self._note(name, "no field of that name", value)
        return fields


def contract_service() -> Service:
    """Return the service of the contract."""
    return Service.from_dict(json.loads((files(__name__.rpartition(".")[0]) / SERVICE).read_bytes()))
