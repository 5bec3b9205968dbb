"""The reminders of waves: which may be due, whom they may go to, and each claimed once before it is sent."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, exists, or_, select

from storage.engine.repository import Repository, add, fetch_all, fetch_one, put, select_columns
from storage.records import AnswerKey, WaveHeader
from storage.records.name_folding import comparison_key
from storage.records.pause_records import CAP, SNOOZE
from storage.reminders.pauses import claim, held_back, once_forgotten
from storage.schema.pause_tables import INSTRUMENT_PAUSE, PAUSE, REMINDER
from storage.schema.question_tables import IS_ANSWER, PULSE, RATING, WAVE
from storage.schema.wave_rows import HEADER_COLUMNS, WAVE_TABLES, read_wave_header

_STANDS = (WAVE.c.settled_at.is_(None), WAVE.c.closed_at.is_(None), ~WAVE.c.taken_down, ~PULSE.c.paused)
_WAVES = select_columns(HEADER_COLUMNS, WAVE_TABLES)
_CLOSING = _WAVES.where(
    *_STANDS, WAVE.c.closes_at > bindparam("now"), WAVE.c.closes_at <= bindparam("until")
).order_by(WAVE.c.closes_at, WAVE.c.team_id, WAVE.c.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Who is to be reminded: their code, and the key under which they would answer the wave.

    `keys` are all under which they may have answered the same elsewhere. They were not written to within
    `cap`, nor reminded of this instrument within `pause`.
    """

    respondent: str
    answer: AnswerKey
    keys: Collection[str] = ()
    cap: timedelta = CAP
    pause: timedelta = timedelta(0)


class Reminders(Repository):
    """The reminders of every workspace."""

    async def closing(self, now: datetime, until: datetime) -> list[WaveHeader]:
        """The open waves of all workspaces that close by then, the next one first; of no paused question."""
        return await self._fetch_all(_CLOSING, read_wave_header, now=now, until=until)

    async def left_out(
        self, wave: WaveHeader, *, now: datetime, pause: timedelta = timedelta(0)
    ) -> tuple[set[str], set[str]]:
        """Who gets no reminder of a wave: those who answered it, by the key of their answer; others by code.

        An answer to the same question in another channel, while that is open, is one too. `pause` is how long
        nobody is reminded again of the instrument.
        The others were reminded of it, want none (both also under the code of once it was forgotten), or are
        not written to now.
        """
        lately = select(INSTRUMENT_PAUSE.c.respondent).where(
            INSTRUMENT_PAUSE.c.team_id == wave.team_id,
            INSTRUMENT_PAUSE.c.instrument == wave.pulse.instrument,
            INSTRUMENT_PAUSE.c.reminded_at > now - pause,
        )
        had = select(REMINDER.c.respondent).where(
            REMINDER.c.team_id == wave.team_id, REMINDER.c.wave_id == wave.id
        )
        held = select(PAUSE.c.respondent).where(PAUSE.c.team_id == wave.team_id, held_back(now))

        def work(connection: Connection) -> tuple[set[str], set[str]]:
            same = _open_with_the_same(connection, wave)
            answered = select(RATING.c.respondent).where(
                RATING.c.team_id == wave.team_id, RATING.c.wave_id.in_(same), IS_ANSWER
            )
            read = (set(connection.execute(query).scalars()) for query in (answered, had, held, lately))
            done, *others = read
            return done, set().union(*others)

        return await self._engine.read(work)

    async def claim(self, wanted: Claim, *, now: datetime) -> bool:
        """Whether a person may be reminded of a wave now; if so, they count as reminded, whatever comes.

        Not of a wave that is closed or paused by now or that they have answered, be it in another channel,
        nor a second time, nor inside their pauses: of several that ask at once, also in different processes,
        one is told yes.
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
    stands = _WAVES.where(
        WAVE.c.team_id == key.team_id, WAVE.c.id == key.wave_id, *_STANDS, WAVE.c.closes_at > now
    )
    wave = fetch_one(connection, stands, read_wave_header)
    if wave is None or _is_done_with(connection, wave, wanted, now):
        return False
    if not claim(connection, key.team_id, wanted.respondent, now=now, cap=wanted.cap, asks=True):
        return False
    pause = {"instrument": wave.pulse.instrument, "reminded_at": now}
    row = {"team_id": key.team_id, "respondent": wanted.respondent}
    put(connection, INSTRUMENT_PAUSE, [{**row, **pause}])
    return add(connection, REMINDER, {**of_wave, **row, "sent": True, "declined_at": None})


def _is_done_with(connection: Connection, wave: WaveHeader, wanted: Claim, now: datetime) -> bool:
    """Whether a person has answered, had the reminder or wants none, or rests from this instrument."""
    answered = exists().where(
        RATING.c.team_id == wave.team_id,
        RATING.c.wave_id.in_(_open_with_the_same(connection, wave)),
        RATING.c.respondent.in_([wanted.answer.respondent, *wanted.keys]),
        IS_ANSWER,
    )
    had = exists().where(
        REMINDER.c.team_id == wave.team_id,
        REMINDER.c.wave_id == wave.id,
        REMINDER.c.respondent.in_([wanted.respondent, once_forgotten(wave.id, wanted.respondent)]),
    )
    rests = exists().where(
        INSTRUMENT_PAUSE.c.team_id == wave.team_id,
        INSTRUMENT_PAUSE.c.respondent == wanted.respondent,
        INSTRUMENT_PAUSE.c.instrument == wave.pulse.instrument,
        INSTRUMENT_PAUSE.c.reminded_at > now - wanted.pause,
    )
    return bool(connection.execute(select(or_(answered, had, rests))).scalar())


def _open_with_the_same(connection: Connection, wave: WaveHeader) -> list[str]:
    """The open waves, this one among them, that ask with the same instrument about the same."""
    pulse = wave.pulse
    alike = _WAVES.where(
        WAVE.c.team_id == wave.team_id,
        WAVE.c.closed_at.is_(None),
        ~WAVE.c.taken_down,
        PULSE.c.instrument == pulse.instrument,
        PULSE.c.product_id == pulse.product.id,
    )
    subject = comparison_key(pulse.about)
    found = fetch_all(connection, alike, read_wave_header)
    return [each.id for each in found if comparison_key(each.pulse.about) == subject]
