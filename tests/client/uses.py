"""Uses of the client that are only type-checked: what a consumer's type checker sees."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, assert_type

from generated_client import AsyncClient, Blob, Client, Image, Response, Status, Timestamp, errors
from generated_client.testing import FakeResponse, FakeServer, ReceivedRequest, Service, faults, respond


def use(client: Client) -> None:
    image = client.images.get("crp1")
    assert_type(image, Image)
    assert_type(client.images.get(image_id="crp1"), Image)

    response = client.images.get_detailed("crp1")
    assert_type(response, Response[Image])
    assert_type(response.parsed, Image)
    assert_type(response.status_code, int)
    assert_type(response.headers, Mapping[str, str])
    assert_type(response.headers["x-request-id"], str)
    assert_type(response.content, bytes)
    assert_type(response.request_id, str | None)
    assert_type((response.attempts, response.elapsed), tuple[int, float])
    assert_type(client.images.get("crp1", timeout=1, retries=0, client_request_id="5a9c2f1e"), Image)
    assert_type(client.images.get("crp1", timeout=None, retries=None, client_request_id=None), Image)

    with Client(token="t1.a", base_url="http://127.0.0.1:1") as opened:
        assert_type(opened, Client)
        assert_type(opened.close(), None)


async def use_async(client: AsyncClient) -> None:
    assert_type(await client.images.get("crp1"), Image)
    assert_type(await client.images.get_detailed("crp1"), Response[Image])
    assert_type(await client.images.get("crp1", timeout=0.5, retries=1, client_request_id="5a9c2f1e"), Image)

    async def token() -> str:
        return "t1.a"

    async with AsyncClient(token, base_url="http://127.0.0.1:1") as opened:
        assert_type(opened, AsyncClient)
        assert_type(await opened.close(), None)


def look_at(image: Image) -> None:
    assert_type(image.id, str)
    assert_type(image.name, str)
    assert_type(image.digest, str)
    assert_type(image.compressed_size, int)
    assert_type(image.config, Blob | None)
    assert_type(image.layers, list[Blob])
    assert_type([layer.size for layer in image.layers], list[int])
    assert_type(image.tags, list[str])
    assert_type(image.created_at, Timestamp | None)
    assert_type(image.additional_properties, dict[str, Any])
    assert_type(Image.from_dict({"id": "crp1"}), Image)
    if image.created_at is not None:
        moment: datetime = image.created_at
        assert_type(moment - image.created_at, timedelta)
        assert_type(image.created_at.nanos, int)
        assert_type(image.created_at < moment, bool)
    if image.config is not None:
        assert_type(image.config.digest, str)


def handle(client: Client) -> str:
    try:
        return client.images.get("crp1").name
    except errors.InvalidParameter as error:
        assert_type(error.name, str)
        assert_type(error.reason, str)
    except (errors.NotFound, errors.PermissionDenied) as error:
        assert_type(error.status_code, int)
        assert_type(error.message, str)
        assert_type(error.details, Sequence[Mapping[str, object]])
        assert_type(error.request_id, str | None)
        assert_type(error.body, bytes)
    except errors.StatusError as error:
        assert_type(error.code, int | None)
        assert_type(error.code_name, str | None)
    except errors.MalformedResponse as error:
        assert_type([problem.path for problem in error.problems], list[str])
    except errors.ResponseError as error:
        assert_type(error.status_code, int)
    except errors.TransportError as error:
        assert_type((error.method, error.url, error.client_request_id), tuple[str, str, str])
        assert_type([(attempt.reason, attempt.delay) for attempt in error.attempts], list[tuple[str, float]])
        assert_type(error.elapsed, float)
    except errors.ApiError as error:
        return str(error)
    return ""


def say(status: Status) -> tuple[int, str]:
    return status.code, status.message


def use_fake_server() -> None:
    with FakeServer() as fake_server:
        assert_type(fake_server, FakeServer)
        Client("t1.a", base_url=fake_server.url)
        AsyncClient("t1.a", transport=fake_server.transport)
        fake_server.enqueue(faults.rate_limited(1), faults.html_502, _respond)
        received = fake_server.requests[0]
        assert_type((received.method, received.path, received.header("accept")), tuple[str, str, str | None])
        assert_type(fake_server.violations, list[str])


def _respond(service: Service, request: ReceivedRequest) -> FakeResponse:
    return respond(service, request)
