"""Whether somebody may be written to: asked and claimed in one write, and what people say about it.

A person stands in here under their code, also for questions with names, so nothing links code and id.
"""

import hashlib
from collections.abc import Awaitable, Collection
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import ColumnElement, Connection, and_, case, exists, func, or_, select

from storage.engine.repository import Repository, Transact, add, fetch_one, reader, select_columns
from storage.records import Declined, Pause
from storage.records.pause_records import CAP, MOST_SILENT, REST, SNOOZE
from storage.schema.installation_table import MUTES_LOST
from storage.schema.pause_tables import INSTRUMENT_PAUSE, PAUSE, REMINDER
from storage.schema.question_tables import WAVE

STOP, AGAIN = "stop", "again"  # as they are noted outside
_PAUSES = select_columns(PAUSE.c, PAUSE)
_read_pause = reader("pause", Pause)
_HAS_REMINDER = exists().where(
    REMINDER.c.team_id == PAUSE.c.team_id, REMINDER.c.respondent == PAUSE.c.respondent
)


class Note(Protocol):
    """Keeps outside of the database what a restored copy of it would not know."""

    def __call__(self, what: str, team_id: str, *ids: str) -> Awaitable[None]:
        """What it is, and whose code."""


class Pauses(Repository):
    """The pauses of people in every workspace. `note` keeps outside who wants to be written to no more."""

    def __init__(self, engine: Transact, note: Note | None = None) -> None:
        super().__init__(engine)
        self._note = note

    async def of_person(self, team_id: str, respondent: str) -> Pause | None:
        """What is kept of a person for reminders; None where nothing is.

        Since the mutes were lost with an old secret, who has said nothing wants to be left alone.
        """

        def work(connection: Connection) -> Pause | None:
            found = fetch_one(connection, _PAUSES.where(*_of(team_id, respondent)), _read_pause)
            return found or (Pause(stopped=True) if _mutes_lost(connection) else None)

        return await self._engine.read(work)

    async def claim_writing(
        self, team_id: str, respondent: str, *, now: datetime, cap: timedelta = CAP
    ) -> bool:
        """Whether something that asks for no answer may be written to a person now; if so, it counts as sent.

        Within `cap` of the last time it may not. Of several that ask at once, also in different processes,
        one is told yes.
        """
        return await self._engine.write(
            lambda connection: claim(connection, team_id, respondent, now=now, cap=cap, asks=False)
        )

    async def decline(self, team_id: str, wave_id: str, respondent: str, *, now: datetime) -> Declined:
        """Keeps that a person wants no reminder of a wave, and nothing at all for 7 days."""

        def work(connection: Connection) -> Declined:
            until = now + SNOOZE
            _ensure(connection, team_id, respondent)
            quiet = case((PAUSE.c.quiet_until > until, PAUSE.c.quiet_until), else_=until)
            connection.execute(PAUSE.update().where(*_of(team_id, respondent)).values(quiet_until=quiet))
            row = {"team_id": team_id, "wave_id": wave_id, "respondent": respondent}
            if add(connection, REMINDER, {**row, "sent": False, "declined_at": now}):
                before = _of_wave(team_id, wave_id, [once_forgotten(wave_id, respondent)])
                return Declined(sent=_sent(connection, before))
            mine = _of_wave(team_id, wave_id, [respondent])
            connection.execute(REMINDER.update().where(*mine).values(declined_at=now))
            return Declined(sent=_sent(connection, mine))

        return await self._engine.write(work)

    async def undo(self, team_id: str, wave_id: str, respondent: str) -> Declined:
        """Takes back that a person wanted no reminder of a wave; one that was sent stays sent.

        What they said of other waves holds on.
        """

        def work(connection: Connection) -> Declined:
            mine = _of_wave(team_id, wave_id, [respondent, once_forgotten(wave_id, respondent)])
            sent = _sent(connection, mine)
            connection.execute(REMINDER.delete().where(*mine, ~REMINDER.c.sent))
            connection.execute(REMINDER.update().where(*mine).values(declined_at=None))
            others = select(func.max(REMINDER.c.declined_at)).where(
                REMINDER.c.team_id == team_id, REMINDER.c.respondent == respondent
            )
            last = connection.execute(others).scalar()
            until = last + SNOOZE if last else None
            connection.execute(PAUSE.update().where(*_of(team_id, respondent)).values(quiet_until=until))
            return Declined(sent=sent)

        return await self._engine.write(work)

    async def stop(self, team_id: str, respondent: str, *, stopped: bool = True) -> None:
        """Keeps that a person wants to be written to no more; with `stopped` false, that they do again.

        Then nothing is kept of somebody of whom nothing else is.
        """
        if self._note:
            await self._note(STOP if stopped else AGAIN, team_id, respondent)
        await self._engine.write(lambda connection: set_stopped(connection, team_id, respondent, stopped))

    async def expire(self, now: datetime) -> None:
        """Deletes what holds nothing back any more; that somebody wants nothing at all stays."""
        holds = (PAUSE.c.written_at > now - REST, PAUSE.c.quiet_until > now)
        over = and_(~PAUSE.c.stopped, *(or_(~each, each.is_(None)) for each in holds))
        await self._change(PAUSE.delete().where(over, ~_HAS_REMINDER, ~MUTES_LOST))
        await self._change(INSTRUMENT_PAUSE.delete().where(INSTRUMENT_PAUSE.c.reminded_at <= now - REST))


def set_stopped(connection: Connection, team_id: str, respondent: str, stopped: bool) -> None:  # noqa: FBT001
    """What `Pauses.stop` does, inside a transaction."""
    theirs = _of(team_id, respondent)
    says_something = stopped or _mutes_lost(connection)  # also that they may be written to
    if says_something:
        _ensure(connection, team_id, respondent)
    connection.execute(PAUSE.update().where(*theirs).values(stopped=stopped))
    if not says_something:
        says_nothing = (PAUSE.c.written_at.is_(None), PAUSE.c.quiet_until.is_(None), ~_HAS_REMINDER)
        connection.execute(PAUSE.delete().where(*theirs, *says_nothing))


def claim(
    connection: Connection, team_id: str, respondent: str, *, now: datetime, cap: timedelta, asks: bool
) -> bool:
    """Whether a person may be written to, inside a transaction; if so, it counts as written.

    Not within `cap` of the last time. With `asks` it is a reminder, which they may leave without an answer.
    One UPDATE decides, so of two processes one is refused.
    """
    _ensure(connection, team_id, respondent)
    silent = case((PAUSE.c.silent >= MOST_SILENT, 1), else_=PAUSE.c.silent + 1) if asks else PAUSE.c.silent
    claimed = PAUSE.update().where(*_of(team_id, respondent), ~held_back(now, cap))
    return connection.execute(claimed.values(written_at=now, silent=silent)).rowcount == 1


def held_back(now: datetime, cap: timedelta = CAP) -> ColumnElement[bool]:
    """What holds for the pause of somebody who is not written to now (`jobs.reminders.writing_rule`)."""
    rests = and_(PAUSE.c.silent >= MOST_SILENT, PAUSE.c.written_at > now - REST)
    lately = (PAUSE.c.written_at > now - cap, PAUSE.c.quiet_until > now, rests)
    return or_(PAUSE.c.stopped, *(func.coalesce(each, False) for each in lately))


def end_silence(connection: Connection, people: Collection[tuple[str, str]]) -> None:
    """These people, each by team and code, have answered: their reminders were not left without an answer.

    Few have a row to change, and those are changed in the order of their keys, as answers are.
    """
    teams, codes = {team_id for team_id, _ in people}, {code for _, code in people}
    silent = select(PAUSE.c.team_id, PAUSE.c.respondent).where(
        PAUSE.c.team_id.in_(teams), PAUSE.c.respondent.in_(codes), PAUSE.c.silent > 0
    )
    found = {(row.team_id, row.respondent) for row in connection.execute(silent)}
    for team_id, code in sorted(found & set(people)):
        connection.execute(PAUSE.update().where(*_of(team_id, code)).values(silent=0))


def erase_pauses(connection: Connection, team_id: str, respondents: Collection[str]) -> Pause | None:
    """Erases what is kept of a person for reminders, given each of their forms; gives what that was.

    That an open wave has had its reminder, or is to have none, stays until it closes, under a code of this
    person and this wave alone: it is found by no other, and so nobody is reminded twice.
    """
    theirs = (PAUSE.c.team_id == team_id, PAUSE.c.respondent.in_(respondents))
    pause = fetch_one(connection, _PAUSES.where(*theirs), _read_pause)
    connection.execute(PAUSE.delete().where(*theirs))
    of_instruments = INSTRUMENT_PAUSE.c.respondent.in_(respondents)
    connection.execute(INSTRUMENT_PAUSE.delete().where(INSTRUMENT_PAUSE.c.team_id == team_id, of_instruments))
    mine = (REMINDER.c.team_id == team_id, REMINDER.c.respondent.in_(respondents))
    had = connection.execute(select(REMINDER).where(*mine)).mappings().all()
    is_open = select(WAVE.c.id).where(
        WAVE.c.team_id == team_id,
        WAVE.c.id.in_([row["wave_id"] for row in had]),
        WAVE.c.closed_at.is_(None),
    )
    still_open = set(connection.execute(is_open).scalars())
    connection.execute(REMINDER.delete().where(*mine))
    for row in had:
        if (wave_id := row["wave_id"]) in still_open:
            code = once_forgotten(wave_id, row["respondent"])
            add(connection, REMINDER, {**row, "respondent": code, "declined_at": None})
    return pause or (Pause() if had else None)


def once_forgotten(wave_id: str, respondent: str) -> str:
    """The code of a person for one wave, under which its reminder stays when all of theirs is erased."""
    return hashlib.sha256(f"{wave_id} {respondent}".encode()).hexdigest()


def _ensure(connection: Connection, team_id: str, respondent: str) -> None:
    row = {"team_id": team_id, "respondent": respondent, "silent": 0, "stopped": _mutes_lost(connection)}
    add(connection, PAUSE, {**row, "written_at": None, "quiet_until": None})


def _mutes_lost(connection: Connection) -> bool:
    return bool(connection.execute(select(MUTES_LOST)).scalar())


def _of(team_id: str, respondent: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return PAUSE.c.team_id == team_id, PAUSE.c.respondent == respondent


def _of_wave(team_id: str, wave_id: str, codes: Collection[str]) -> tuple[ColumnElement[bool], ...]:
    return (
        REMINDER.c.team_id == team_id,
        REMINDER.c.wave_id == wave_id,
        REMINDER.c.respondent.in_(codes),
    )


def _sent(connection: Connection, where: tuple[ColumnElement[bool], ...]) -> bool:
    return connection.execute(select(REMINDER.c.sent).where(*where, REMINDER.c.sent)).first() is not None
