"""A test adds resources, plans faults and reads requests and violations."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

import generated_client
from generated_client import Blob, Client, Image, Status, errors
from generated_client.errors import DecodeError, InvalidParameter, NotFound, Unauthenticated
from generated_client.testing import FakeResponse, FakeServer, ReceivedRequest, Service, faults, respond

KNOWN = "crp5o1vp3mk7vq1ql0b9"


@pytest.fixture
def client(fake_server: FakeServer) -> Client:
    """A client that calls the fake server in process; it holds nothing that would have to be closed."""
    return Client("t", transport=fake_server.transport, retries=0)


# What it holds.


def test_what_is_added_is_there_as_the_service_would_write_it(fake_server: FakeServer, client: Client) -> None:
    image = Image(id="crp1", name="registry/app", compressed_size=7, layers=[Blob(size=1)], tags=["latest"])
    fake_server.add(image)
    response = client.images.get_detailed("crp1")
    assert response.parsed == image
    assert response.content == (
        b'{"id": "crp1", "name": "registry/app", "compressedSize": "7", "layers": [{"size": "1"}], "tags": ["latest"]}'
    )


def test_what_is_added_takes_the_place_of_what_has_the_same_id(fake_server: FakeServer, client: Client) -> None:
    """And is copied."""
    image = Image(id=KNOWN, tags=["latest"])
    for name in ("one", "two"):
        image.name = name
        fake_server.add(image)
        assert client.images.get(KNOWN) == image
    image.tags.append("new")
    assert client.images.get(KNOWN).tags == ["latest"]
    assert client.images.get("crpq8w3e5r7t1y9u2i4o").name


REFUSED: dict[str, tuple[Any, type[Exception], str]] = {
    "a value of another type": (Image(id="crp1", compressed_size="big"), DecodeError, "compressedSize: expected an"),  # type: ignore[arg-type]  # on purpose
    "an unknown field": (Image.from_dict({"id": "crp1", "nmae": "x"}), DecodeError, "nmae: expected no field"),
    "an unknown field within": (
        Image.from_dict({"id": "crp1", "layers": [{}, {"sise": "1"}]}),
        DecodeError,
        "layers[1].sise: expected no field of that name, got '1'",
    ),
    "no id": (Image(name="x"), InvalidParameter, "imageId has 0 characters and must have at least 1"),
    "too long an id": (Image(id="x" * 51), InvalidParameter, "imageId has 51 characters and may have at most 50"),
    "a message that no operation returns": (Status(code=5), InvalidParameter, "no operation returns Status"),
}


@pytest.mark.parametrize(("resource", "kind", "sentence"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_against_the_contract_is_not_held(
    fake_server: FakeServer, client: Client, resource: Any, kind: type[Exception], sentence: str
) -> None:
    with pytest.raises(kind) as raised:
        fake_server.add(resource)
    assert sentence in str(raised.value)
    with pytest.raises(NotFound):
        client.images.get("crp1")


# What is planned.


def test_a_fault_is_any_function_of_service_and_request(fake_server: FakeServer, client: Client) -> None:
    def renamed(service: Service, request: ReceivedRequest) -> FakeResponse:
        return evolve(respond(service, request), body=b'{"id": "crp7"}')

    fake_server.enqueue(renamed, faults.delayed(0.001, renamed))
    assert [client.images.get(KNOWN).id for _ in range(3)] == ["crp7", "crp7", KNOWN]


def test_what_was_planned_and_not_used_is_named(fake_server: FakeServer, client: Client) -> None:
    fake_server.assert_faults_consumed()
    fake_server.enqueue(respond, faults.rate_limited(1), faults.cut_in_body, partial(respond))
    client.images.get(KNOWN)
    with pytest.raises(AssertionError) as raised:
        fake_server.assert_faults_consumed()
    assert str(raised.value).startswith("planned faults were not used: rate_limited, cut_in_body, functools")


def test_threads_share_it_and_each_fault_applies_to_one_request(fake_server: FakeServer, client: Client) -> None:
    fake_server.enqueue(*[faults.grpc_error(7)] * 50)

    def call(_: int) -> bool:
        try:
            return client.images.get(KNOWN).id == KNOWN
        except errors.PermissionDenied:
            return False

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(call, range(200))) == 150
    assert len(fake_server.requests) == 200


# What it was asked.


def test_a_request_against_the_contract_is_reported_whatever_the_response(fake_server: FakeServer, http: Any) -> None:
    http.get(f"/container-registry/v1/images/{KNOWN}")
    fake_server.assert_no_violations()
    fake_server.enqueue(respond, respond, faults.html_502)
    http.get("/container-registry/v1/berths")
    http.put(f"/container-registry/v1/images/{KNOWN}")
    http.get(f"/container-registry/v1/images/{'x' * 51}")
    assert fake_server.violations == [
        "GET /container-registry/v1/berths: the contract has no path /container-registry/v1/berths",
        f"PUT /container-registry/v1/images/{KNOWN}: the contract has no method PUT at this path",
        f"GET /container-registry/v1/images/{'x' * 51}: imageId has 51 characters and may have at most 50",
    ]
    with pytest.raises(
        AssertionError, match=r"^requests violated the contract: GET /container-registry/v1/berths: .*; PUT"
    ):
        fake_server.assert_no_violations()


def test_a_request_shows_no_token(fake_server: FakeServer) -> None:
    with Client("t1.canary", transport=fake_server.transport) as client:
        client.images.get(KNOWN)
    assert fake_server.requests[0].header("authorization") == "Bearer t1.canary"
    assert "canary" not in repr(fake_server.requests)


def test_it_forgets_all_at_once(fake_server: FakeServer, client: Client) -> None:
    fake_server.add(Image(id="crp1"))
    fake_server.enqueue(faults.grpc_error(16), faults.grpc_error(16))
    with pytest.raises(Unauthenticated):
        client.images.get("crp1")
    fake_server.violations.append("one")
    fake_server.reset()
    assert (fake_server.requests, fake_server.violations) == ([], [])
    with pytest.raises(NotFound):
        client.images.get("crp1")
    assert client.images.get(KNOWN).id == KNOWN


# Where it is.


def test_its_url_is_there_while_it_runs() -> None:
    fake_server = FakeServer()
    for _ in range(2):
        with pytest.raises(RuntimeError, match="only inside a `with` block"):
            _ = fake_server.url
        with fake_server as opened:
            assert opened is fake_server
            assert fake_server.url.startswith("http://127.0.0.1:")


def test_it_imports_no_test_tool() -> None:
    command = [sys.executable, "-W", "error", "-c", "import sys, generated_client.testing; print(*sys.modules)"]
    done = subprocess.run(command, cwd=Path(generated_client.__file__).parents[1], capture_output=True, check=True)
    assert not {"pytest", "_pytest", "hypothesis", "yaml", "uvicorn", "generator"} & {*done.stdout.decode().split()}
