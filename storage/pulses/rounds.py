"""What counts: closed waves that wait for the last forms, and are then counted alone or with the next."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select

from storage.engine.repository import Repository, fetch_one
from storage.records import Lens, Pulse, Wave
from storage.schema.question_tables import IS_ANSWER, PULSE, RATING, WAVE
from storage.schema.wave_rows import PEOPLE, UNSETTLED, WAVES, read_wave


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

    async def counted(
        self,
        team_id: str,
        channel_ids: Collection[str],
        *,
        product_id: str,
        since: datetime,
        until: datetime,
    ) -> list[Wave]:
        """The waves about a product in some channels that came to count from `since` to before `until`."""
        query = _counted(team_id, product_id).where(
            WAVE.c.channel_id.in_(channel_ids), WAVE.c.counted_at >= since, WAVE.c.counted_at < until
        )
        return await self._fetch_all(query.order_by(WAVE.c.counted_at), read_wave)

    async def last_counted(
        self,
        team_id: str,
        channel_ids: Collection[str],
        *,
        product_id: str,
        instrument: str,
        lens: Lens,
        before: datetime,
    ) -> Wave | None:
        """The wave of a question that came to count last before a moment; of several the one closed last."""
        newest_first = (WAVE.c.counted_at.desc(), WAVE.c.closes_at.desc())
        query = (
            _counted(team_id, product_id)
            .where(WAVE.c.counted_at < before, PULSE.c.instrument == instrument, PULSE.c.lens == lens)
            .order_by(*newest_first)
            .limit(1)
        )

        def work(connection: Connection) -> Wave | None:
            # Channel by channel, since the index has their waves in order only within one of them.
            each = (query.where(WAVE.c.channel_id == channel_id) for channel_id in channel_ids)
            found = [wave for one in each if (wave := fetch_one(connection, one, read_wave))]
            return max(found, key=lambda wave: (wave.counted_at, wave.closes_at), default=None)

        return await self._engine.read(work)

    async def settle(self, team_id: str, wave_id: str, *, at: datetime, count: Sequence[str]) -> bool:
        """Decides about a wave: those that `count` names, it and waiting ones, are in figures from `at` on.

        From then on it takes no answer, and the marks of answers taken back go. How many people answered is
        kept with each wave that counts. False, and nothing changed, when it was decided before.
        """

        def work(connection: Connection) -> bool:
            undecided = WAVE.update().where(
                WAVE.c.team_id == team_id, WAVE.c.id == wave_id, WAVE.c.settled_at.is_(None)
            )
            if not connection.execute(undecided.values(settled_at=at)).rowcount:
                return False
            counted = WAVE.update().where(WAVE.c.team_id == team_id, WAVE.c.id.in_(count))
            values = {"counted_at": at, "people": PEOPLE}
            connection.execute(counted.where(WAVE.c.counted_at.is_(None)).values(values))
            marks = RATING.delete().where(RATING.c.team_id == team_id, RATING.c.wave_id == wave_id)
            connection.execute(marks.where(~IS_ANSWER))
            return True

        return await self._engine.write(work)


def _counted(team_id: str, product_id: str) -> Select[Any]:
    return WAVES.where(WAVE.c.team_id == team_id, WAVE.c.product_id == product_id, ~WAVE.c.taken_down)
