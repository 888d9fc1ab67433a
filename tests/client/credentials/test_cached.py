"""`cached` asks a function or a command once per lifetime, for all clients that share it."""

from __future__ import annotations

import pickle
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import anyio
import pytest
from anyio import to_thread

from generated_client import AsyncClient, Client, _command
from generated_client.credentials import cached
from generated_client.errors import CredentialsError, InvalidParameter, Timeout
from tests.client.callers import ClientFactory
from tests.client.credentials.services import HANG, ErrorOf, Services, counted
from tests.client.leak_detection import leaks
from tests.client.virtual_time import ManualClock

HOUR = 3600.0


def test_a_function_is_called_once_per_lifetime_for_clients_of_any_kind(
    connect: ClientFactory, services: Services, clock: ManualClock
) -> None:
    source = cached(counted(), HOUR)
    for seconds in (0, HOUR * 0.9 - 0.01, 0.02, HOUR):
        clock.move(seconds)
        with connect(token=source) as caller, Client(source, base_url=services.url) as client:
            caller.get()
            client.images.get("crp1")
    assert services.tokens == ["t1.1"] * 4 + ["t1.2"] * 2 + ["t1.3"] * 2


@pytest.mark.anyio
async def test_a_slow_renewal_does_not_delay_a_call_beyond_its_deadline(services: Services, clock: ManualClock) -> None:
    issue = counted()

    async def function() -> str:
        token = issue()
        if token != "t1.1":
            await anyio.sleep_forever()
        return token

    async with AsyncClient(cached(function, HOUR), base_url=services.url) as client:
        await client.images.get("crp1")
        clock.move(HOUR * 0.95)
        await client.images.get("crp1", timeout=0.2)
    assert services.tokens == ["t1.1", "t1.1"]


# Commands.


def python(program: str, *arguments: str) -> list[str]:
    return [sys.executable, "-c", program, *arguments]


def test_a_command_is_run_once_by_no_shell_and_only_its_output_is_read(
    connect: ClientFactory, services: Services, capfd: pytest.CaptureFixture[str]
) -> None:
    text = "t1.$HOME;`id`&&*"
    program = "import os, sys; print(' ', sys.argv[1], sys.stdin.read(), os.getpid(), sep=''); sys.stderr.write('x')"
    with connect(token=cached(python(program, text), HOUR)) as caller:
        caller.get()
        caller.get()
    (token,) = {*services.tokens}
    assert token.startswith(text)
    assert token.removeprefix(text).isdecimal()
    assert capfd.readouterr() == ("", "")


HIDDEN = "import sys; sys.stderr.write('hidden'); print('hidden'); "
COMMAND = f"the command {Path(sys.executable).name!r}"


def writing(output: bytes) -> list[str]:
    return python(f"import sys; sys.stdout.buffer.write({output!r})")


@pytest.mark.parametrize(
    ("command", "text"),
    [
        (python(f"{HIDDEN}sys.exit(3)"), f"{COMMAND} failed with exit status 3; run it in a terminal to see why"),
        (["/nonexistent/yc", "hidden"], "the command 'yc' cannot be run: No such file or directory"),
        (["/", "hidden"], "the command '' cannot be run: Permission denied"),
        (writing(b"\n"), f"the output of {COMMAND} must not be empty"),
        (writing(b'{"iam_token": "hidden"}'), f"the output of {COMMAND} looks like JSON; pass the token in it, or "),
        (writing(b"t1.hidden t1.b"), f"the output of {COMMAND} must be visible ASCII characters, without a space "),
        (writing(b"\xffhidden"), f"the output of {COMMAND} is not UTF-8"),
    ],
    ids=["exit status", "not there", "not a program", "empty", "JSON", "two", "not UTF-8"],
)
def test_a_command_without_a_token_is_named_and_its_arguments_and_output_are_not_shown(
    error_of: ErrorOf, services: Services, command: list[str], text: str
) -> None:
    error = error_of(CredentialsError, token=cached(command, HOUR))
    assert str(error).startswith(text)
    assert not error.retryable
    assert leaks([error], ["hidden"]) == []
    assert not services.requests


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


def test_a_command_is_ended_with_the_call(error_of: ErrorOf, processes: list[subprocess.Popen[bytes]]) -> None:
    error_of(Timeout, token=cached(SLEEPER, HOUR), timeout=0.1)
    wait_for(lambda: have_ended(processes))


def test_a_command_that_hangs_is_given_up_before_a_patient_call_is(
    error_of: ErrorOf, monkeypatch: pytest.MonkeyPatch, processes: list[subprocess.Popen[bytes]]
) -> None:
    monkeypatch.setattr(_command, "_TIMEOUT", 0.1)
    error = error_of(CredentialsError, token=cached(SLEEPER, HOUR), timeout=HANG)
    assert (str(error), error.retryable) == (f"{COMMAND} timed out after 0.1 s", True)
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


@pytest.mark.parametrize("source", ["yc iam create-token", [], None, {"yc"}, b"yc"], ids=repr)
def test_a_command_is_a_list(source: Any) -> None:
    with pytest.raises(InvalidParameter) as raised:
        cached(source, HOUR)
    assert str(raised.value) == (
        'function_or_command must be a function, or a list of str such as ["yc", "iam", "create-token"]'
    )


@pytest.mark.parametrize("lifetime", [0, float("nan"), float("inf"), "3600", None, True])
def test_a_lifetime_is_a_number_of_seconds(lifetime: Any) -> None:
    with pytest.raises(InvalidParameter, match=r"^lifetime must be a number of seconds"):
        cached(lambda: "t1.a", lifetime)


def test_a_cached_source_shows_and_pickles_nothing() -> None:
    source = cached(["yc", "--token", "hidden"], HOUR)
    assert repr(source) == "<a token cached for 3600 s>"
    assert "hidden" not in repr(vars(source))
    with pytest.raises(TypeError, match="not pickled"):
        pickle.dumps(source)
