"""What counts: closed waves that wait for the last forms, and are then counted alone or with the next."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from storage.engine.repository import Repository
from storage.records import Pulse, Wave
from storage.schema.question_tables import IS_ANSWER, PULSE, RATING, WAVE
from storage.schema.wave_rows import UNSETTLED, WAVES, read_wave


class Rounds(Repository):
    """What is decided about the waves of every workspace once they are closed."""

    async def settling(self, before: datetime) -> list[Wave]:
        """The waves of all workspaces, closed by `before`, of which it is not decided whether they count."""
        query = UNSETTLED.where(WAVE.c.closed_at.is_not(None), WAVE.c.closes_at <= before)
        return await self._fetch_all(query.order_by(WAVE.c.closes_at), read_wave)

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
        return await self._fetch_all(query.order_by(WAVE.c.closes_at), read_wave)

    async def settle(self, team_id: str, wave_id: str, *, at: datetime, count: Sequence[str]) -> bool:
        """Decides about a wave: those that `count` names, it and waiting ones, are in figures from `at` on.

        From then on it takes no answer, and the marks of answers taken back go. False when it was decided.
        """

        def work(connection: Connection) -> bool:
            undecided = WAVE.update().where(
                WAVE.c.team_id == team_id, WAVE.c.id == wave_id, WAVE.c.settled_at.is_(None)
            )
            if not connection.execute(undecided.values(settled_at=at)).rowcount:
                return False
            counted = WAVE.update().where(WAVE.c.team_id == team_id, WAVE.c.id.in_(count))
            connection.execute(counted.where(WAVE.c.counted_at.is_(None)).values(counted_at=at))
            marks = RATING.delete().where(RATING.c.team_id == team_id, RATING.c.wave_id == wave_id)
            connection.execute(marks.where(~IS_ANSWER))
            return True

        return await self._engine.write(work)
