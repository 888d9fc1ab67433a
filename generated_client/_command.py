# Generated from spec/openapi.yaml by container-registry-client-generator; do not edit; renew with `make generate`.
"""A command that prints a token, run without a shell."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import PurePath

from anyio import to_thread
from attrs import field, frozen

from ._secret import Secret, checked
from .errors import CredentialsError

_TIMEOUT = 30.0
"""Seconds that a command may take."""


@frozen
class Command:
    """A program and its arguments. No error shows the arguments or the standard error, which may hold secrets."""

    words: Sequence[str] = field(repr=False)

    def run(self, seconds: float) -> Secret | CredentialsError:
        """Return the token that the command prints within so many seconds."""
        process = self._start()
        return process if isinstance(process, CredentialsError) else self._read(process, seconds)

    async def run_async(self, seconds: float) -> Secret | CredentialsError:
        """Like `run`; a cancellation ends the command."""
        process = self._start()
        if isinstance(process, CredentialsError):
            return process
        readers: list[str] = []

        def read() -> Secret | CredentialsError:
            readers.append("thread")
            return self._read(process, seconds)

        try:
            return await to_thread.run_sync(read, abandon_on_cancel=True)
        finally:
            process.kill()
            if not readers:  # Cancelled before the thread began, which would close the pipe.
                with process:
                    pass

    @property
    def _name(self) -> str:
        return f"the command {PurePath(self.words[0]).name!r}"

    def _start(self) -> subprocess.Popen[bytes] | CredentialsError:
        try:
            return subprocess.Popen(  # noqa: S603  # the caller's own command
                self.words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        except OSError as problem:
            return CredentialsError(f"{self._name} cannot be run: {problem.strerror}")

    def _read(self, process: subprocess.Popen[bytes], seconds: float) -> Secret | CredentialsError:
        timeout = min(seconds, _TIMEOUT)
        with process:
            try:
                output, _ = process.communicate(timeout=timeout)
            except subprocess.TimeoutExpired:
                return CredentialsError(f"{self._name} timed out after {timeout:.1f} s", retryable=True)
            finally:
                process.kill()
        if process.returncode:
            return CredentialsError(
                f"{self._name} failed with exit status {process.returncode}; run it in a terminal to see why"
            )
        return self._parse(output)

    def _parse(self, output: bytes) -> Secret | CredentialsError:
        try:
            return checked(output.decode().strip())
        except ValueError as problem:
            mistake = "is not UTF-8" if isinstance(problem, UnicodeError) else str(problem)
        return CredentialsError(f"the output of {self._name} {mistake}")
