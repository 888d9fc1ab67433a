# Generated from spec/openapi.yaml by container-registry-client-generator; do not edit; renew with `make generate`.
"""The traffic of a connection: tells a stale connection from a broken one, and finds bytes after a response."""

from __future__ import annotations


class Traffic:
    """The traffic of a connection, and the received byte that belongs to no response.

    The last received byte is delivered by a read of its own. The HTTP parser reads on only while the response is not
    complete, so a byte that stays here came after the end of the response: the connection must not be used again.
    """

    __slots__ = ("awaits_first_byte", "is_reused", "withheld")

    def __init__(self) -> None:
        self.withheld = b""
        self.is_reused = False
        """True if an earlier request got a response."""
        self.awaits_first_byte = True
        """True if nothing of the current response has arrived."""

    def on_write(self) -> None:
        """Note that a part of a request is sent."""
        if not self.awaits_first_byte:
            self.is_reused = self.awaits_first_byte = True

    def on_read(self, data: bytes) -> bytes:
        """Return the part of the received bytes to deliver now."""
        if data:
            self.awaits_first_byte = False
        if len(data) > 1:
            self.withheld = data[-1:]
            return data[:-1]
        return data

    def take_withheld(self) -> bytes:
        """Return the byte that was not delivered, if there is one."""
        data, self.withheld = self.withheld, b""
        return data

    @property
    def is_stale(self) -> bool:
        """True if the connection served an earlier request and no byte of this response has arrived."""
        return self.is_reused and self.awaits_first_byte
