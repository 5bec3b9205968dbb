"""Whether the bot can do its work now: the database takes a write, Slack is there, and nothing is late."""

import asyncio
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from bot.config.file_rights import may_write
from bot.connection.slack_contact import SlackContact
from bot.health.due_words import late_words
from bot.health.trouble_words import WORDS
from bot.shared_clock import SharedClock
from jobs.slack.pacing import Pacing
from storage.engine.trouble import Trouble
from storage.records import DueWork, PostState
from storage.store import Store

LOG = logging.getLogger(__name__)
BETWEEN_LOOKS = timedelta(seconds=5)  # one small write, whoever asks and how often
LIMIT = 2.5  # seconds; whoever watches waits for hardly longer
LATE = timedelta(minutes=15)
"""What fails is tried again after 1, 2, 4 and 8 minutes, and a thousand posts take less."""
ASLEEP = timedelta(minutes=5)
"""Between two looks, of which there are two a minute: the machine slept, or its clock was set."""
LITTLE_ROOM = 100_000_000  # bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What was seen of the database: its trouble, or what is due in it and how full the outbox is."""

    trouble: Trouble | None = None
    due: Sequence[DueWork] = ()
    sizes: dict[PostState, int] = field(default_factory=dict)


class Readiness:
    """What is missing before the bot can work, in one line each; `places` are what it has to write to."""

    def __init__(
        self,
        store: Store,
        contact: SlackContact,
        pacing: Pacing,
        clock: Callable[[], datetime],
        *,
        shared_clock: SharedClock | None = None,
        places: Sequence[Path] = (),
    ) -> None:
        self._store, self._contact, self._pacing = store, contact, pacing
        self._clock, self._shared_clock, self._places = clock, shared_clock, places
        self._began = self._looked = clock()
        self._looking: asyncio.Task[Look] | None = None
        self._undated: dict[str, tuple[int, datetime]] = {}
        self._said: str | None = None

    async def why_not(self) -> str | None:
        """Why it cannot do its work, as one line; None when it can."""
        look = await self.look()
        if look.trouble:
            return WORDS[look.trouble]
        if locked := self._pacing.locked:
            return f"Slack takes nothing of this workspace ({locked}): all that is due waits until it does"
        late = list(self._late(look.due))
        return self._contact.why_not or (late_words(late) if late else None)

    def odd(self) -> str | None:
        """What should be mended although it works, as one line; None when nothing is."""
        own_clock = self._shared_clock.off if self._shared_clock else None
        return self._contact.odd or own_clock or self._little_room()

    async def look(self) -> Look:
        """What was seen of the database within the last seconds; one look serves all who ask meanwhile.

        One that takes too long goes on, and no other is begun beside it.
        """
        now = self._clock()
        is_new = timedelta(0) <= now - self._looked < BETWEEN_LOOKS
        if self._looking is None or (self._looking.done() and not is_new):
            if now - self._looked > ASLEEP:
                self._began = now
            self._looked = now
            self._looking = asyncio.create_task(self._look(now))
        file_trouble = self._store.file_trouble or self._not_writable()
        try:
            look = await asyncio.wait_for(asyncio.shield(self._looking), LIMIT)
        except TimeoutError:
            look = Look(trouble=Trouble.SLOW)
        return replace(look, trouble=file_trouble) if file_trouble else look

    def age(self, work: DueWork) -> timedelta:
        """For how long it is due; nothing where nobody knows."""
        return max(self._clock() - work.since, timedelta(0)) if work.since else timedelta(0)

    async def log_change(self) -> None:
        """Log why it is not ready when that begins, and that it is ready again."""
        why_not = await self.why_not()
        if why_not and why_not.partition(":")[0] != (self._said or "").partition(":")[0]:
            LOG.warning("not ready: %s", why_not)
        elif self._said and not why_not:
            LOG.warning("ready again")
        self._said = why_not

    async def close(self) -> None:
        """End a look that is under way."""
        if self._looking is not None:
            self._looking.cancel()
            with suppress(asyncio.CancelledError):
                await self._looking

    async def _look(self, now: datetime) -> Look:
        if trouble := await self._store.trouble():
            return Look(trouble=trouble)
        try:
            due, sizes = await self._store.overdue.look(now)
        except SQLAlchemyError:
            return Look(trouble=Trouble.AWAY)
        return Look(due=[self._dated(work, now) for work in due], sizes=sizes)

    def _dated(self, work: DueWork, now: datetime) -> DueWork:
        """With the time since which it is due: of a message without one, since it was first seen here."""
        if work.undated is None:
            return work
        seen, since = self._undated.get(work.kind.value, (None, now))
        if seen != work.undated:
            since = now
        self._undated[work.kind.value] = work.undated, since
        return replace(work, since=min(since, work.since or since))

    def _late(self, due: Sequence[DueWork]) -> Iterator[DueWork]:
        """What is late; after a start, or a sleep, what was missed has as much time as anything else."""
        now = self._clock()
        for work in due:
            if work.since and now - max(work.since, self._began) > LATE:
                yield work

    def _not_writable(self) -> Trouble | None:
        there = [place for place in self._places if place.exists()]  # of a missing one the store says more
        return None if all(map(may_write, there)) else Trouble.READ_ONLY

    def _little_room(self) -> str | None:
        file = self._store.database.file
        free = file.free_bytes if file else None
        if free is None or free > LITTLE_ROOM:
            return None
        return f"the disk of the database has {free // 1_000_000} MB left: make room on it"
