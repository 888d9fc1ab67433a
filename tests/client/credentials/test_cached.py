"""`cached` asks a function or a command once per lifetime, for all clients that share it."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import anyio
import pytest
from anyio import to_thread
from anyio.lowlevel import checkpoint

from generated_client import AsyncClient, Client, _command
from generated_client.credentials import cached
from generated_client.errors import CredentialsError, InvalidParameter, Timeout
from tests.client.callers import ClientFactory
from tests.client.credentials.services import HANG, IMAGE, IMAGES, UNAUTHENTICATED, Services, in_turn
from tests.client.leak_detection import leaks
from tests.client.virtual_time import ManualClock

HOUR = 3600.0
MANY = 30


class Counted:
    """A function that gives t1.1, t1.2 and so on."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self) -> str:
        self.calls += 1
        return f"t1.{self.calls}"


def test_a_function_is_called_once_per_lifetime(
    client_factory: ClientFactory, services: Services, clock: ManualClock
) -> None:
    with client_factory(base_url=services.url, token=cached(Counted(), HOUR)) as caller:
        for seconds in (0, HOUR * 0.9 - 0.01, 0.02, HOUR):
            clock.move(seconds)
            caller.get("crp1")
    assert services.tokens == ["t1.1", "t1.1", "t1.2", "t1.3"]


def test_clients_of_any_kind_share_the_token(client_factory: ClientFactory, services: Services) -> None:
    source = cached(Counted(), HOUR)
    for _ in range(3):
        with client_factory(base_url=services.url, token=source) as caller:
            caller.get("crp1")
        with Client(source, base_url=services.url) as client:
            client.images.get("crp1")
    assert services.tokens == ["t1.1"] * 6


def test_a_rejected_token_is_renewed_once(client_factory: ClientFactory, services: Services) -> None:
    services.paths[IMAGES] = in_turn(UNAUTHENTICATED, IMAGE)
    with client_factory(base_url=services.url, token=cached(Counted(), HOUR)) as caller:
        assert caller.get("crp1").id == "crp1"
    assert services.tokens == ["t1.1", "t1.2"]


def test_a_renewal_that_fails_ahead_of_the_end_keeps_the_token(
    client_factory: ClientFactory, services: Services, clock: ManualClock
) -> None:
    returned = ["t1.first"]

    with client_factory(base_url=services.url, token=cached(returned.pop, HOUR)) as caller:
        caller.get("crp1")
        clock.move(HOUR * 0.95)
        caller.get("crp1")
        clock.move(HOUR)
        with pytest.raises(CredentialsError, match=r"^the function that gives the token raised IndexError$") as raised:
            caller.get("crp1")
    assert isinstance(raised.value.__cause__, IndexError)
    assert services.tokens == ["t1.first", "t1.first"]


def test_a_value_that_is_not_a_token_is_an_error(client_factory: ClientFactory, services: Services) -> None:
    token: Any = cached(lambda: {"access_token": "hidden"}, HOUR)  # type: ignore[arg-type, return-value]
    with (
        pytest.raises(InvalidParameter, match=r'^token is a dict; pass its "access_token"$') as raised,
        client_factory(base_url=services.url, token=token) as caller,
    ):
        caller.get("crp1")
    assert leaks([raised.value], ["hidden"]) == []


@pytest.mark.anyio
async def test_many_tasks_call_an_async_function_once(services: Services) -> None:
    calls = 0
    release = anyio.Event()

    async def function() -> str:
        nonlocal calls
        calls += 1
        await release.wait()
        return "t1.a"

    client = AsyncClient(cached(function, HOUR), base_url=services.url)
    async with client, anyio.create_task_group() as tasks:
        for _ in range(MANY):
            tasks.start_soon(client.images.get, "crp1")
        await anyio.wait_all_tasks_blocked()
        release.set()
    assert (calls, services.tokens) == (1, ["t1.a"] * MANY)


@pytest.mark.anyio
async def test_a_cancelled_call_leaves_the_function_to_the_next(services: Services) -> None:
    reached = anyio.Event()
    calls = 0

    async def function() -> str:
        nonlocal calls
        calls += 1
        if calls == 1:
            reached.set()
            await anyio.sleep_forever()
        return "t1.second"

    async with AsyncClient(cached(function, HOUR), base_url=services.url) as client:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(client.images.get, "crp1")
            await reached.wait()
            tasks.cancel_scope.cancel()
        await client.images.get("crp1")
    assert services.tokens == ["t1.second"]


@pytest.mark.anyio
async def test_an_async_function_that_renews_slowly_does_not_delay_a_call_beyond_its_deadline(
    services: Services, clock: ManualClock
) -> None:
    calls = 0

    async def function() -> str:
        nonlocal calls
        calls += 1
        if calls > 1:
            await anyio.sleep_forever()
        await checkpoint()
        return "t1.old"

    async with AsyncClient(cached(function, HOUR), base_url=services.url) as client:
        await client.images.get("crp1")
        clock.move(HOUR * 0.95)
        await client.images.get("crp1", timeout=0.2)
    assert services.tokens == ["t1.old", "t1.old"]


def test_an_async_function_is_rejected_by_a_sync_client(services: Services) -> None:
    async def function() -> str:
        raise AssertionError

    with (
        Client(cached(function, HOUR), base_url=services.url) as client,
        pytest.raises(InvalidParameter, match=r"^token must be no async function, which only an AsyncClient awaits$"),
    ):
        client.images.get("crp1")


# Commands.


def python(program: str) -> list[str]:
    return [sys.executable, "-c", program]


def script(tmp_path: Path, program: str) -> tuple[list[str], Callable[[], int]]:
    """Return a command that runs a program, and a function that counts its runs."""
    runs = tmp_path / "runs"
    runs.touch()
    return python(f"open({str(runs)!r}, 'a').write('x')\n{program}"), lambda: len(runs.read_text())


def test_a_command_is_run_once_and_its_output_stripped(
    client_factory: ClientFactory, services: Services, tmp_path: Path
) -> None:
    command, runs = script(tmp_path, "print('  t1.of.a-command\\n')")
    with client_factory(base_url=services.url, token=cached(command, HOUR)) as caller:
        caller.get("crp1")
        caller.get("crp1")
    assert services.tokens == ["t1.of.a-command"] * 2
    assert runs() == 1


def test_no_shell_reads_a_command(services: Services) -> None:
    text = "t1.$HOME;`id`&&*"
    with Client(cached([*python("import sys; print(sys.argv[1])"), text], HOUR), base_url=services.url) as client:
        client.images.get("crp1")
    assert services.tokens == [text]


def test_a_command_reads_no_input(services: Services) -> None:
    with (
        Client(cached(python("print('t1.a' + input())"), HOUR), base_url=services.url) as client,
        pytest.raises(CredentialsError, match=r" failed with exit status 1; "),
    ):
        client.images.get("crp1")


def test_what_a_command_says_beside_its_output_is_neither_read_nor_shown(
    services: Services, capfd: pytest.CaptureFixture[str]
) -> None:
    command = python("import sys; sys.stderr.write('hidden'); print('t1.a')")
    with Client(cached(command, HOUR), base_url=services.url) as client:
        client.images.get("crp1")
    assert services.tokens == ["t1.a"]
    assert capfd.readouterr() == ("", "")


HIDDEN = "import sys; sys.stderr.write('hidden'); print('hidden'); "


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (python(f"{HIDDEN}sys.exit(3)"), "failed with exit status 3; run it in a terminal to see why"),
        (["/nonexistent/python", "hidden"], "cannot be run: No such file or directory"),
        (["/", "hidden"], "cannot be run: Permission denied"),
    ],
    ids=["exit status", "not there", "not a program"],
)
def test_a_command_that_fails_is_named_without_its_arguments_and_output(
    client_factory: ClientFactory, services: Services, command: list[str], reason: str
) -> None:
    with pytest.raises(CredentialsError) as raised, client_factory(token=cached(command, HOUR)) as caller:
        caller.get("crp1")
    assert str(raised.value) == f"the command {Path(command[0]).name!r} {reason}"
    assert not raised.value.retryable
    assert leaks([raised.value], ["hidden"]) == []
    assert not services.requests


@pytest.mark.parametrize(
    ("output", "reason"),
    [
        (b"", "must not be empty"),
        (b"\n", "must not be empty"),
        (b'{"iam_token": "hidden"}', "looks like JSON; pass the token in it, or "),
        (b"y0_hidden", "looks like an OAuth token; "),
        (b"t1.hidden t1.b", "must be visible ASCII characters, without a space or a line break"),
        (b"\xffhidden", "is not UTF-8"),
    ],
    ids=ascii,
)
def test_output_that_is_not_a_token_is_named_and_not_shown(
    client_factory: ClientFactory, output: bytes, reason: str
) -> None:
    command = python(f"import sys; sys.stdout.buffer.write({output!r})")
    with pytest.raises(CredentialsError) as raised, client_factory(token=cached(command, HOUR)) as caller:
        caller.get("crp1")
    assert str(raised.value).startswith(f"the output of the command {Path(sys.executable).name!r} {reason}")
    assert leaks([raised.value], ["hidden"]) == []


SLEEPER = python("import time; time.sleep(600)")


@pytest.fixture
def processes(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """The processes that have been started."""
    processes: list[subprocess.Popen[bytes]] = []

    class Recorded(subprocess.Popen[bytes]):
        def __init__(self, *arguments: Any, **settings: Any) -> None:
            super().__init__(*arguments, **settings)
            processes.append(self)

    monkeypatch.setattr(subprocess, "Popen", Recorded)
    return processes


def wait_for(condition: Callable[[], bool]) -> None:
    """Wait until a condition holds."""
    end = time.monotonic() + HANG
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


def have_ended(processes: list[subprocess.Popen[bytes]]) -> bool:
    return bool(processes) and all(process.poll() is not None for process in processes)


def test_a_command_is_ended_with_the_call(
    client_factory: ClientFactory, processes: list[subprocess.Popen[bytes]]
) -> None:
    with pytest.raises(Timeout), client_factory(token=cached(SLEEPER, HOUR)) as caller:
        caller.get("crp1", timeout=0.1)
    wait_for(lambda: have_ended(processes))


def test_a_command_that_hangs_is_given_up_before_a_patient_call_is(
    client_factory: ClientFactory, monkeypatch: pytest.MonkeyPatch, processes: list[subprocess.Popen[bytes]]
) -> None:
    monkeypatch.setattr(_command, "_TIMEOUT", 0.1)
    with pytest.raises(CredentialsError) as raised, client_factory(token=cached(SLEEPER, HOUR), retries=0) as caller:
        caller.get("crp1", timeout=HANG)
    assert str(raised.value) == f"the command {Path(sys.executable).name!r} timed out after 0.1 s"
    assert raised.value.retryable
    wait_for(lambda: have_ended(processes))


@pytest.mark.anyio
async def test_a_command_is_ended_with_a_cancelled_call(processes: list[subprocess.Popen[bytes]]) -> None:
    async with AsyncClient(cached(SLEEPER, HOUR)) as client:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(client.images.get, "crp1")
            await to_thread.run_sync(wait_for, lambda: bool(processes))
            tasks.cancel_scope.cancel()
        await to_thread.run_sync(wait_for, lambda: have_ended(processes))


@pytest.mark.anyio
async def test_a_call_that_is_cancelled_at_once_leaves_nothing_open(processes: list[subprocess.Popen[bytes]]) -> None:
    with anyio.CancelScope() as scope:
        scope.cancel()
        await _command.Command(SLEEPER).run_async(HANG)
    (process,) = processes
    assert process.returncode is not None
    assert process.stdout is not None
    assert process.stdout.closed


@pytest.mark.parametrize("source", ["yc iam create-token", "", [], None, {"yc"}, 7, b"yc"], ids=repr)
def test_a_command_is_a_list(source: Any) -> None:
    with pytest.raises(InvalidParameter) as raised:
        cached(source, HOUR)
    assert str(raised.value) == (
        'function_or_command must be a function, or a list of str such as ["yc", "iam", "create-token"]'
    )


@pytest.mark.parametrize("lifetime", [0, -1, float("nan"), float("inf"), "3600", None, True])
def test_a_lifetime_is_a_number_of_seconds(lifetime: Any) -> None:
    with pytest.raises(InvalidParameter, match=r"^lifetime must be a number of seconds"):
        cached(lambda: "t1.a", lifetime)


def test_what_is_cached_is_not_shown() -> None:
    source = cached(["yc", "--token", "hidden"], HOUR)
    assert repr(source) == "<a token cached for 3600 s>"
    assert "hidden" not in repr(vars(source))
