"""Batches of comments: what waits to be listed, how it comes to be listed, and how that is withdrawn."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, select

from storage.engine.repository import new_id
from storage.records import NewBatch, UnlistedComment
from storage.schema.batch_tables import BATCH, BATCH_WAVE, BLOCK
from storage.schema.question_tables import COMMENT, WAVE
from storage.schema.wave_rows import WAVE_OF_COMMENT

IS_IN_BATCH = and_(BATCH_WAVE.c.team_id == WAVE.c.team_id, BATCH_WAVE.c.wave_id == WAVE.c.id)
IS_IN_NO_BATCH = ~select(BATCH_WAVE.c.wave_id).where(IS_IN_BATCH).exists()
"""What holds for a wave whose comments were never listed."""
COMMENT_IS_UNLISTED = ~(
    select(BATCH_WAVE.c.wave_id)
    .where(BATCH_WAVE.c.team_id == COMMENT.c.team_id, BATCH_WAVE.c.wave_id == COMMENT.c.wave_id)
    .exists()
)
"""What holds for a comment that no batch holds."""


def unlisted_comments(
    connection: Connection, team_id: str, question_id: str, *waves: ColumnElement[bool]
) -> list[UnlistedComment]:
    """The comments on a question that no batch holds, of waves for which this holds.

    The waves are found first, and then what was written to them: SQLite would read all comments of the team.
    """
    these = (*_of_question(team_id, question_id), ~WAVE.c.taken_down, *waves)
    promises = {
        row.id: row.promise for row in connection.execute(select(WAVE.c.id, WAVE.c.promise).where(*these))
    }
    query = select(COMMENT.c.id, COMMENT.c.wave_id, COMMENT.c.respondent).where(
        COMMENT.c.team_id == team_id, COMMENT.c.wave_id.in_(promises)
    )
    return [
        UnlistedComment(id=row.id, writer=row.respondent, promise=promises[row.wave_id])
        for row in connection.execute(query)
    ]


def unlisted_ids(team_id: str, question_id: str) -> Select[Any]:
    """The ids of all comments on a question that no batch holds."""
    joined = WAVE.join(COMMENT, WAVE_OF_COMMENT)
    return select(COMMENT.c.id).select_from(joined).where(*_of_question(team_id, question_id))


def keep_batch(
    connection: Connection, team_id: str, question_id: str, made: NewBatch | None, *, at: datetime
) -> None:
    """Writes down that these comments, all of their waves, are listed from now on; None: there are none."""
    if made is None:
        return
    batch = {"team_id": team_id, "id": new_id(), "question_id": question_id}
    connection.execute(BATCH.insert(), {**batch, "need": made.need, "listed_at": at, "never_cut": False})
    written = select(COMMENT.c.wave_id).where(COMMENT.c.team_id == team_id, COMMENT.c.id.in_(made.comments))
    waves = set(connection.execute(written).scalars())
    rows = [{"team_id": team_id, "wave_id": wave_id, "batch_id": batch["id"]} for wave_id in waves]
    connection.execute(BATCH_WAVE.insert(), rows)


def withdraw_batch(connection: Connection, team_id: str, wave_id: str, at: datetime) -> Collection[str]:
    """Takes the batch and the block that a wave's comments are in out of every list and cut, for good.

    With a block go all its batches. Gives the ids of such blocks.
    """
    its_batch = select(BATCH_WAVE.c.batch_id).where(
        BATCH_WAVE.c.team_id == team_id, BATCH_WAVE.c.wave_id == wave_id
    )
    batches = BATCH.c.id.in_(its_batch)
    blocks = connection.execute(
        select(BATCH.c.block_id).where(BATCH.c.team_id == team_id, batches, BATCH.c.block_id.is_not(None))
    )
    block_ids: Collection[str] = blocks.scalars().all()
    for part, these in (
        (BATCH, batches),
        (BATCH, BATCH.c.block_id.in_(block_ids)),
        (BLOCK, BLOCK.c.id.in_(block_ids)),
    ):
        stands = (part.c.team_id == team_id, these, part.c.withdrawn_at.is_(None))
        connection.execute(part.update().where(*stands).values(withdrawn_at=at))
    return block_ids


def _of_question(team_id: str, question_id: str) -> tuple[ColumnElement[bool], ...]:
    return WAVE.c.team_id == team_id, WAVE.c.question_id == question_id, IS_IN_NO_BATCH
