"""What one person has to do with: the questions that they lead, and those that are open where they are."""

from collections.abc import Collection
from datetime import datetime

from storage.engine.repository import Repository
from storage.records import Pulse, Wave
from storage.schema.columns import holds
from storage.schema.question_tables import PULSE, WAVE
from storage.schema.wave_rows import PULSES, WAVES, read_pulse, read_wave

MOST = 200  # questions of one lead: the newest


class OwnQuestions(Repository):
    """The questions of one person in every workspace."""

    async def led_by(self, team_id: str, user_id: str) -> list[Pulse]:
        """The newest pulses that somebody leads, also those that have ended, newest first."""
        query = PULSES.where(PULSE.c.team_id == team_id, holds(PULSE.c.leads, user_id))
        return await self._fetch_all(query.order_by(PULSE.c.number.desc()).limit(MOST), read_pulse)

    async def open_in(self, team_id: str, channel_ids: Collection[str], *, now: datetime) -> list[Wave]:
        """The waves that are open in some channels, the one that closes next first."""
        query = WAVES.where(
            WAVE.c.team_id == team_id,
            WAVE.c.channel_id.in_(channel_ids),
            WAVE.c.closed_at.is_(None),
            WAVE.c.closes_at > now,
            ~WAVE.c.taken_down,
        )
        return await self._fetch_all(query.order_by(WAVE.c.closes_at, WAVE.c.id), read_wave)
