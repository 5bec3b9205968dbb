"""Responses put together from ratings and comments: what is kept of a person."""

from collections.abc import Collection, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, select

from storage.answers.comments import COMMENTS, read_comment
from storage.engine.repository import Repository, fetch_all
from storage.records import AnswerKey, Comment, Response, Wave
from storage.schema.question_tables import COMMENT, IS_ANSWER, RATING, WAVE
from storage.schema.wave_rows import WAVES, read_wave

Conditions = Sequence[ColumnElement[bool]]


class Responses(Repository):
    """Reading answers that are still tied to people; no figure is made of them."""

    async def response_of(self, key: AnswerKey) -> Response | None:
        """A person's response in a wave; None when they have no answer there."""
        found = await self._engine.read(
            lambda connection: _gather(connection, key.team_id, [WAVE.c.id == key.wave_id], [key.respondent])
        )
        return found[0] if found else None

    async def responses_of_person(self, team_id: str, respondents: Collection[str]) -> list[Response]:
        """All responses of a person, given in each of their forms (hash and user id), newest first."""
        theirs = select(RATING.c.wave_id).where(
            RATING.c.team_id == team_id, RATING.c.respondent.in_(respondents)
        )
        found = await self._engine.read(
            lambda connection: _gather(connection, team_id, [WAVE.c.id.in_(theirs)], respondents)
        )
        return found[::-1]


def _gather(
    connection: Connection,
    team_id: str,
    waves: Conditions,
    respondents: Collection[str] | None = None,
) -> list[Response]:
    """The responses in these waves, of everybody or of some, by the time of the answer."""
    found = {
        wave.id: wave
        for wave in fetch_all(connection, WAVES.where(WAVE.c.team_id == team_id, *waves), read_wave)
    }
    comments = COMMENTS.where(COMMENT.c.team_id == team_id, COMMENT.c.wave_id.in_(found))
    ratings = select(RATING).where(RATING.c.team_id == team_id, RATING.c.wave_id.in_(found), IS_ANSWER)
    if respondents is not None:
        comments = comments.where(COMMENT.c.respondent.in_(respondents))
        ratings = ratings.where(RATING.c.respondent.in_(respondents))
    written = {
        (row.comment_wave_id, row.comment_respondent): read_comment(row)
        for row in connection.execute(comments)
    }
    ratings = ratings.order_by(RATING.c.wave_id, RATING.c.respondent, RATING.c.item)
    responses = [
        _response(found[wave_id], list(rows), written.get((wave_id, respondent)))
        for (wave_id, respondent), rows in groupby(connection.execute(ratings), key=_of_whom)
    ]
    return sorted(responses, key=lambda response: response.answered_at)


def _of_whom(row: Row[Any]) -> tuple[str, str]:
    return row.wave_id, row.respondent


def _response(wave: Wave, rows: Sequence[Row[Any]], comment: Comment | None) -> Response:
    return Response(
        wave=wave,
        respondent=rows[0].respondent,
        points={row.item: row.point for row in rows},
        answered_at=max(row.clicked_at for row in rows),
        external=any(row.external for row in rows),
        comment=comment,
    )
