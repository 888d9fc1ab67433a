"""Requests pass unchanged through nginx and haproxy, which decode and rewrite paths."""

from __future__ import annotations

import shutil
import socket
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote_to_bytes

import pytest

from generated_client import Client
from tests.client.callers import TOKEN
from tests.client.server import OK, Server, sending, serving

pytestmark = pytest.mark.slow

NGINX = """
daemon off; master_process off; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ }}
http {{
    access_log off; client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
    uwsgi_temp_path {folder}; scgi_temp_path {folder};
    proxy_http_version 1.1; proxy_set_header Connection "";
    server {{
        listen {listen};
        location /plain/ {{ proxy_pass http://127.0.0.1:{origin}/; }}
        location /prefix/ {{ proxy_pass http://127.0.0.1:{origin}/gateway/; }}
        location /rewrite/ {{ rewrite ^/rewrite/(.*)$ /$1 break; proxy_pass http://127.0.0.1:{origin}; }}
        location /routed/container-registry/v1/ {{ proxy_pass http://127.0.0.1:{origin}/container-registry/v1/; }}
    }}
}}
"""

HAPROXY = """
global
    expose-experimental-directives
defaults
    mode http
    timeout connect 5s
    timeout client 30s
    timeout server 30s
frontend front
    bind {listen}
    http-request normalize-uri path-merge-slashes
    http-request normalize-uri path-strip-dot
    http-request normalize-uri path-strip-dotdot full
    http-request normalize-uri percent-decode-unreserved
    http-request normalize-uri percent-to-uppercase
    default_backend origin
backend origin
    server origin 127.0.0.1:{origin}
"""

IDS = [
    *("crp5o1vp3mk7vq1ql0b9", "...", "..;", ".a", "a b", "a?b=c#d", "a\\b", "%2e%2e", "%2F", "%252F", "a%00b"),
    *("&=+;,:@$!*'()~^`{}|<>[]\"", "образ", "\N{BOY}", "\xa0"),
]


@contextmanager
def running(program: list[str], port: int) -> Generator[None]:
    """Run a proxy until the end of the block, from when on it accepts connections."""
    with subprocess.Popen(program, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            while process.poll() is None:
                try:
                    socket.create_connection(("127.0.0.1", port)).close()
                    break
                except ConnectionRefusedError:
                    continue
            assert process.poll() is None, "the proxy has ended"
            yield
        finally:
            process.terminate()


@contextmanager
def proxied(name: str, template: str, folder: Path) -> Generator[tuple[Server, int]]:
    """Run a proxy before a server; give the server and the port of the proxy."""
    program = shutil.which(name, path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
    if program is None:
        pytest.skip(f"{name} is not installed")
    with serving(sending(OK)) as server, socket.socket() as reserved:
        reserved.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        reserved.bind(("127.0.0.1", 0))  # Bound but not listening: nobody else is given the port.
        port = int(reserved.getsockname()[1])
        listen = f"127.0.0.1:{port} reuseport" if name == "nginx" else f"127.0.0.1:{port}"
        file = folder / f"{name}.conf"
        file.write_text(template.format(folder=folder, listen=listen, origin=server.port), encoding="utf-8")
        command = [program, "-p", str(folder), "-c", str(file)] if name == "nginx" else [program, "-f", str(file)]
        with running(command, port):
            yield server, port


def check_ids(server: Server, url: str, prefix: str = "") -> None:
    """Call with each identifier, and look at what the server was sent."""
    with Client(TOKEN, base_url=url) as client:
        for image_id in IDS:
            server.requests.clear()
            client.images.get(image_id)
            path = server.requests[0].split()[1]
            *parents, segment = path.split(b"/")
            assert b"/".join(parents).decode() == f"{prefix}/container-registry/v1/images"
            assert unquote_to_bytes(segment).decode() == image_id


@pytest.mark.parametrize(
    ("location", "prefix"), [("/plain", ""), ("/prefix", "/gateway"), ("/rewrite", ""), ("/routed", "")]
)
def test_an_id_comes_through_nginx(location: str, prefix: str, tmp_path: Path) -> None:
    with proxied("nginx", NGINX, tmp_path) as (server, port):
        check_ids(server, f"http://127.0.0.1:{port}{location}", prefix)


def test_an_id_comes_through_haproxy(tmp_path: Path) -> None:
    with proxied("haproxy", HAPROXY, tmp_path) as (server, port):
        check_ids(server, f"http://127.0.0.1:{port}")
