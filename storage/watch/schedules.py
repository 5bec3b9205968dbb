"""What goes on by itself in every workspace: questions that are open or repeat, wherever they are asked."""

from sqlalchemy import exists

from storage.engine.repository import Repository
from storage.records import Pulse
from storage.records.pulse_records import ENDED
from storage.schema.question_tables import PULSE, WAVE
from storage.schema.wave_rows import PULSES, read_pulse

_OPEN = exists().where(
    WAVE.c.team_id == PULSE.c.team_id, WAVE.c.pulse_id == PULSE.c.id, WAVE.c.closed_at.is_(None)
)

_GOES_ON = PULSE.c.next_at.is_not(None) & (PULSE.c.pause_reason.is_(None) | (PULSE.c.pause_reason != ENDED))


class Schedules(Repository):
    """The pulses that are not over."""

    async def live(self) -> list[Pulse]:
        """Those that are open, that will be asked again, or that are paused until somebody resumes them."""
        return await self._fetch_all(
            PULSES.where(_GOES_ON | _OPEN).order_by(PULSE.c.team_id, PULSE.c.number), read_pulse
        )
