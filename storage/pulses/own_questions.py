"""What one person has to do with: the questions that they lead, and those that are open where they are."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import exists

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

    async def newest_waves(self, team_id: str, pulse_ids: Collection[str]) -> dict[str, Wave]:
        """The newest wave of each of these pulses that was not taken down, by pulse; all in one query."""
        later = WAVE.alias("later")
        is_newest = ~exists().where(
            later.c.team_id == WAVE.c.team_id,
            later.c.pulse_id == WAVE.c.pulse_id,
            later.c.opened_at > WAVE.c.opened_at,
            ~later.c.taken_down,
        )
        mine = (WAVE.c.team_id == team_id, WAVE.c.pulse_id.in_(pulse_ids), ~WAVE.c.taken_down)
        found = await self._fetch_all(WAVES.where(*mine, is_newest), read_wave)
        return {wave.pulse.id: wave for wave in found}

    async def open_in(
        self, team_id: str, channel_ids: Collection[str], *, now: datetime, since: datetime
    ) -> list[Wave]:
        """The waves opened after `since` that are open in some channels, the one that closes next first."""
        query = WAVES.where(
            WAVE.c.team_id == team_id,
            WAVE.c.channel_id.in_(channel_ids),
            WAVE.c.opened_at > since,
            WAVE.c.closed_at.is_(None),
            WAVE.c.closes_at > now,
            ~WAVE.c.taken_down,
        )
        return await self._fetch_all(query.order_by(WAVE.c.closes_at, WAVE.c.id), read_wave)
