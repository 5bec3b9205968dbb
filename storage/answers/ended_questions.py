"""Questions that end, and waves that have waited too long: what waits in them is erased."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select

from storage.answers.erasure import erase_comments
from storage.delivery.outbox_requests import request_update
from storage.engine.repository import Repository, fetch_all
from storage.pulses.batches import unlisted_ids
from storage.records import Wave
from storage.records.pulse_records import ENDED
from storage.schema.question_tables import IS_ANSWER, PULSE, RATING, WAVE
from storage.schema.round_tables import QUESTION
from storage.schema.wave_rows import PEOPLE, PULSE_OF_WAVE, WAVES, read_wave

IS_WAITING = and_(WAVE.c.settled_at.is_not(None), WAVE.c.round_id.is_(None), WAVE.c.counted_at.is_(None))
"""What holds for a wave that was looked at and is in no round."""


class EndedQuestions(Repository):
    """What becomes of answers that wait for a round which never comes.

    A wave that is open, or whose last forms still come in, goes on; should it wait afterwards, it is erased
    by `erase_what_waits`. A question that is asked again has not ended any more.
    """

    async def waiting(self, team_id: str, pulse_id: str) -> int:
        """How many people's answers would be erased if this pulse were asked no more.

        They are those to itself, and to schedules that ended while this one still asked the same.
        """

        def work(connection: Connection) -> int:
            question_ids = _only_asked_by(connection, team_id, pulse_id)
            waves = _waiting(team_id, question_ids).where(_of_schedules(team_id, pulse_id))
            people = select(func.count(RATING.c.respondent.distinct())).where(
                RATING.c.team_id == team_id, RATING.c.wave_id.in_(waves), IS_ANSWER
            )
            return connection.execute(people).scalar_one()

        return await self._engine.read(work)

    async def end_schedule(self, team_id: str, pulse_id: str, *, at: datetime) -> None:
        """Asks a pulse no more, ends what it alone asks, and erases what waits there.

        What others have asked once goes on waiting, and so does its question.
        """

        def work(connection: Connection) -> None:
            mine = (PULSE.c.team_id == team_id, PULSE.c.id == pulse_id)
            ended = {"cadence": None, "next_at": None, "pause_reason": ENDED}
            connection.execute(PULSE.update().where(*mine).values(ended))
            _end(connection, team_id, pulse_id, _only_asked_by(connection, team_id, pulse_id), at)

        await self._engine.erase(work)

    async def end_reworded(self, team_id: str, pulse_id: str, *, question_id: str, at: datetime) -> None:
        """Ends what a pulse has asked before it was re-worded to this question, if that is another one."""

        def others(connection: Connection) -> list[str]:
            asked = [each for each in _only_asked_by(connection, team_id, pulse_id) if each != question_id]
            if not asked:
                return []
            apart = select(QUESTION.c.id).where(QUESTION.c.team_id == team_id, QUESTION.c.apart != "")
            merged = set(connection.execute(apart).scalars())  # brought beside this by a merge
            return [each for each in asked if each not in merged]

        if await self._engine.read(others):
            await self._engine.erase(
                lambda connection: _end(connection, team_id, pulse_id, others(connection), at)
            )

    async def erase_what_waits(self) -> None:
        """Erases what has begun to wait in questions of all workspaces after they had ended."""

        def work(connection: Connection) -> None:
            ended = select(QUESTION.c.team_id, QUESTION.c.id).where(QUESTION.c.ended_at.is_not(None))
            for team_id, question_id in connection.execute(ended).all():
                _erase(connection, team_id, [question_id])

        await self._engine.erase(work)

    async def waited_since(self, before: datetime) -> list[Wave]:
        """The waves of all workspaces that wait and closed before a moment, oldest first."""
        query = WAVES.where(IS_WAITING, WAVE.c.closes_at < before, ~WAVE.c.taken_down)
        return await self._fetch_all(query.order_by(WAVE.c.closes_at), read_wave)

    async def erase_wave(self, team_id: str, wave_id: str) -> None:
        """Erases what was answered in a wave if it still waits, with its comments unless they are listed."""

        def work(connection: Connection) -> None:
            this = and_(WAVE.c.team_id == team_id, WAVE.c.id == wave_id)
            _erase_waves(connection, team_id, this)

        await self._engine.erase(work)


def _only_asked_by(connection: Connection, team_id: str, pulse_id: str) -> list[str]:
    """The questions that a pulse has asked and no other schedule asks."""
    asked = select(WAVE.c.question_id).where(WAVE.c.team_id == team_id, WAVE.c.pulse_id == pulse_id)
    mine = set(connection.execute(asked).scalars())
    others = (
        select(WAVE.c.question_id)
        .select_from(WAVE.join(PULSE, PULSE_OF_WAVE))
        .where(WAVE.c.team_id == team_id, WAVE.c.question_id.in_(mine))
        .where(PULSE.c.id != pulse_id, PULSE.c.cadence.is_not(None))
    )
    return sorted(mine - set(connection.execute(others).scalars()))


def _waiting(team_id: str, question_ids: Collection[str]) -> Select[Any]:
    return select(WAVE.c.id).where(
        WAVE.c.team_id == team_id, WAVE.c.question_id.in_(question_ids), IS_WAITING, ~WAVE.c.taken_down
    )


def _end(
    connection: Connection, team_id: str, pulse_id: str, question_ids: Collection[str], at: datetime
) -> None:
    """Ends questions; one that somebody has asked once, and that is open or waits, loses the others only."""
    mine = _of_schedules(team_id, pulse_id)
    uncounted = select(WAVE.c.question_id).where(
        WAVE.c.team_id == team_id,
        WAVE.c.question_id.in_(question_ids),
        ~mine,
        and_(WAVE.c.round_id.is_(None), WAVE.c.counted_at.is_(None), ~WAVE.c.taken_down),
    )
    go_on = set(connection.execute(uncounted).scalars())
    ended = [each for each in question_ids if each not in go_on]
    these = (QUESTION.c.team_id == team_id, QUESTION.c.id.in_(ended))
    connection.execute(QUESTION.update().where(*these).values(ended_at=at, look_again_on=None))
    _erase(connection, team_id, ended)
    _erase_waves(connection, team_id, and_(WAVE.c.team_id == team_id, WAVE.c.question_id.in_(go_on), mine))


def _of_schedules(team_id: str, pulse_id: str) -> ColumnElement[bool]:
    """What holds for a wave of this pulse, or of one whose schedule has ended before."""
    ended = or_(PULSE.c.id == pulse_id, PULSE.c.pause_reason == ENDED)
    return WAVE.c.pulse_id.in_(select(PULSE.c.id).where(PULSE.c.team_id == team_id, ended))


def _erase(connection: Connection, team_id: str, question_ids: Collection[str]) -> None:
    """Erases the waiting waves of questions, and comments of closed waves that are not listed."""
    these = and_(WAVE.c.team_id == team_id, WAVE.c.question_id.in_(question_ids))
    _erase_waves(connection, team_id, these)
    for question_id in question_ids:
        unlisted = unlisted_ids(team_id, question_id).where(WAVE.c.settled_at.is_not(None))
        erase_comments(connection, team_id, connection.execute(unlisted).scalars().all())


def _erase_waves(connection: Connection, team_id: str, these: ColumnElement[bool]) -> None:
    """Erases what was chosen in waiting waves; their messages say so, and how many had answered."""
    waves = fetch_all(connection, WAVES.where(these, IS_WAITING, ~WAVE.c.taken_down), read_wave)
    for wave in waves:
        request_update(connection, team_id, [wave.id])
        this = (WAVE.c.team_id == team_id, WAVE.c.id == wave.id)
        connection.execute(WAVE.update().where(*this).values(taken_down=True, people=PEOPLE))
        connection.execute(RATING.delete().where(RATING.c.team_id == team_id, RATING.c.wave_id == wave.id))
        unlisted = unlisted_ids(team_id, wave.question_id).where(WAVE.c.id == wave.id)
        erase_comments(connection, team_id, connection.execute(unlisted).scalars().all())
