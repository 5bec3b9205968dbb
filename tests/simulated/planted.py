"""Ten faults put into the bot on purpose: each has to be found by the judge, or it looks in vain."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import Any
from unittest.mock import patch

from sqlalchemy import Connection, select

from handlers.listeners import answer_clicks
from handlers.replies import tell
from storage.answers import answers, erasure
from storage.answers.answers import Answers
from storage.answers.current_answer import CurrentAnswer
from storage.delivery.outbox import Outbox
from storage.engine.repository import put, row_of
from storage.pulses import openings, rounds, waiting_answers
from storage.records import PostState
from storage.schema.delivery_tables import OCCASION, POST
from storage.schema.question_tables import RATING, WAVE
from storage.schema.round_tables import PARTICIPATION, ROUND

KEY = ("team_id", "owner_id", "local")


@contextmanager
def ack_before_commit() -> Iterator[None]:
    """What a click has changed is worked out, acked, and only then committed."""
    record = Answers.record

    class Early:
        def __init__(self, engine: Any) -> None:
            self._engine = engine

        async def write(self, work: Callable[[Connection], Any]) -> Any:
            outcome = await self._engine.read(work)  # what it writes is dropped
            self._later = asyncio.ensure_future(self._engine.write(work))
            return outcome

    async def recorded(self: Answers, *ratings: Any, **more: Any) -> Any:
        early: Any = Early(self._engine)
        return await record(Answers(early, self._changed), *ratings, **more)

    with patch.object(Answers, "record", recorded):
        yield


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
def counted_while_open() -> Iterator[None]:
    """A question is counted before its wave has closed."""

    def early(at: datetime) -> Any:
        return WAVE.c.opened_at <= at - timedelta(hours=1)

    with patch.object(waiting_answers, "is_in", early), patch.object(rounds, "is_in", early):
        yield


@contextmanager
def forget_moves_a_figure() -> Iterator[None]:
    """Who is forgotten is taken out of what was counted."""
    erase = rounds.erase_marks

    def erased(connection: Connection, team_id: str, respondents: Any) -> int:
        theirs = select(PARTICIPATION.c.round_id).where(PARTICIPATION.c.respondent.in_(respondents))
        counted = ROUND.update().where(ROUND.c.id.in_(theirs), ROUND.c.n > 5)
        connection.execute(counted.values(n=ROUND.c.n - 1))
        return erase(connection, team_id, respondents)

    with patch.object(erasure, "erase_marks", erased):
        yield


@contextmanager
def last_to_come_wins() -> Iterator[None]:
    """A click that comes late undoes a newer one."""

    def kept(connection: Connection, into: Any, rows: Any, **_: Any) -> None:
        put(connection, into, rows)

    def taken(self: CurrentAnswer, rating: Any) -> bool:
        self.points[rating.item], self.clicked_at[rating.item] = rating.point, rating.clicked_at
        return True

    with patch.object(CurrentAnswer, "take", taken), patch.object(answers, "put", kept):
        yield


@contextmanager
def lost_post_is_repeated() -> Iterator[None]:
    """A message whose answer was lost is sent once more."""

    async def again(self: Outbox, post: Any, *, error: str, **_: Any) -> None:
        await self.again(post, not_before=None, error=error)

    with patch.object(Outbox, "lost", again):
        yield


@contextmanager
def closed_wave_takes_answers() -> Iterator[None]:
    """A click is taken whenever it comes."""
    with patch.object(CurrentAnswer, "closed", lambda *_: False):
        yield


@contextmanager
def tie_kept_after_the_count() -> Iterator[None]:
    """The count leaves one person's answer where it was."""
    keep = rounds._keep

    def kept(connection: Connection, team_id: str, question_id: str, given: Any, made: Any) -> None:
        one = select(RATING).where(RATING.c.wave_id == given.waves[0].id).limit(1)
        first = connection.execute(one).mappings().first()
        keep(connection, team_id, question_id, given, made)
        if first and made.round:
            connection.execute(RATING.insert(), dict(first))

    with patch.object(rounds, "_keep", kept):
        yield


@contextmanager
def receipt_of_another() -> Iterator[None]:
    """A receipt goes to whoever clicked before."""
    before = list[Any]()

    async def told(respond: Any, message: Any, **more: Any) -> None:
        before.append(respond)
        await tell(before[-2] if len(before) > 1 else respond, message, **more)

    with patch.object(answer_clicks, "tell", told):
        yield


@contextmanager
def schedule_in_utc() -> Iterator[None]:
    """What is due at nine in Berlin comes at nine in UTC."""

    def moment(local: datetime, _: str) -> datetime:
        return local.replace(tzinfo=UTC)

    with patch.object(import_module("jobs.cadence.occasions"), "moment", moment):  # a function hides it
        yield


PLANTED = {
    "ack before commit": ack_before_commit,
    "lease ignored": lease_ignored,
    "window claimed twice": window_claimed_twice,
    "figure from an uncounted wave": counted_while_open,
    "forget moves a figure": forget_moves_a_figure,
    "newest click does not win": last_to_come_wins,
    "lost post is repeated": lost_post_is_repeated,
    "closed wave takes answers": closed_wave_takes_answers,
    "tie kept after the count": tie_kept_after_the_count,
    "receipt of another": receipt_of_another,
    "schedule in UTC": schedule_in_utc,
}
