"""Uses the client as far as one thread without sockets can: `main` also runs on Pyodide, see `test_pyodide.py`."""

import copy
import pickle
import sys
from collections.abc import Generator
from contextlib import contextmanager

from generated_client import AsyncClient, Client, Image, Timestamp, errors
from generated_client.testing import FakeServer, faults

IMAGE = Image.from_dict(
    {
        "id": "crp1",
        "name": "registry/app",
        "compressedSize": "9223372036854775807",
        "createdAt": "2024-02-03T04:05:06.123456789Z",
        "layers": [{"digest": "sha256:1", "size": "5"}],
    }
)


async def main() -> str:
    """Run every check; return the version of Python and its platform."""
    check_decoding()
    check_copies()
    check_calls()
    await check_async_calls()
    return f"{sys.version_info[0]}.{sys.version_info[1]} {sys.platform}"


@contextmanager
def raises(kind: type[errors.ApiError | errors.DecodeError]) -> Generator[None]:
    """Like `pytest.raises`, without pytest."""
    caught: Exception | None = None
    try:
        yield
    except kind as error:
        caught = error
    assert caught
    assert str(pickle.loads(pickle.dumps(caught))) == str(caught)


def check_decoding() -> None:
    assert IMAGE.compressed_size == 2**63 - 1
    assert IMAGE.created_at == Timestamp.parse("2024-02-03T04:05:06.123456789Z")
    assert Image.from_dict({"unknown": [1]}).additional_properties == {"unknown": [1]}
    with raises(errors.DecodeError):
        Image.from_dict({"layers": [{"size": True}]})


def check_copies() -> None:
    for twin in (pickle.loads(pickle.dumps(IMAGE)), copy.deepcopy(IMAGE), Image.from_dict(IMAGE.to_dict())):
        assert twin == IMAGE
        assert twin is not IMAGE


def check_calls() -> None:
    fake_server = FakeServer()
    fake_server.add(IMAGE)
    with Client("t1.made-up", transport=fake_server.transport, retries=0) as client:
        assert client.images.get("crp1") == IMAGE
        with raises(errors.InvalidParameter):
            client.images.get("a/b")
        fake_server.enqueue(faults.rate_limited(0))
        with raises(errors.ResourceExhausted):
            client.images.get("crp1")
    with Client("t1.made-up", transport=fake_server.transport) as client:
        fake_server.enqueue(faults.rate_limited(0))
        assert client.images.get("crp1") == IMAGE
    fake_server.assert_no_violations()
    fake_server.assert_faults_consumed()


async def check_async_calls() -> None:
    fake_server = FakeServer()
    fake_server.add(IMAGE)
    async with AsyncClient("t1.made-up", transport=fake_server.transport, retries=0) as client:
        assert await client.images.get("crp1") == IMAGE
