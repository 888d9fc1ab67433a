"""A guard that refuses every address but loopback, and remembers the refused ones.

It is an audit hook, so it sees blocking and asynchronous calls, datagrams and name look-ups of any library; a
replaced `socket.socket.connect` would not. It sees neither the calls of C code (gRPC) nor other processes.
"""

import sys
from ipaddress import ip_address
from typing import cast

_LOOK_UPS = {"socket.getaddrinfo", "socket.gethostbyaddr", "socket.gethostbyname"}
"""The audit events whose first argument is a host."""

_CALLS = {"socket.bind", "socket.connect", "socket.sendmsg", "socket.sendto"}
"""The audit events whose second argument is an address: a tuple that starts with the host, on the Internet."""

refused: list[str] = []
"""The refused addresses, even if the code under test swallowed the error."""


class OutsideAddressError(Exception):
    """The tests may reach no host but this one."""


def start() -> None:
    """Guard this process until it ends: an audit hook cannot be removed."""
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    host = _host(event, arguments)
    name = host.decode() if isinstance(host, bytes) else host
    if isinstance(name, str) and not _is_loopback(name):
        refused.append(f"{event} {name}")
        raise OutsideAddressError(refused[-1])


def _host(event: str, arguments: tuple[object, ...]) -> object:
    if event in _LOOK_UPS:
        return arguments[0]
    if event in _CALLS and isinstance(arguments[1], tuple):
        return cast("tuple[object, ...]", arguments[1])[0]
    return None


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
