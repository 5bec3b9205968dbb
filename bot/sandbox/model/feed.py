"""What happened in the fake Slack, in order: the judge of the tests and the news of the page."""

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.sandbox.model.clock import Clock
from bot.sandbox.model.json_copy import copied


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened.

    `number` counts from 0; `at` is the sandbox's clock; `kind` is a dotted word such as
    "message.posted"; `facts` are JSON values, copied when it happened, and hold no token, no
    trigger id and no response_url.
    """

    number: int
    at: datetime
    kind: str
    facts: Mapping[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.facts[name]


class Feed:
    """An append-only list of events that can also be followed live."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._events: list[Event] = []
        self._followers: set[asyncio.Queue[Event]] = set()

    def __len__(self) -> int:
        return len(self._events)

    def __iter__(self) -> Iterator[Event]:
        return iter(tuple(self._events))

    def __getitem__(self, number: int) -> Event:
        return self._events[number]

    def note(self, kind: str, **facts: Any) -> Event:
        """Append an event and hand it to everybody who follows."""
        event = Event(len(self._events), self._clock(), kind, copied(facts))
        self._events.append(event)
        for queue in self._followers:
            queue.put_nowait(event)
        return event

    def of(self, *kinds: str) -> list[Event]:
        """The events of these kinds; "message" takes in "message.posted" and its like."""
        return [event for event in self._events if _is(event.kind, kinds)]

    async def happens(self, kind: str, *, since: int = 0, within: float = 3.0, **facts: Any) -> Event:
        """The first event from number `since` on with these facts, waited for when it is yet to come.

        Take `since=len(feed)` before an act to wait for what the bot does after its ack.
        TimeoutError after `within` seconds of real time.
        """
        with self.follow(past=True) as queue:
            async with asyncio.timeout(within):
                while True:
                    event = await queue.get()
                    known = event.facts.items()
                    if event.number >= since and _is(event.kind, (kind,)) and facts.items() <= known:
                        return event

    @contextmanager
    def follow(self, *, past: bool = False) -> Iterator[asyncio.Queue[Event]]:
        """A queue that receives each further event; with `past`, all earlier ones first."""
        queue: asyncio.Queue[Event] = asyncio.Queue()
        for event in self._events if past else ():
            queue.put_nowait(event)
        self._followers.add(queue)
        try:
            yield queue
        finally:
            self._followers.discard(queue)


def _is(kind: str, wanted: tuple[str, ...]) -> bool:
    return any(kind == word or kind.startswith(f"{word}.") for word in wanted)
