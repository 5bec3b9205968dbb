"""Faults in what is due: asked and posted twice, late, at another hour, or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import Any
from unittest.mock import patch

from sqlalchemy import Connection

from jobs.contrast.edition_state import EditionState
from jobs.delivery import after_failure
from jobs.digests import configure, publish
from jobs.pulses import open_waves
from jobs.slack.directory import Directory
from storage.delivery.outbox import Outbox
from storage.engine.repository import row_of
from storage.pulses import openings
from storage.records import PostState, Pulse
from storage.reminders.claims import Reminders
from storage.schema.delivery_tables import OCCASION, POST
from storage.store import Store

KEY = ("team_id", "owner_id", "local")


@contextmanager
def lease_ignored() -> Iterator[None]:
    """A process takes messages that another has in flight."""
    claim = Outbox.claim

    async def claimed(self: Outbox, **more: Any) -> Any:
        taken = POST.update().where(POST.c.state == PostState.SENDING, POST.c.slack_ts.is_(None))
        await self._change(taken.values(state=PostState.PENDING))
        return await claim(self, **more)

    with patch.object(Outbox, "claim", claimed):
        yield


@contextmanager
def window_claimed_twice() -> Iterator[None]:
    """Whoever saw a time due opens its wave, though another has done so since."""

    def entered(connection: Connection, occasions: Any) -> set[Any]:
        for row in (row_of(occasion, OCCASION) for occasion in occasions):
            connection.execute(OCCASION.delete().where(*(OCCASION.c[name] == row[name] for name in KEY)))
        return set()

    with (
        patch.object(openings, "_in_ledger", entered),
        patch.object(openings, "_is_due", lambda *_: True),
    ):
        yield


@contextmanager
def lost_post_is_repeated() -> Iterator[None]:
    """A message whose answer was lost is sent once more."""

    async def again(self: Outbox, post: Any, *, error: str, **_: Any) -> None:
        await self.again(post, not_before=None, error=error)

    with patch.object(Outbox, "lost", again):
        yield


@contextmanager
def schedule_in_utc() -> Iterator[None]:
    """What is due at nine in Berlin comes at nine in UTC."""

    def moment(local: datetime, _: str) -> datetime:
        return local.replace(tzinfo=UTC)

    with patch.object(import_module("jobs.cadence.occasions"), "moment", moment):  # a function hides it
        yield


@contextmanager
def owner_is_not_told() -> Iterator[None]:
    """Nobody is told that Slack's answer to a post was lost."""

    async def untold(*_: Any, **__: Any) -> None:
        pass

    with patch.object(after_failure, "tell_unknown", untold):
        yield


@contextmanager
def digest_keeps_silent() -> Iterator[None]:
    """There is never anything new."""

    async def silent(*_: Any, **__: Any) -> EditionState:
        return EditionState.SILENT

    with patch.object(publish, "publish", silent):
        yield


@contextmanager
def changed_digest_misses_times() -> Iterator[None]:
    """A digest that is changed goes by its new time, but weeks later."""
    following = configure._next

    def later(*rule: Any, **now: Any) -> datetime:
        return following(*rule, **now) + timedelta(weeks=2)

    with patch.object(configure, "_next", later):
        yield


@contextmanager
def missed_is_asked_days_later() -> Iterator[None]:
    """What was due while nobody was there is asked, however late it is."""
    with patch.object(open_waves, "PULSE_MAX_LATE", timedelta(days=30)):
        yield


@contextmanager
def asking_waits_for_the_members() -> Iterator[None]:
    """A question is asked once Slack says who is in its channel."""
    open_one = open_waves.open_one

    async def waiting(store: Store, directory: Directory, pulse: Pulse, **more: Any) -> None:
        await directory.members(pulse.team_id, pulse.channel_id)
        await open_one(store, directory, pulse, **more)

    with patch.object(open_waves, "open_one", waiting):
        yield


@contextmanager
def reminded_before_it_is_claimed() -> Iterator[None]:
    """Whoever is reminded is so by each process: the claim is told yes, whatever is kept."""

    async def claimed(*_: Any, **__: Any) -> bool:
        return True

    with patch.object(Reminders, "claim", claimed):
        yield
