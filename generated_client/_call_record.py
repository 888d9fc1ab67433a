# Generated from spec/openapi.yaml by container-registry-client-generator; do not edit; renew with `make generate`.
"""The values that an error carries: the call, its attempts, the status, and the wrong fields of a response."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from attrs import frozen

_SHOWN = 300
"""The most characters of a server's text that a message quotes."""


class RpcStatus(Protocol):
    """`google.rpc.Status`: why a call failed, as the service says it."""

    @property
    def code(self) -> int:
        """The status code of gRPC."""
        ...

    @property
    def message(self) -> str:
        """The error message, for developers."""
        ...

    @property
    def details(self) -> Sequence[Mapping[str, object]]:
        """Machine-readable details, each naming its message type under `@type`."""
        ...


@frozen
class Attempt:
    """One attempt of a call: why it failed, and the seconds waited after it, zero after the last."""

    reason: str
    delay: float


@frozen
class Call:
    """One call as far as it came; never holds the token.

    `body` has at most the first 2,000 bytes of the response. `client_request_id` was sent with the request;
    `request_id` and `server_trace_id` are the service's, if it sent them. `elapsed` counts seconds.
    """

    method: str
    url: str
    client_request_id: str
    status_code: int = 0
    body: bytes = b""
    request_id: str | None = None
    server_trace_id: str | None = None
    attempts: tuple[Attempt, ...] = ()
    elapsed: float = 0.0

    def summary(self, outcome: str) -> str:
        """Return one line with everything that a support engineer needs."""
        ids = {
            "request id": self.request_id,
            "server trace id": self.server_trace_id,
            "client request id": self.client_request_id,
        }
        tries = f"{len(self.attempts)} attempt{'s' if len(self.attempts) > 1 else ''} in {self.elapsed:.2f} s"
        details = ", ".join([tries, *(f"{name} {one_line(value)}" for name, value in ids.items() if value is not None)])
        return f"{self.method} {self.url}: {outcome} ({details})"


@frozen
class Problem:
    """One field of a response that violates the contract: `layers[3].size` is not an int64."""

    path: str
    expected: str
    value: str

    def __str__(self) -> str:
        return f"{self.path or 'the body'}: expected {self.expected}, got {self.value}"


def one_line(text: str) -> str:
    """Return the start of a server's text for a terminal, with escapes for unprintable characters."""
    line = "".join(character if character.isprintable() else ascii(character)[1:-1] for character in text[: _SHOWN + 1])
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}..."
