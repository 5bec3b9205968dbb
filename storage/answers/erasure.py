"""What is erased, and what goes with it: a comment takes its label, its correction and its quotes along."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, select

from storage.delivery.outbox_requests import request_delete, request_update
from storage.digests.editions import blank_quotes
from storage.engine.repository import Repository
from storage.pulses.rounds import erase_marks, withdraw_round
from storage.pulses.waves import end_wave
from storage.schema.question_tables import COMMENT, IS_ANSWER, RATING, WAVE


class Erasure(Repository):
    """What people may have erased."""

    async def forget(self, team_id: str, respondents: Collection[str]) -> int:
        """Erases all that is kept of a person, who is given in each of their forms (hash and user id).

        Gives how many responses that were. Totals of rounds stay; that they took part is erased. Quotes of
        theirs in editions lose their text; the messages of open waves that counted them, and of editions that
        quoted them, are renewed.
        """
        return await self._engine.write(lambda connection: _forget(connection, team_id, respondents))

    async def take_down(self, team_id: str, wave_id: str, *, at: datetime) -> None:
        """Erases all that was answered in a wave, closes it and wants its message gone; the wave stays.

        The round in which it is counted is withdrawn: its other waves never count again.
        """

        def work(connection: Connection) -> None:
            erase_wave(connection, team_id, wave_id)
            withdraw_round(connection, team_id, wave_id, at)
            connection.execute(end_wave(team_id, wave_id, at).values(taken_down=True, people=0))
            request_delete(connection, team_id, wave_id)

        await self._engine.write(work)


def erase_comments(connection: Connection, team_id: str, comment_ids: Collection[str]) -> None:
    """Erases comments, their labels and corrections (the schema cascades) and the text of their quotes."""
    connection.execute(COMMENT.delete().where(COMMENT.c.team_id == team_id, COMMENT.c.id.in_(comment_ids)))
    blank_quotes(connection, team_id, comment_ids)


def erase_wave(connection: Connection, team_id: str, wave_id: str) -> None:
    """Erases every answer and comment of a wave."""
    comments = select(COMMENT.c.id).where(COMMENT.c.team_id == team_id, COMMENT.c.wave_id == wave_id)
    erase_comments(connection, team_id, connection.execute(comments).scalars().all())
    connection.execute(RATING.delete().where(RATING.c.team_id == team_id, RATING.c.wave_id == wave_id))


def _forget(connection: Connection, team_id: str, respondents: Collection[str]) -> int:
    ratings = (RATING.c.team_id == team_id) & RATING.c.respondent.in_(respondents)
    given = select(RATING.c.wave_id, RATING.c.respondent).where(ratings, IS_ANSWER)
    responses = {tuple(row) for row in connection.execute(given)}  # DISTINCT would walk the whole workspace
    wave_ids = {wave_id for wave_id, _ in responses}
    still_open = select(WAVE.c.id).where(
        WAVE.c.team_id == team_id, WAVE.c.id.in_(wave_ids), WAVE.c.closed_at.is_(None)
    )
    request_update(connection, team_id, connection.execute(still_open).scalars().all())
    comments = select(COMMENT.c.id).where(COMMENT.c.team_id == team_id, COMMENT.c.respondent.in_(respondents))
    erase_comments(connection, team_id, connection.execute(comments).scalars().all())
    connection.execute(RATING.delete().where(ratings))
    erase_marks(connection, team_id, respondents)
    return len(responses)
