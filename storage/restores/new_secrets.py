"""Another secret for a database whose own is lost or known: all that is kept under a code of a person goes.

With another secret nobody could find, erase or stop anything that is kept under their old code. Totals hold
no codes, so they stay; what is open or waits is erased as in a copy that was put back (`restores`).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, func, select

from storage.answers.erasure import KEY_LENGTH, erase_comments
from storage.answers.listed_comments import end_unlisted
from storage.engine.backup import InUse
from storage.engine.database import used_by_another
from storage.engine.repository import Repository, add
from storage.pulses.waiting_answers import day_of
from storage.restores.restores import FORGET, UNCOUNTED, erase_uncounted
from storage.restores.run_marks import Outside, is_same, lines_since, mark_inside, mark_outside
from storage.schema.delivery_tables import EVERY_TEAM, FINGERPRINT
from storage.schema.installation_table import INSTALLATION, NOTHING_KEPT
from storage.schema.pause_tables import INSTRUMENT_PAUSE, PAUSE, REMINDER
from storage.schema.question_tables import COMMENT, IS_ANSWER, RATING, WAVE
from storage.schema.round_tables import FILE_ROWS, PARTICIPATION, ROLE, ROUND
from storage.schema.saved_tables import REMOVED, SAVED

AT_ONCE = 500  # comments
_CODED = (ROLE, REMINDER, INSTRUMENT_PAUSE, PAUSE, SAVED, REMOVED, FILE_ROWS)
"""The tables that hold nothing but what is kept under a code, of people or of rows of files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatGoes:
    """What is erased with a new secret: questions that are open or wait, their answers, and so on.

    `stopped` is how many people want no reminders, `rounds` how many counted totals stay. With `names` the
    answers that were counted with names go too: of a copy nobody could tell which had been forgotten since.
    """

    questions: int
    answers: int
    comments: int
    saved: int
    marks: int
    roles: int
    stopped: int
    rounds: int
    names: bool


class NewSecrets(Repository):
    """What a new secret erases."""

    async def what_goes(self, outside: Outside) -> WhatGoes:
        """What `begin` would erase."""
        return await self._engine.read(lambda connection: _what_goes(connection, outside))

    async def begin(self, fingerprint: str, outside: Outside, *, now: datetime) -> None:
        """Erases all that is kept under codes and keeps another fingerprint, in one transaction.

        No round is made for four weeks. Raises InUse while another process has the database open.
        """

        def work(connection: Connection) -> None:
            if used_by_another(connection):
                raise InUse("Another Bifocal is at work: stop every Bifocal, then run this again.")
            goes = _what_goes(connection, outside)
            erase_uncounted(connection, now)
            _erase_comments(connection, None if goes.names else _is_code(COMMENT))
            end_unlisted(connection)
            connection.execute(RATING.delete() if goes.names else RATING.delete().where(_is_code(RATING)))
            connection.execute(PARTICIPATION.delete().where(_is_code(PARTICIPATION)))
            for each in _CODED:
                connection.execute(each.delete())
            _keep(connection, fingerprint, now, mutes_lost=goes.stopped > 0)

        await self._engine.erase(work)
        await self._engine.empty_journal()


def _what_goes(connection: Connection, outside: Outside) -> WhatGoes:
    def number(of: Table, *where: ColumnElement[bool]) -> int:
        return int(connection.execute(select(func.count()).select_from(of).where(*where)).scalar_one())

    people = select(RATING.c.team_id, RATING.c.wave_id, RATING.c.respondent).where(IS_ANSWER).distinct()
    of_wave = (RATING.c.team_id == WAVE.c.team_id) & (RATING.c.wave_id == WAVE.c.id)
    waiting = people.select_from(RATING.join(WAVE, of_wave)).where(*UNCOUNTED).subquery()
    inside, seen = mark_inside(connection), mark_outside(outside)
    later = () if is_same(inside, seen) else lines_since(inside, seen, outside)
    names = any(line.what == FORGET for line in later)
    return WhatGoes(
        questions=number(WAVE, *UNCOUNTED),
        answers=int(connection.execute(select(func.count()).select_from(waiting)).scalar_one()),
        comments=number(COMMENT) if names else number(COMMENT, _is_code(COMMENT)),
        saved=number(SAVED),
        marks=number(PARTICIPATION, _is_code(PARTICIPATION)),
        roles=number(ROLE, ROLE.c.role.is_not(None)),
        stopped=number(PAUSE, PAUSE.c.stopped),
        rounds=number(ROUND, ROUND.c.withdrawn_at.is_(None)),
        names=names,
    )


def _is_code(table: Table) -> ColumnElement[bool]:
    """Whether a row is kept under a code; with names it is a user id."""
    return func.length(table.c.respondent) == KEY_LENGTH


def _erase_comments(connection: Connection, where: ColumnElement[bool] | None) -> None:
    """Erases comments, their labels, corrections and quotations."""
    query = select(COMMENT.c.team_id, COMMENT.c.id)
    ids: dict[str, list[str]] = {}
    for team_id, comment_id in connection.execute(query if where is None else query.where(where)):
        ids.setdefault(team_id, []).append(comment_id)
    for team_id, its in ids.items():
        for start in range(0, len(its), AT_ONCE):
            erase_comments(connection, team_id, its[start : start + AT_ONCE])


def _keep(connection: Connection, fingerprint: str, now: datetime, *, mutes_lost: bool) -> None:
    connection.execute(FINGERPRINT.delete())
    add(connection, FINGERPRINT, {"team_id": EVERY_TEAM, "text": fingerprint})
    add(connection, INSTALLATION, NOTHING_KEPT)
    values: dict[str, Any] = {"restored_on": day_of(now), "new_secret": True, "step": INSTALLATION.c.step + 1}
    if mutes_lost:
        values["mutes_lost"] = True
    connection.execute(INSTALLATION.update().values(values))
