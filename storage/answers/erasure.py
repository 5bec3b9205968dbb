"""What is erased, and what goes with it: a comment takes its label, its correction and its quotes along."""

from collections.abc import Collection

from sqlalchemy import Connection, select

from storage.delivery.outbox_requests import bump
from storage.engine.repository import Part
from storage.schema.delivery_tables import QUOTE
from storage.schema.question_tables import COMMENT, GIVEN, PERSON, RATING, WAVE


class Erasing(Part):
    """What people may have erased."""

    async def forget(self, team_id: str, respondents: Collection[str]) -> int:
        """Erases all that is kept of a person, who is given in each of their forms (hash and user id).

        Gives how many responses that were. Quotes of theirs in editions lose their text; the messages of open
        waves that counted them, and of editions that quoted them, are renewed.
        """
        return await self._write(lambda connection: _forget(connection, team_id, respondents))


def erase_comments(connection: Connection, team_id: str, comment_ids: Collection[str]) -> None:
    """Erases comments, their labels and corrections (the schema cascades) and the text of their quotes."""
    connection.execute(COMMENT.delete().where(COMMENT.c.team_id == team_id, COMMENT.c.id.in_(comment_ids)))
    quotes = (QUOTE.c.team_id == team_id) & QUOTE.c.comment_id.in_(comment_ids)
    bump(connection, team_id, connection.execute(select(QUOTE.c.edition_id).where(quotes)).scalars().all())
    connection.execute(QUOTE.update().where(quotes).values(text=None))


def erase_wave(connection: Connection, team_id: str, wave_id: str) -> None:
    """Erases every answer and comment of a wave."""
    comments = select(COMMENT.c.id).where(COMMENT.c.team_id == team_id, COMMENT.c.wave_id == wave_id)
    erase_comments(connection, team_id, connection.execute(comments).scalars().all())
    connection.execute(RATING.delete().where(RATING.c.team_id == team_id, RATING.c.wave_id == wave_id))


def _forget(connection: Connection, team_id: str, respondents: Collection[str]) -> int:
    ratings = (RATING.c.team_id == team_id) & RATING.c.respondent.in_(respondents)
    given = select(RATING.c.wave_id, RATING.c.respondent).where(ratings, GIVEN)
    responses = {tuple(row) for row in connection.execute(given)}  # DISTINCT would walk the whole workspace
    wave_ids = {wave_id for wave_id, _ in responses}
    still_open = select(WAVE.c.id).where(
        WAVE.c.team_id == team_id, WAVE.c.id.in_(wave_ids), WAVE.c.closed_at.is_(None)
    )
    bump(connection, team_id, connection.execute(still_open).scalars().all())
    comments = select(COMMENT.c.id).where(COMMENT.c.team_id == team_id, COMMENT.c.respondent.in_(respondents))
    erase_comments(connection, team_id, connection.execute(comments).scalars().all())
    connection.execute(RATING.delete().where(ratings))
    person = (PERSON.c.team_id == team_id) & PERSON.c.respondent.in_(respondents)
    connection.execute(PERSON.delete().where(person))
    return len(responses)
