"""The reminders of waves: which may be due, whom they may go to, and each claimed once before it is sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, exists, select

from storage.engine.repository import Repository, add, select_columns
from storage.records import AnswerKey, WaveHeader
from storage.records.pause_records import SNOOZE
from storage.reminders.pauses import claim, held_back, once_forgotten
from storage.schema.pause_tables import PAUSE, REMINDER
from storage.schema.question_tables import IS_ANSWER, PULSE, RATING, WAVE
from storage.schema.wave_rows import HEADER_COLUMNS, PULSE_OF_WAVE, WAVE_TABLES, read_wave_header

_STANDS = (WAVE.c.settled_at.is_(None), WAVE.c.closed_at.is_(None), ~WAVE.c.taken_down, ~PULSE.c.paused)
_CLOSING = (
    select_columns(HEADER_COLUMNS, WAVE_TABLES)
    .where(*_STANDS, WAVE.c.closes_at > bindparam("now"), WAVE.c.closes_at <= bindparam("until"))
    .order_by(WAVE.c.closes_at, WAVE.c.team_id, WAVE.c.id)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Who is to be reminded: their code, and the key under which they would answer the wave."""

    respondent: str
    answer: AnswerKey


class Reminders(Repository):
    """The reminders of every workspace."""

    async def closing(self, now: datetime, until: datetime) -> list[WaveHeader]:
        """The open waves of all workspaces that close by then, the next one first; of no paused question."""
        return await self._fetch_all(_CLOSING, read_wave_header, now=now, until=until)

    async def left_out(self, wave: WaveHeader, *, now: datetime) -> tuple[set[str], set[str]]:
        """Who gets no reminder of a wave: those who answered it, by the key of their answer; others by code.

        The others were reminded of it, want none (both also under the code of once it was forgotten), or are
        not written to now.
        """
        answered = select(RATING.c.respondent).where(
            RATING.c.team_id == wave.team_id, RATING.c.wave_id == wave.id, IS_ANSWER
        )
        had = select(REMINDER.c.respondent).where(
            REMINDER.c.team_id == wave.team_id, REMINDER.c.wave_id == wave.id
        )
        held = select(PAUSE.c.respondent).where(PAUSE.c.team_id == wave.team_id, held_back(now))

        def work(connection: Connection) -> tuple[set[str], set[str]]:
            read = (set(connection.execute(query).scalars()) for query in (answered, had, held))
            done, *others = read
            return done, set().union(*others)

        return await self._engine.read(work)

    async def claim(self, wanted: Claim, *, now: datetime) -> bool:
        """Whether a person may be reminded of a wave now; if so, they count as reminded, whatever comes.

        Not of a wave that is closed or paused by now or that they have answered, nor a second time, nor
        inside their pauses: of several that ask at once, also in different processes, one is told yes.
        """
        return await self._engine.write(lambda connection: _claim(connection, wanted, now))

    async def expire(self, now: datetime) -> None:
        """Deletes what is kept of closed waves, as soon as no pause goes by it any more."""
        closed = exists().where(
            WAVE.c.team_id == REMINDER.c.team_id,
            WAVE.c.id == REMINDER.c.wave_id,
            WAVE.c.closed_at.is_not(None),
        )
        over = REMINDER.c.declined_at.is_(None) | (REMINDER.c.declined_at <= now - SNOOZE)
        await self._change(REMINDER.delete().where(closed, over))


def _claim(connection: Connection, wanted: Claim, now: datetime) -> bool:
    key = wanted.answer
    of_wave: Mapping[str, str] = {"team_id": key.team_id, "wave_id": key.wave_id}
    answered = exists().where(
        *(RATING.c[name] == value for name, value in of_wave.items()),
        RATING.c.respondent == key.respondent,
        IS_ANSWER,
    )
    had = exists().where(
        *(REMINDER.c[name] == value for name, value in of_wave.items()),
        REMINDER.c.respondent.in_([wanted.respondent, once_forgotten(key.wave_id, wanted.respondent)]),
    )
    may = (
        select(WAVE.c.id)
        .select_from(WAVE.join(PULSE, PULSE_OF_WAVE))
        .where(WAVE.c.team_id == key.team_id, WAVE.c.id == key.wave_id)
        .where(*_STANDS, WAVE.c.closes_at > now, ~answered, ~had)
    )
    if connection.execute(may).first() is None:
        return False
    if not claim(connection, key.team_id, wanted.respondent, now=now, asks=True):
        return False
    row = {**of_wave, "respondent": wanted.respondent, "sent": True, "declined_at": None}
    return add(connection, REMINDER, row)
