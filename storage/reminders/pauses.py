"""Whether somebody may be written to: asked and claimed in one write, and what people say about it.

A person stands in here under their code, also for questions with names, so nothing links code and id.
"""

from collections.abc import Awaitable, Collection
from datetime import datetime
from typing import Protocol

from sqlalchemy import ColumnElement, Connection, and_, case, func, or_, select

from storage.engine.repository import Repository, Transact, add, fetch_one, reader, select_columns
from storage.records import Declined, Pause
from storage.records.pause_records import CAP, MOST_SILENT, REST, SNOOZE
from storage.schema.pause_tables import PAUSE, REMINDER

STOP, AGAIN = "stop", "again"  # as they are noted outside
_PAUSES = select_columns(PAUSE.c, PAUSE)
_read_pause = reader("pause", Pause)


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
        """What is kept of a person for reminders; None where nothing is."""
        return await self._fetch_one(_PAUSES.where(*_of(team_id, respondent)), _read_pause)

    async def claim_writing(self, team_id: str, respondent: str, *, now: datetime) -> bool:
        """Whether something that asks for no answer may be written to a person now; if so, it counts as sent.

        Of several that ask at once, also in different processes, one is told yes.
        """
        return await self._engine.write(
            lambda connection: claim(connection, team_id, respondent, now=now, asks=False)
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
                return Declined(sent=False)
            mine = _of_wave(team_id, wave_id, respondent)
            connection.execute(REMINDER.update().where(*mine).values(declined_at=now))
            return Declined(sent=bool(connection.execute(select(REMINDER.c.sent).where(*mine)).scalar()))

        return await self._engine.write(work)

    async def undo(self, team_id: str, wave_id: str, respondent: str) -> Declined:
        """Takes back that a person wanted no reminder of a wave; one that was sent stays sent.

        What they said of other waves holds on.
        """

        def work(connection: Connection) -> Declined:
            mine = _of_wave(team_id, wave_id, respondent)
            sent = bool(connection.execute(select(REMINDER.c.sent).where(*mine)).scalar())
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
        """Keeps that a person wants to be written to no more; with `stopped` false, that they do again."""
        if self._note:
            await self._note(STOP if stopped else AGAIN, team_id, respondent)
        await self._engine.write(lambda connection: set_stopped(connection, team_id, respondent, stopped))

    async def expire(self, now: datetime) -> None:
        """Deletes what holds nothing back any more; that somebody wants nothing at all stays."""
        holds = (PAUSE.c.written_at > now - REST, PAUSE.c.quiet_until > now)
        over = and_(~PAUSE.c.stopped, *(or_(~each, each.is_(None)) for each in holds))
        await self._change(PAUSE.delete().where(over))


def set_stopped(connection: Connection, team_id: str, respondent: str, stopped: bool) -> None:  # noqa: FBT001
    """What `Pauses.stop` does, inside a transaction."""
    _ensure(connection, team_id, respondent)
    connection.execute(PAUSE.update().where(*_of(team_id, respondent)).values(stopped=stopped))


def claim(connection: Connection, team_id: str, respondent: str, *, now: datetime, asks: bool) -> bool:
    """Whether a person may be written to, inside a transaction; if so, it counts as written.

    With `asks` it is a reminder, which they may leave without an answer. One UPDATE decides, so of two
    processes one is refused.
    """
    _ensure(connection, team_id, respondent)
    silent = case((PAUSE.c.silent >= MOST_SILENT, 1), else_=PAUSE.c.silent + 1) if asks else PAUSE.c.silent
    claimed = PAUSE.update().where(*_of(team_id, respondent), ~held_back(now))
    return connection.execute(claimed.values(written_at=now, silent=silent)).rowcount == 1


def held_back(now: datetime) -> ColumnElement[bool]:
    """What holds for the pause of somebody who is not written to now (`jobs.reminders.writing_rule`)."""
    rests = and_(PAUSE.c.silent >= MOST_SILENT, PAUSE.c.written_at > now - REST)
    lately = (PAUSE.c.written_at > now - CAP, PAUSE.c.quiet_until > now, rests)
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
    """Erases what is kept of a person for reminders, given each of their forms; gives what that was."""
    theirs = (PAUSE.c.team_id == team_id, PAUSE.c.respondent.in_(respondents))
    pause = fetch_one(connection, _PAUSES.where(*theirs), _read_pause)
    connection.execute(PAUSE.delete().where(*theirs))
    connection.execute(
        REMINDER.delete().where(REMINDER.c.team_id == team_id, REMINDER.c.respondent.in_(respondents))
    )
    return pause


def _ensure(connection: Connection, team_id: str, respondent: str) -> None:
    row = {"team_id": team_id, "respondent": respondent, "stopped": False, "silent": 0}
    add(connection, PAUSE, {**row, "written_at": None, "quiet_until": None})


def _of(team_id: str, respondent: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return PAUSE.c.team_id == team_id, PAUSE.c.respondent == respondent


def _of_wave(team_id: str, wave_id: str, respondent: str) -> tuple[ColumnElement[bool], ...]:
    return (
        REMINDER.c.team_id == team_id,
        REMINDER.c.wave_id == wave_id,
        REMINDER.c.respondent == respondent,
    )
