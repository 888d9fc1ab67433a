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
    """One attempt of a call that failed."""

    reason: str
    """The reason in one line."""
    delay: float
    """Seconds waited after it, zero after the last."""


@frozen
class Call:
    """One call as far as it came; never holds the token."""

    method: str
    """HTTP method."""
    url: str
    """URL, which never holds a secret."""
    client_request_id: str
    """The identifier that was sent with the request, a UUID."""
    status_code: int = 0
    """HTTP status; 0 without a response."""
    body: bytes = b""
    """The first bytes of the response, 2,000 at most."""
    request_id: str | None = None
    """The service's identifier of the request, if it sent one."""
    server_trace_id: str | None = None
    """The service's identifier of its own trace of the request, if it sent one."""
    attempts: tuple[Attempt, ...] = ()
    """Every attempt, the last one included."""
    elapsed: float = 0.0
    """Seconds that the call took."""

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
    """The field, such as `layers[3].size`; empty for the whole body."""
    expected: str
    """The type or the form that the contract asks for."""
    value: str
    """The value as it came, shortened."""

    def __str__(self) -> str:
        return f"{self.path or 'the body'}: expected {self.expected}, got {self.value}"


def one_line(text: str) -> str:
    """Return the start of a server's text for a terminal, with escapes for unprintable characters."""
    line = "".join(character if character.isprintable() else ascii(character)[1:-1] for character in text[: _SHOWN + 1])
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}..."
