"""The workloads of whole processes: programs until their first image, and the commands of the generator."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from tests.benchmarks.baselines import SPECIFICATION, body, serving, serving_https
from tests.benchmarks.timing import interleaved, ratio
from tests.benchmarks.workloads import ID, PATH, Row, message
from tests.many_operations import specification_of

_ROUNDS = 7

_ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
_ENVIRONMENT["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{_ENVIRONMENT['PATH']}"
"""The modules of every process are compiled, and openapi-python-client finds Ruff."""

_ALONE = 'import sys; sys.modules["trio"] = sys.modules["click"] = None\n'
"""The libraries of httpx and httpcore import these two if they are there, which they are for the project's tests."""

_SESSION = """import {library}
with {library}.{client}() as client:
    print(client.get(sys.argv[1] + "{path}", headers={{"authorization": "Bearer t1.a.b"}}).json()["name"])
"""

PROGRAM = f"""from generated_client import Client
with Client("t1.a.b", base_url=sys.argv[1]) as client:
    print(client.images.get("{ID}").name)
"""

BASELINES = {
    "raw httpx": _SESSION.format(library="httpx", client="Client", path=PATH),
    "raw httpx2": _SESSION.format(library="httpx2", client="Client", path=PATH),
    "requests": _SESSION.format(library="requests", client="Session", path=PATH),
    "`http.client`": f"""import http.client, json
connection = http.client.HTTPConnection(sys.argv[1].removeprefix("http://"))
connection.request("GET", "{PATH}", headers={{"authorization": "Bearer t1.a.b"}})
print(json.loads(connection.getresponse().read())["name"])
""",
    "the provider's gRPC stub": f"""import grpc
from yandex.cloud.containerregistry.v1.image_service_pb2 import GetImageRequest
from yandex.cloud.containerregistry.v1.image_service_pb2_grpc import ImageServiceStub
stub = ImageServiceStub(grpc.insecure_channel(sys.argv[1].removeprefix("http://")))
print(stub.Get(GetImageRequest(image_id="{ID}"), metadata=(("authorization", "Bearer t1.a.b"),)).name)
""",
}
"""Client -> the program that gets the name of an image with it."""


def cold_start() -> Iterator[Row]:
    """A program from the start of the interpreter to its first image: CPU time."""
    with serving("http", body(10)) as port, serving("grpc", message(10)) as grpc_port:
        for name, program in BASELINES.items():
            goal = "≤ 1.05" if name == "raw httpx" else "–"
            baseline_port = grpc_port if "gRPC" in name else port
            pair = (
                _program(PROGRAM, f"http://127.0.0.1:{port}"),
                _program(program, f"http://127.0.0.1:{baseline_port}"),
            )
            measured = interleaved(*pair, _ROUNDS, _child_time)
            yield "a program with one call by http, CPU", name, goal, str(measured)
    with serving_https(body(10)) as (port, certificate):
        environment = {**_ENVIRONMENT, "SSL_CERT_FILE": certificate}
        own, raw = (
            _program(program, f"https://127.0.0.1:{port}", environment) for program in (PROGRAM, BASELINES["raw httpx"])
        )
        measured = interleaved(own, raw, _ROUNDS, _child_time)
        yield "a program with one call by https, CPU", "raw httpx", "≤ 1.05", str(measured)


def commands() -> Iterator[Row]:
    """The commands of the generator: CPU time."""
    generator = [sys.executable, "-m", "generator"]
    with tempfile.TemporaryDirectory() as folder:
        plain = [str(Path(sys.executable).with_name("openapi-python-client")), "generate", "--path", str(SPECIFICATION)]
        plain += ["--meta", "none", "--overwrite", "--output-path", f"{folder}/plain"]
        client = ["--client", f"{folder}/client"]
        generate = partial(_run, [*generator, "generate", *client])
        generate()
        rows: dict[tuple[str, str, str], tuple[Callable[[], None], Callable[[], None]]] = {
            ("`generate`", "plain openapi-python-client", "≤ 0.8"): (generate, partial(_run, plain)),
            ("… of it: to import openapi-python-client", "plain openapi-python-client", "–"): (
                partial(_run, [sys.executable, "-c", "import openapi_python_client"]),
                partial(_run, plain),
            ),
            ("`generate --check`", "`generate`", "≤ 1.05"): (
                partial(_run, [*generator, "generate", "--check", *client]),
                generate,
            ),
            ("`contract`", "`generate`", "≤ 1"): (partial(_run, [*generator, "contract", *client]), generate),
        }
        for (name, baseline, goal), pair in rows.items():
            yield f"{name}, CPU", baseline, goal, str(interleaved(*pair, 3, _child_time))


def growth() -> Iterator[Row]:
    """The CPU time that `generate` takes for each further operation, of many and of few."""
    with tempfile.TemporaryDirectory() as folder:

        def spent(operations: int) -> float:
            specification = Path(folder) / f"{operations}.yaml"
            specification.write_text(specification_of(operations), encoding="utf-8")
            before = _child_time()
            options = ["--spec", str(specification), "--client", f"{folder}/{operations}"]
            _run([sys.executable, "-m", "generator", "generate", *options])
            return _child_time() - before

        rounds = [[spent(operations) for operations in (10, 100, 300)] for _ in range(3)]
    measured = ratio([((many - more) / 200, (more - few) / 90) for few, more, many in rounds])
    yield "`generate`, for each operation from 100 to 300, CPU", "from 10 to 100", "≤ 1.2", str(measured)


def _program(code: str, url: str, environment: Mapping[str, str] = _ENVIRONMENT) -> Callable[[], None]:
    return partial(_run, [sys.executable, "-c", _ALONE + code, url], environment)


def _run(command: Sequence[str], environment: Mapping[str, str] = _ENVIRONMENT) -> None:
    subprocess.run(command, check=True, capture_output=True, env=environment)


def _child_time() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
