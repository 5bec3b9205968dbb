"""How waves end: they close, wait for the last forms, and count, or are taken down."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, Update, case, func

from storage.answers.erasure import erase_wave
from storage.delivery.outbox_requests import bump, withdraw
from storage.engine.repository import Part
from storage.records import Pulse, Wave
from storage.schema.question_tables import GIVEN, PULSE, RATING, WAVE
from storage.schema.wave_rows import WAVES, read_wave

UNSETTLED = WAVES.where(WAVE.c.settled_at.is_(None), ~WAVE.c.taken_down)


class Closing(Part):
    """The ends of waves."""

    async def closing(self, now: datetime) -> list[Wave]:
        """The open waves of all workspaces whose time is up, oldest first."""
        query = UNSETTLED.where(WAVE.c.closed_at.is_(None), WAVE.c.closes_at <= now)
        return await self._all(query.order_by(WAVE.c.closes_at), read_wave)

    async def close(self, team_id: str, wave_id: str, *, at: datetime) -> bool:
        """Closes an open wave and renews its message; False when it was closed already."""

        def work(connection: Connection) -> bool:
            closed = connection.execute(_close(team_id, wave_id, at).where(WAVE.c.closed_at.is_(None)))
            if closed.rowcount:
                bump(connection, team_id, [wave_id])
            return closed.rowcount == 1

        return await self._write(work)

    async def settling(self, before: datetime) -> list[Wave]:
        """The waves of all workspaces, closed by `before`, of which it is not decided whether they count."""
        query = UNSETTLED.where(WAVE.c.closed_at.is_not(None), WAVE.c.closes_at <= before)
        return await self._all(query.order_by(WAVE.c.closes_at), read_wave)

    async def waiting(self, pulse: Pulse) -> list[Wave]:
        """The waves with too few answers to count that join the next one of this question, oldest first.

        The question is the same where product, channel, instrument, side and promise are: one that is asked
        now and then is a pulse of its own each time.
        """
        query = WAVES.where(
            WAVE.c.team_id == pulse.team_id,
            WAVE.c.channel_id == pulse.channel_id,
            WAVE.c.product_id == pulse.product.id,
            PULSE.c.instrument == pulse.instrument,
            PULSE.c.lens == pulse.lens,
            PULSE.c.named == pulse.named,
            WAVE.c.settled_at.is_not(None),
            WAVE.c.counted_at.is_(None),
            ~WAVE.c.taken_down,
        )
        return await self._all(query.order_by(WAVE.c.closes_at), read_wave)

    async def settle(self, team_id: str, wave_id: str, *, at: datetime, count: Sequence[str]) -> bool:
        """Decides about a wave: those that `count` names, it and waiting ones, are in figures from `at` on.

        From then on it takes no answer, and the marks of answers taken back go. False when it was decided.
        """

        def work(connection: Connection) -> bool:
            mine = _update(team_id, wave_id).where(WAVE.c.settled_at.is_(None))
            if not connection.execute(mine.values(settled_at=at)).rowcount:
                return False
            counted = WAVE.update().where(WAVE.c.team_id == team_id, WAVE.c.id.in_(count))
            connection.execute(counted.where(WAVE.c.counted_at.is_(None)).values(counted_at=at))
            marks = RATING.delete().where(RATING.c.team_id == team_id, RATING.c.wave_id == wave_id)
            connection.execute(marks.where(~GIVEN))
            return True

        return await self._write(work)

    async def take_down(self, team_id: str, wave_id: str, *, at: datetime) -> None:
        """Erases all that was answered in a wave, closes it and wants its message gone; the wave stays."""

        def work(connection: Connection) -> None:
            erase_wave(connection, team_id, wave_id)
            connection.execute(_close(team_id, wave_id, at).values(taken_down=True))
            withdraw(connection, team_id, wave_id)

        await self._write(work)


def _update(team_id: str, wave_id: str) -> Update:
    return WAVE.update().where(WAVE.c.team_id == team_id, WAVE.c.id == wave_id)


def _close(team_id: str, wave_id: str, at: datetime) -> Update:
    """Closed at that time, or when its own was up. A clock behind the opener's does not move the close."""
    early = (WAVE.c.closes_at > at) & (WAVE.c.opened_at <= at)
    return _update(team_id, wave_id).values(
        closed_at=func.coalesce(WAVE.c.closed_at, at), closes_at=case((early, at), else_=WAVE.c.closes_at)
    )
