"""Answers to questions with names, which stay tied to whoever gave them."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection, func, select

from storage.answers.comments import COMMENTS, read_comment
from storage.engine.repository import Repository, fetch_all, has_key_in
from storage.records import Lens, Pulse, Response
from storage.schema.question_tables import COMMENT, IS_ANSWER, PULSE, RATING, WAVE
from storage.schema.wave_rows import PULSE_OF_WAVE, PULSES, WAVES, read_pulse, read_wave


class NamedAnswers(Repository):
    """Who chose what and wrote what, where the question has said so before anybody answered."""

    async def questions(
        self, team_id: str, channel_ids: Collection[str], *, product_id: str, lens: Lens | None = None
    ) -> list[Pulse]:
        """The pulses about a product in some channels that ask with names, by number."""
        query = PULSES.where(
            PULSE.c.team_id == team_id,
            PULSE.c.channel_id.in_(channel_ids),
            PULSE.c.product_id == product_id,
            PULSE.c.named,
        )
        if lens is not None:
            query = query.where(PULSE.c.lens == lens)
        return await self._fetch_all(query.order_by(PULSE.c.number), read_pulse)

    async def page(
        self, team_id: str, pulse_ids: Collection[str], *, offset: int, limit: int
    ) -> tuple[list[Response], int]:
        """The answers to these pulses from a place on, newest first, and how many there are in all.

        A pulse without names gives none, whoever asks.
        """
        return await self._engine.read(
            lambda connection: _page(connection, team_id, pulse_ids, offset=offset, limit=limit)
        )


def _page(
    connection: Connection, team_id: str, pulse_ids: Collection[str], *, offset: int, limit: int
) -> tuple[list[Response], int]:
    waves_of = WAVE.join(PULSE, PULSE_OF_WAVE)
    named = select(WAVE.c.id).select_from(waves_of)
    named = named.where(WAVE.c.team_id == team_id, WAVE.c.pulse_id.in_(pulse_ids), PULSE.c.named)
    answered_at = func.max(RATING.c.clicked_at).label("answered_at")
    given = (
        select(RATING.c.wave_id, RATING.c.respondent, answered_at)
        .where(RATING.c.team_id == team_id, RATING.c.wave_id.in_(named), IS_ANSWER)
        .group_by(RATING.c.wave_id, RATING.c.respondent)
    )
    total = connection.execute(select(func.count()).select_from(given.subquery())).scalar_one()
    newest = given.order_by(answered_at.desc(), RATING.c.wave_id, RATING.c.respondent)
    rows = connection.execute(newest.offset(offset).limit(limit))
    return _responses(
        connection, team_id, [(row.wave_id, row.respondent, row.answered_at) for row in rows]
    ), total


def _responses(
    connection: Connection, team_id: str, given: Sequence[tuple[str, str, datetime]]
) -> list[Response]:
    """The answers with these waves, respondents and times, in this order."""
    keys = [(wave_id, respondent) for wave_id, respondent, _ in given]
    waves = WAVES.where(WAVE.c.team_id == team_id, WAVE.c.id.in_({wave_id for wave_id, _ in keys}))
    found = {wave.id: wave for wave in fetch_all(connection, waves, read_wave)}
    points: dict[tuple[str, str], dict[int, int]] = {key: {} for key in keys}
    mine = has_key_in(keys, RATING.c.wave_id, RATING.c.respondent)
    ratings = select(RATING).where(RATING.c.team_id == team_id, mine, IS_ANSWER)
    for rating in connection.execute(ratings):
        points[rating.wave_id, rating.respondent][rating.item] = rating.point
    beside = has_key_in(keys, COMMENT.c.wave_id, COMMENT.c.respondent)
    comments = connection.execute(COMMENTS.where(COMMENT.c.team_id == team_id, beside))
    written = {(row.comment_wave_id, row.comment_respondent): read_comment(row) for row in comments}
    return [
        Response(
            wave=found[wave_id],
            respondent=respondent,
            points=points[wave_id, respondent],
            answered_at=answered_at,
            comment=written.get((wave_id, respondent)),
        )
        for wave_id, respondent, answered_at in given
    ]
