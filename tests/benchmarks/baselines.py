"""The baselines of the benchmarks: servers in processes of their own and the plain openapi-python-client."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import trustme

SPECIFICATION = Path(__file__).parents[2] / "spec" / "openapi.yaml"
_SERVERS = Path(__file__).with_name("servers.py")


def image(layers: int) -> dict[str, Any]:
    """An image in JSON with that many layers."""
    return {
        "id": "crp5o1vp3mk7vq1ql0b9",
        "name": "crpd9s2vq1m0h6t3k8ra/web/api",
        "digest": f"sha256:{'5f' * 32}",
        "compressedSize": "48213907",
        "config": {"id": "crp0a1c9b7h2v6n5d3me", "digest": f"sha256:{'9c' * 32}", "size": "7318"},
        "layers": [
            {"id": f"crp{number:017}", "digest": f"sha256:{number:064x}", "size": str(1_000_000 + number)}
            for number in range(layers)
        ],
        "tags": ["latest", "2.4.1"],
        "createdAt": "2026-03-14T09:26:53.589793238Z",
    }


@contextmanager
def serving(kind: str, content: bytes, *options: str) -> Generator[int]:
    """A server of `servers.py`; gives its port."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        command = [sys.executable, str(_SERVERS), kind, file.name, *options]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            yield int(process.stdout.readline())
            process.communicate("")


@contextmanager
def serving_https(content: bytes) -> Generator[tuple[int, str]]:
    """A server with TLS; gives its port and the path of the certificate to trust."""
    authority = trustme.CA()
    chain = authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem
    with (
        authority.cert_pem.tempfile() as certificate,
        chain.tempfile() as chain_file,
        serving("https", content, chain_file) as port,
    ):
        yield port, certificate


@contextmanager
def plain_client() -> Generator[Any]:
    """Import the plain output of openapi-python-client for the specification as `plain`."""
    with tempfile.TemporaryDirectory() as folder:
        program = Path(sys.executable).with_name("openapi-python-client")
        options = ["--path", str(SPECIFICATION), "--meta", "none", "--output-path", f"{folder}/plain"]
        subprocess.run([str(program), "generate", *options], check=True, capture_output=True)
        sys.path.insert(0, folder)
        try:
            yield importlib.import_module("plain")
        finally:
            sys.path.remove(folder)
            for name in [name for name in sys.modules if name.partition(".")[0] == "plain"]:
                del sys.modules[name]


def body(layers: int) -> bytes:
    """The bytes of an image as the service sends them."""
    return json.dumps(image(layers), separators=(",", ":")).encode()
