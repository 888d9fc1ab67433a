"""The route to each host: the certificates to trust, and the proxy of an argument or of the environment."""

from __future__ import annotations

import ipaddress
import os
import re
import ssl
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from urllib.parse import unquote, urlsplit

from attrs import frozen

from . import _http
from ._arguments import is_loopback, parse_address
from ._http import httpcore
from .errors import InvalidParameter

Verify = ssl.SSLContext | str | os.PathLike[str] | None
"""The TLS settings of a client, the path of a file of CA certificates in PEM, or the defaults."""

_TLS_VARIABLES = {"SSL_CERT_FILE", "SSL_CERT_DIR", "SSLKEYLOGFILE"}
"""The variables that change the default settings; the files that they name can change too."""

_PORTS = {"http": 80, "https": 443, "socks5": 1080, "socks5h": 1080}
"""Scheme of a proxy -> its default port."""

_URL = re.compile(r"[a-z0-9]+://[^/?#\s]+/?", re.IGNORECASE | re.ASCII)


@frozen
class Route:
    """The route to one host."""

    origin: httpcore.Origin
    context: ssl.SSLContext | None
    proxy: httpcore.Proxy | None


class Routes:
    """The route to each host: TLS for https, and a proxy if the client or the environment names one."""

    def __init__(self, proxy: str | None, verify: Verify) -> None:
        self._proxy = proxy
        self._context = None if verify is None else ssl_context(verify)
        self._routes: dict[str, Route] = {}

    def find(self, origin: httpcore.Origin) -> Route:
        """Return the route to a host. Raises InvalidParameter for settings that cannot be used."""
        key = str(origin)
        if key not in self._routes:
            self._routes[key] = self._make(origin)
        return self._routes[key]

    def _make(self, origin: httpcore.Origin) -> Route:
        host, encrypted = origin.host.decode(), origin.scheme == b"https"
        if not encrypted and not is_loopback(host):  # The metadata service, which no proxy can reach.
            return Route(origin, None, None)
        if encrypted and self._context is None:  # Not before it is needed: loading certificates takes a while.
            self._context = ssl_context(None)
        proxy = None
        if self._proxy is not None:
            proxy = parse_proxy("proxy", self._proxy, self._context)
        elif encrypted:
            proxy = environment_proxy(host, origin.port, self._context)
        return Route(origin, self._context if encrypted else None, proxy)


def ssl_context(verify: Verify) -> ssl.SSLContext:
    """Return the TLS settings of an argument: a context, or the path of a file of CA certificates in PEM.

    Without it, SSL_CERT_FILE or SSL_CERT_DIR count, or else what the HTTP library trusts. Raises InvalidParameter.
    """
    try:
        match verify:
            case ssl.SSLContext():
                return verify
            case None:
                return _http.httpx.create_ssl_context() if _TLS_VARIABLES & os.environ.keys() else _shared_context()
            case str() | os.PathLike() if verify:  # An empty path would be taken for the defaults.
                return ssl.create_default_context(cafile=os.fspath(verify))
            case _:
                pass
    except (OSError, ValueError) as error:
        name = "SSL_CERT_FILE" if verify is None else "verify"
        source = "of the environment (or SSL_CERT_DIR or SSLKEYLOGFILE) " if verify is None else ""
        reason = error.strerror if isinstance(error, OSError) else None
        raise InvalidParameter(name, f"{source}cannot be used: {reason or error}") from None
    raise InvalidParameter("verify", "must be an ssl.SSLContext or the path of a file of CA certificates")


@cache
def _shared_context() -> ssl.SSLContext:
    """Return the TLS settings that all clients share: loading the certificates takes longer than a call."""
    return _http.httpx.create_ssl_context()


def parse_proxy(name: str, value: object, context: ssl.SSLContext | None) -> httpcore.Proxy:
    """Return the proxy of a URL, which may hold a user and a password.

    Raises InvalidParameter for the parameter of that name, without the value.
    """
    text = value if isinstance(value, str) else ""
    match = _URL.fullmatch(text if "://" in text else f"http://{text}")
    try:
        url = urlsplit(match[0] if match else "")
        host = f"[{url.hostname}]" if ":" in str(url.hostname) else url.hostname
        auth = (unquote(url.username).encode(), unquote(url.password or "").encode()) if url.username else None
        address = f"{url.scheme}://{host}:{url.port or _PORTS[url.scheme]}"
        proxy = httpcore.Proxy(address, auth, ssl_context=context if url.scheme == "https" else None)
    except (LookupError, TypeError, ValueError):  # The text of the error can show the password.
        raise InvalidParameter(name, "must be the URL of a proxy, such as http://host:port") from None
    if url.scheme.startswith("socks") and find_spec("socksio") is None:
        raise InvalidParameter(name, "is a SOCKS proxy, which needs the package socksio")
    return proxy


def environment_proxy(host: str, port: int, context: ssl.SSLContext | None) -> httpcore.Proxy | None:
    """Return the proxy that HTTPS_PROXY or ALL_PROXY names, unless NO_PROXY exempts the host. Raises InvalidParameter.

    NO_PROXY lists hosts, domain suffixes, `host:port` and networks such as `10.0.0.0/8`.
    """
    from urllib.request import getproxies  # noqa: PLC0415  # https alone needs it, and it takes a while to import

    proxies = getproxies()
    name = "https" if proxies.get("https") else "all"
    url = proxies.get(name)
    if not url or _is_exempt(host, port, proxies.get("no", "")):
        return None
    return parse_proxy(f"{name.upper()}_PROXY", url, context)


def _is_exempt(host: str, port: int, no_proxy: str) -> bool:
    from urllib.request import proxy_bypass  # noqa: PLC0415  # see environment_proxy

    literal = f"[{host}]" if ":" in host else host
    if any(proxy_bypass(name) for name in (host, literal, f"{literal}:{port}")):
        return True
    address = parse_address(host)
    return address is not None and any(address in network for network in _networks(no_proxy))


def _networks(no_proxy: str) -> Iterator[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    for entry in no_proxy.split(","):
        try:
            yield ipaddress.ip_network(entry.strip(), strict=False)
        except ValueError:  # The entry is the name of a host.
            continue
