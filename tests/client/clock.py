"""A clock that a test moves."""

from __future__ import annotations

from anyio.lowlevel import checkpoint


class Clock:
    """The runtime's monotonic time: it stands still until a test moves it or the runtime sleeps."""

    def __init__(self) -> None:
        self._now = 1000.0
        self.sleeps: list[float] = []
        """The seconds of each sleep."""

    def monotonic(self) -> float:
        return self._now

    def move(self, seconds: float) -> None:
        self._now += seconds

    def sleep(self, seconds: float) -> None:
        self.sleeps.append(seconds)
        self.move(seconds)

    async def sleep_async(self, seconds: float) -> None:
        self.sleep(seconds)
        await checkpoint()
