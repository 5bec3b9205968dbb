"""Trouble on demand: the next calls of a method fail in a way that Slack or a network fails."""

import asyncio
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class RateLimited:
    """429 with Retry-After; nothing is done."""

    retry_after: int = 30
    accepted: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """`ok: false` with this error; nothing is done."""

    error: str
    accepted: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class ServerError:
    """A 5xx page. With `accepted` the call was carried out all the same."""

    status: int = 500
    accepted: bool = False


@dataclass(frozen=True, slots=True)
class Dropped:
    """The connection is cut before anything is done."""

    accepted: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class LostAnswer:
    """The call is carried out, then the connection is cut."""

    accepted: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Silence:
    """No answer comes until `faults.release()`. With `accepted` the call is carried out before that."""

    accepted: bool = True


@dataclass(frozen=True, slots=True)
class Slow:
    """The call is carried out and answered as ever, but only after some seconds of real time."""

    seconds: float
    accepted: ClassVar[bool] = False


Fault = RateLimited | ServerError | Refusal | Dropped | LostAnswer | Silence | Slow


@dataclass(slots=True)
class Planned:
    """A fault waiting for calls: `left` counts those that it will still hit."""

    method: str
    fault: Fault
    channel: str | None
    left: int


class Faults:
    """The faults planned, hit in the order in which they were added."""

    def __init__(self) -> None:
        self._planned: list[Planned] = []
        self._released = asyncio.Event()

    def add(self, method: str, fault: Fault, *, times: int = 1, channel: str | None = None) -> Planned:
        """The next `times` calls of `method` fail so, only those to `channel` when it is given.

        `method` is a Web API method, "response_url", or "upload" for the bytes of a file.
        """
        planned = Planned(method, fault, channel, times)
        self._planned.append(planned)
        return planned

    def next(self, method: str, channel: str | None) -> Fault | None:
        """The fault that this call meets, counted down."""
        for planned in self._planned:
            if planned.left > 0 and planned.method == method and planned.channel in (None, channel):
                planned.left -= 1
                return planned.fault
        return None

    def clear(self) -> None:
        """Plan nothing any more."""
        self._planned.clear()

    async def silence(self) -> None:
        """Wait until somebody calls `release`."""
        await self._released.wait()

    def release(self) -> None:
        """Answer every call that waits in silence now."""
        released, self._released = self._released, asyncio.Event()
        released.set()
