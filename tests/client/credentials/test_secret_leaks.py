"""No object that a program, a log or a crash report can reach shows a secret."""

from __future__ import annotations

import copy
import json
import logging
import pickle
import signal
import threading
from collections.abc import Callable, Generator, Mapping
from types import SimpleNamespace
from typing import Any

import anyio
import httpx
import pytest
from anyio import to_thread

from generated_client import AsyncClient, Client
from generated_client._secret import Secret
from generated_client._token_cache import CachedToken
from generated_client.credentials import AccessToken, ServiceAccountKey, TokenSource
from generated_client.errors import ApiError, CredentialsError, InvalidParameter, Timeout
from tests.client.callers import Caller, ClientFactory
from tests.client.credentials.keys import Key
from tests.client.credentials.services import HANG, IMAGE, UNAUTHENTICATED, Gate, Reply, Services, exchanged, metadata
from tests.client.leak_detection import leaks
from tests.client.server import WireRequest

CANARY = "canary"
"""Part of every token here."""

TOKEN = "t1.canary.in-a-coal-mine"


@pytest.fixture(autouse=True)
def logged(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """Collect the records of every logger at every level."""
    for name in [None, *logging.root.manager.loggerDict]:
        caplog.set_level(logging.DEBUG, name)
    return caplog


@pytest.fixture
def secrets(key: Key, services: Services) -> Callable[[], list[str]]:
    """Return the secrets: tokens, lines of the private key, the JWTs that were sent."""

    def secrets() -> list[str]:
        lines = key.pem.splitlines()[1:-1:6]
        signed = [json.loads(request.body)["jwt"] for request in services.exchange.requests if request.body]
        return [CANARY, *lines, *(part for jwt in signed for part in jwt.split(".")[1:])]

    return secrets


Secrets = Callable[[], list[str]]

RESPONSES: Mapping[str, Reply] = {
    "image": IMAGE,
    "malformed": Reply(200, {"id": 7}),
    "not JSON": Reply(200, b"<html>"),
    "unauthenticated": UNAUTHENTICATED,
    "denied": Reply(403, {"code": 7, "message": "not yours"}),
    "throttled": Reply(429, {"code": 8}),
    "proxy": Reply(502, b"<html>"),
    "redirect": Reply(307, headers={"location": "https://example.com/"}),
    "cut": Reply(0),
}


REPLIES = {"images": IMAGE, "metadata": metadata(TOKEN), "exchange": exchanged(TOKEN)}
"""Service -> a reply with which a call succeeds."""


@pytest.fixture
def token(request: pytest.FixtureRequest, services: Services, key: Key) -> Any:
    """The token argument of a client, by its kind."""
    services.metadata.respond(REPLIES["metadata"])
    services.exchange.respond(REPLIES["exchange"])
    return {
        "string": TOKEN,
        "function": lambda: TOKEN,
        "metadata": services.source,
        "key": ServiceAccountKey.parse(key.json(), services.exchange.url),
    }[request.param]


KINDS = ["string", "function", "metadata", "key"]


@pytest.mark.parametrize("token", KINDS, indirect=True)
def test_no_call_shows_a_secret(
    connect: ClientFactory, services: Services, token: Any, secrets: Secrets, logged: pytest.LogCaptureFixture
) -> None:
    with connect(token=token) as caller:
        for name, response in RESPONSES.items():
            services.images.respond(response)
            assert leaks([outcome_of(caller)], secrets()) == [], name
        assert leaks([caller.client], secrets()) == []
    if isinstance(token, TokenSource):
        assert leaks([token], secrets()) == []
    assert TOKEN in services.tokens
    assert logged.records
    assert leaks(logged.records, secrets()) == []


@pytest.mark.parametrize("token", KINDS, indirect=True)
def test_a_call_without_a_response_shows_no_secret(
    connect: ClientFactory, services: Services, gate: Gate, token: Any, secrets: Secrets
) -> None:
    services.images.respond(gate.before(IMAGE))
    with connect(token=token) as caller:
        assert leaks([caller.error_of(Timeout, timeout=0.1), caller.client], secrets()) == []


def test_a_transport_that_raises_shows_no_secret(client_factory: ClientFactory) -> None:
    """Its error is passed on with the traceback, and so with the variables of the client's functions."""
    transport = httpx.MockTransport(lambda _: httpx.Response(1 // 0))
    with client_factory(token=TOKEN, transport=transport) as caller, pytest.raises(ZeroDivisionError) as raised:
        caller.get()
    assert leaks([raised.value], [CANARY]) == []


INVALID_TOKENS: Mapping[str, Reply] = {
    "line break": metadata(f"{TOKEN}\nx"),
    "space": metadata(f" {TOKEN}"),
    "list": Reply(200, {"access_token": [TOKEN], "expires_in": 9}),
    "no end": Reply(200, {"access_token": TOKEN}),
    "end": Reply(200, {"access_token": TOKEN, "expires_in": TOKEN}),
    "cut JSON": Reply(200, f'{{"access_token": "{TOKEN}'.encode()),
    "page": Reply(200, f"<html>{TOKEN}".encode()),
    "no UTF-8": Reply(200, f"\xff{TOKEN}".encode("latin-1")),
    "error": Reply(500, {"message": TOKEN}),
    "refusal": Reply(401, {"message": TOKEN}, {"x-request-id": TOKEN}),
    "redirect": Reply(307, headers={"location": f"https://example.com/{TOKEN}"}),
}


@pytest.mark.parametrize("token", ["metadata"], indirect=True)
def test_no_response_of_a_token_service_is_shown(
    connect: ClientFactory, services: Services, token: Any, logged: pytest.LogCaptureFixture
) -> None:
    for name, response in INVALID_TOKENS.items():
        services.metadata.respond(response)
        with connect(token=token) as caller:
            outcome = outcome_of(caller)
            assert isinstance(outcome, CredentialsError), name
            assert leaks([outcome, caller.client, token], [CANARY]) == [], name
    # httpcore logs every header and every fault of a peer.
    records = [record for record in logged.records if not record.name.startswith("httpcore")]
    assert leaks(records, [CANARY]) == []


@pytest.mark.parametrize(
    "arguments",
    [
        {"token": TOKEN, "base_url": "http://registry.example.com"},
        {"token": TOKEN, "base_url": 7},
        {"token": TOKEN, "timeout": -1},
        {"token": TOKEN, "retries": "many"},
        {"token": TOKEN, "application": "a\nb"},
    ],
)
@pytest.mark.parametrize("kind", [Client, AsyncClient])
def test_a_client_that_is_rejected_for_another_argument_shows_no_secret(
    kind: Callable[..., object], arguments: dict[str, Any]
) -> None:
    with pytest.raises(InvalidParameter) as raised:
        kind(**arguments)
    assert leaks([raised.value], [CANARY]) == []


@pytest.mark.parametrize(
    "text", ['{"id": "canary"', '{"private_key": "canary"}', "canary\0", TOKEN, f"/{TOKEN}/key.json"]
)
def test_a_key_that_cannot_be_read_is_not_shown(text: str) -> None:
    with pytest.raises(CredentialsError) as raised:
        ServiceAccountKey.parse(text)
    assert leaks([raised.value], [CANARY]) == []


MOMENTS = [
    ("string", "images"),
    ("metadata", "images"),
    ("metadata", "metadata"),
    ("key", "images"),
    ("key", "exchange"),
]
"""A token argument, and the service that is called when the call is interrupted."""


@pytest.fixture
def interruptible() -> Generator[None]:
    """SIGINT raises KeyboardInterrupt; a program that runs in the background of a shell ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize(("token", "moment"), MOMENTS, indirect=["token"])
def test_an_interrupt_shows_no_secret(services: Services, token: Any, secrets: Secrets, moment: str) -> None:
    program = threading.main_thread().ident or 0

    def interrupts(_: WireRequest) -> Reply:
        signal.pthread_kill(program, signal.SIGINT)
        return REPLIES[moment]

    vars(services)[moment].respond(interrupts, REPLIES[moment])
    with Client(base_url=services.url, token=token) as client:
        with pytest.raises(KeyboardInterrupt) as interrupt:
            client.images.get("crp1")
        assert leaks([interrupt.value, client], secrets()) == []
        assert client.images.get("crp1").id == "crp1"


@pytest.mark.anyio
@pytest.mark.parametrize(("token", "moment"), MOMENTS, indirect=["token"])
async def test_a_cancellation_shows_no_secret(
    services: Services, gate: Gate, token: Any, secrets: Secrets, moment: str
) -> None:
    vars(services)[moment].respond(gate.before(Reply(503)), REPLIES[moment])
    raised: list[BaseException] = []

    async def call(client: AsyncClient) -> None:
        try:
            await client.images.get("crp1")
        except BaseException as cancelled:
            raised.append(cancelled)
            raise

    async with AsyncClient(base_url=services.url, token=token) as client:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(call, client)
            assert await to_thread.run_sync(gate.reached.wait, HANG)
            tasks.cancel_scope.cancel()
        assert len(raised) == 1
        assert leaks([*raised, client], secrets()) == []
        assert (await client.images.get("crp1")).id == "crp1"


def test_secrets_are_neither_pickled_nor_copied(services: Services, key: Key) -> None:
    source = ServiceAccountKey.parse(key.json(), services.exchange.url)
    issued = AccessToken(TOKEN, 9)
    clients = Client(token=TOKEN), AsyncClient(token=TOKEN)
    for holder in (source, issued, issued.token, CachedToken(issued.token), *clients):
        for copying in (pickle.dumps, copy.deepcopy):
            with pytest.raises(TypeError, match="is not pickled"):
                copying(holder)


class Slotted:
    """A holder without a `__dict__`, whose `repr` shows nothing."""

    __slots__ = ("token",)

    def __init__(self, token: object) -> None:
        self.token = token


class Shown(Slotted):
    def __repr__(self) -> str:
        return "t1.canary"


def test_the_leak_detection_finds_a_secret_wherever_it_is() -> None:
    """Otherwise the tests above could not fail."""
    caused, slotted, plain = ApiError(), Slotted(TOKEN), SimpleNamespace()
    caused.__cause__ = ValueError(TOKEN)
    plain.token = TOKEN.encode()
    encoded = bytearray(TOKEN.encode())
    for holder in (TOKEN, [{"a": (TOKEN,)}], {TOKEN}, encoded, slotted, Shown(None), plain, caused, lambda: slotted):
        assert leaks([holder], [CANARY]), holder
    with pytest.raises(ValueError, match="Expecting value") as raised:
        json.loads(TOKEN)
    assert any(" decode " in text for text in leaks([raised.value], [CANARY]))
    assert not leaks([Secret(TOKEN), ApiError("nothing")], [CANARY])


def outcome_of(caller: Caller) -> object:
    """The response, or the error with its traceback."""
    try:
        return caller.get_detailed("crp1")
    except ApiError as error:
        return error
