"""The workloads that are measured, as rows: the workload, its baseline, the goal, the measured ratio."""

from __future__ import annotations

import cProfile
import gc
import importlib
import json
import threading
import time
import tracemalloc
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import anyio
import httpx
import httpx2
import requests
from httpx_aiohttp import AiohttpTransport

from generated_client import AsyncClient, Blob, Client, Image
from generated_client._wire import new_message
from tests.benchmarks.baselines import body, image, plain_client, serving
from tests.benchmarks.timing import interleaved, ratio, timed

ID = "crp5o1vp3mk7vq1ql0b9"
PATH = f"/container-registry/v1/images/{ID}"

Row = tuple[str, str, str, str]


def readings() -> Iterator[Row]:
    """Bytes to a checked model, beside parsing their JSON alone."""
    with plain_client():
        plain = importlib.import_module("plain.models").Image
        for layers, goal, times in ((127, "≤ 2.0", 10), (10, "≤ 2.0", 60), (1, "≤ 2.0", 150)):
            content = body(layers)
            work = f"read {layers} layer{'s' if layers > 1 else ''}"
            parse = _repeated(partial(json.loads, content), times)
            for name, model, aim in ((work, Image, goal), (f"{work}, by plain openapi-python-client", plain, "–")):
                read = _repeated(partial(_read, model, content), times)
                yield name, "`json.loads`", aim, str(interleaved(read, parse, 60, time.process_time))


def parts() -> Iterator[Row]:
    """Measure each part of decoding 127 layers alone, beside parsing their JSON."""
    content = body(127)
    layers: list[dict[str, str]] = json.loads(content)["layers"]

    def objects() -> None:
        for _ in layers:
            layer = new_message(Blob)
            layer.id, layer.digest, layer.size, layer.additional_properties = "", "", 1, {}

    def texts() -> None:
        for layer in layers:
            for name in ("id", "digest", "size"):
                _ = type(text := layer[name]) is str and text.isascii()

    spent: dict[str, Callable[[], object]] = {
        "an object of Python for each layer": objects,
        "its three texts taken out and checked": texts,
        "the conversion of its size": lambda: [int(layer["size"]) for layer in layers],
    }
    parse = _repeated(partial(json.loads, content), 10)
    for name, part in spent.items():
        measured = interleaved(_repeated(part, 10), parse, 60, time.process_time)
        yield f"… of 127 layers: {name}", "`json.loads`", "–", str(measured)


def calls() -> Iterator[Row]:
    """One synchronous call with the reading of ten layers: CPU time of the client's process."""
    with serving("http", body(10)) as port, serving("grpc", message(10)) as grpc_port, plain_client() as plain:
        url = f"http://127.0.0.1:{port}"
        client = Client("t", base_url=url)
        raw, session = httpx.Client(), requests.Session()
        get = importlib.import_module("plain.api.images.images_get").sync
        authenticated = plain.AuthenticatedClient(base_url=url, token="t")
        headers = {"authorization": "Bearer t"}
        baselines: dict[str, Callable[[], object]] = {
            "raw httpx and `json`": lambda: json.loads(raw.get(url + PATH, headers=headers).content),
            "plain openapi-python-client": lambda: get(ID, client=authenticated),
            "requests and `json`": lambda: session.get(url + PATH, headers=headers).json(),
            "the provider's gRPC stub": _stub(grpc_port),
        }
        for name, call in baselines.items():
            goal = "≤ 0.8" if name.startswith("raw") else "–"
            spent = interleaved(
                _repeated(lambda: client.images.get(ID), 100), _repeated(call, 100), 25, time.process_time
            )
            yield "one sync call with 10 layers, CPU", name, goal, str(spent)


def crowds() -> Iterator[Row]:
    """Calls in flight at once: how many times as many go through as through other clients in the same run."""
    goals = {"raw `httpx.AsyncClient`": "≥ 4 times as many", "raw `httpx2.AsyncClient`": "≥ 2 times as many"}
    with serving("http", body(10)) as port:
        url = f"http://127.0.0.1:{port}"
        for crowd in (20, 100):
            pairs: dict[tuple[str, str], list[tuple[float, float]]] = {}
            for _ in range(5):
                own = _timed_run(_crowd, url, crowd, None)
                over_aiohttp = _timed_run(_crowd, url, crowd, AiohttpTransport)
                for baseline, library in zip(goals, (httpx, httpx2), strict=True):
                    raw = _timed_run(_raw_crowd, url, crowd, library)
                    pairs.setdefault(("by default", baseline), []).append((raw, own))
                    pairs.setdefault(("with httpx-aiohttp", baseline), []).append((raw, over_aiohttp))
            for (name, baseline), measured in pairs.items():
                goal = goals[baseline] if name == "by default" else "–"
                yield f"async, {crowd} calls in flight, {name}", baseline, goal, str(ratio(measured))


def shares() -> Iterator[Row]:
    """The share of each library in the time of calls in flight; the rest is built in, or the standard library."""
    profile = cProfile.Profile()
    libraries = ("h11", "httpcore", "anyio", "asyncio", "generated_client")
    with serving("http", body(10)) as port:
        url = f"http://127.0.0.1:{port}"
        _timed_run(_crowd, url, 20, None)
        profile.runcall(_timed_run, _crowd, url, 20, None)
    spent: Counter[str] = Counter()
    for entry in profile.getstats():
        file = "" if isinstance(entry.code, str) else entry.code.co_filename
        name = next((library for library in libraries if f"/{library}/" in file), "others")
        spent[name] += int(1e9 * entry.inlinetime)
    for library in libraries:
        yield f"… of 20 calls in flight: `{library}`", "the whole", "–", f"{spent[library] / spent.total():.0%}"


def memory() -> Iterator[Row]:
    """Measure the memory of 2,000 images with 10 layers, and of clients that have made a call."""
    with plain_client():
        plain = importlib.import_module("plain.models").Image
        documents = [image(10) for _ in range(2_000)]
        ours, theirs = (
            _traced_size([partial(model.from_dict, document) for document in documents]) for model in (Image, plain)
        )
    yield "memory of 2,000 images with 10 layers", "plain openapi-python-client", "≤ 0.8", f"{ours / theirs:.2f}"
    with serving("http", body(10)) as port:
        url = f"http://127.0.0.1:{port}"

        def own() -> Client:
            client = Client("t1.a.b", base_url=url)
            client.images.get(ID)
            return client

        def raw() -> httpx.Client:
            client = httpx.Client()
            client.get(url + PATH)
            return client

        for warm_up in (own, raw):
            warm_up()
        yield (
            "memory of an open client",
            "raw `httpx.Client`",
            "–",
            f"{_traced_size([own] * 20) / _traced_size([raw] * 20):.2f}",
        )


def soak() -> Iterator[Row]:
    """20,032 calls of 64 threads, a tenth of the responses a 503: calls lost, memory gained, sockets left open."""
    with serving("faulty", body(10)) as port, Client("t", base_url=f"http://127.0.0.1:{port}", retries=9) as client:
        done, sizes, work = [0] * 64, [0, 0], threading.Barrier(64)

        def caller(number: int) -> None:
            work.wait()
            for count in range(313):
                done[number] += client.images.get(ID, timeout=120).id == ID
                if not number and count == 31:
                    sizes[0] = _resident()

        threads = [threading.Thread(target=caller, args=(number,)) for number in range(64)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        sizes[1] = _resident()
    lost, growth = 64 * 313 - sum(done), sizes[1] / sizes[0] - 1
    sockets = sum(
        "socket" in str(descriptor.readlink())
        for descriptor in Path("/proc/self/fd").iterdir()
        if descriptor.is_symlink()
    )
    yield "20,032 calls, 64 threads, 10 % faults: lost", "–", "0", str(lost)
    yield "… growth of memory after the first tenth", "–", "none", f"{growth:.1%}"
    yield "… sockets open after `close`", "–", "0", str(sockets)


def _read(model: Any, content: bytes) -> object:
    return model.from_dict(json.loads(content))


def _repeated(work: Callable[[], object], times: int) -> Callable[[], None]:
    def repeat() -> None:
        for _ in range(times):
            work()

    return repeat


def _timed_run(work: Callable[..., Awaitable[None]], *arguments: object) -> float:
    return timed(lambda: anyio.run(work, *arguments))


async def _crowd(url: str, crowd: int, transport: Callable[[], httpx.AsyncBaseTransport] | None) -> None:
    async with AsyncClient("t", base_url=url, transport=transport() if transport else None) as client:
        await _in_flight(lambda: client.images.get(ID), crowd)


async def _raw_crowd(url: str, crowd: int, library: Any) -> None:
    async with library.AsyncClient() as client:

        async def call() -> object:
            return json.loads((await client.get(url + PATH, headers={"authorization": "Bearer t"})).content)

        await _in_flight(call, crowd)


async def _in_flight(call: Callable[[], Awaitable[object]], crowd: int) -> None:
    async def several() -> None:
        for _ in range(500 // crowd):
            await call()

    async with anyio.create_task_group() as group:
        for _ in range(crowd):
            group.start_soon(several)


def _traced_size(makers: Sequence[Callable[[], object]]) -> int:
    """Return the memory that Python holds for what the functions return."""
    gc.collect()
    tracemalloc.start()
    made = [make() for make in makers]
    gc.collect()
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(made) == len(makers)
    return size


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])


def message(layers: int) -> bytes:
    read = importlib.import_module("google.protobuf.json_format").ParseDict
    message = importlib.import_module("yandex.cloud.containerregistry.v1.image_pb2").Image()
    return bytes(read(image(layers), message).SerializeToString())


def _stub(port: int) -> Callable[[], object]:
    service = importlib.import_module("yandex.cloud.containerregistry.v1.image_service_pb2_grpc")
    messages = importlib.import_module("yandex.cloud.containerregistry.v1.image_service_pb2")
    stub = service.ImageServiceStub(importlib.import_module("grpc").insecure_channel(f"127.0.0.1:{port}"))
    return lambda: stub.Get(messages.GetImageRequest(image_id=ID), metadata=(("authorization", "Bearer t"),))
