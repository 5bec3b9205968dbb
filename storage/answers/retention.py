"""Comments that were kept as long as the setting says: they go as if they had been forgotten.

Of a question without names a whole batch goes at once, so that nothing tells about one writer. Counts of
tones and topics stay as they are.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, exists, select

from storage.answers.erasure import erase_comments
from storage.engine.repository import Repository
from storage.saved.saved_messages import erase_saved
from storage.schema.batch_tables import BATCH, BATCH_WAVE
from storage.schema.question_tables import COMMENT, PULSE, WAVE
from storage.schema.saved_tables import SAVED
from storage.schema.wave_rows import PULSE_OF_WAVE, WAVE_OF_COMMENT

AT_ONCE = 500  # rows of one transaction: clicks wait no longer for it than for each other
_OF_BATCH = and_(
    BATCH_WAVE.c.team_id == COMMENT.c.team_id,
    BATCH_WAVE.c.wave_id == COMMENT.c.wave_id,
)


class Retention(Repository):
    """What is kept for a time only, of every workspace."""

    async def erase_comments(self, before: datetime) -> int:
        """Erases what was listed, answered with names or saved before a moment; how many comments."""
        erased = 0
        for batch in await self._found(_batches(before)):
            erased += await self._engine.erase(partial(_erase_batch, batch=batch))
        while ids := await self._found(_named(before).limit(AT_ONCE)):
            erased += await self._engine.erase(partial(_erase_named, ids=ids))
        saved = select(SAVED.c.team_id, SAVED.c.id).where(SAVED.c.saved_on < before.astimezone(UTC).date())
        while ids := await self._found(saved.limit(AT_ONCE)):
            erased += await self._engine.erase(partial(_erase_saved, ids=ids))
        return erased

    async def _found(self, query: Select[Any]) -> Sequence[Row[Any]]:
        return await self._engine.read(lambda connection: connection.execute(query).all())


def _batches(before: datetime) -> Select[Any]:
    """The batches listed before a moment that still have a comment."""
    of_batch = (BATCH_WAVE.c.team_id == BATCH.c.team_id) & (BATCH_WAVE.c.batch_id == BATCH.c.id)
    has_comment = exists().select_from(BATCH_WAVE.join(COMMENT, _OF_BATCH)).where(of_batch)
    return select(BATCH.c.team_id, BATCH.c.id).where(BATCH.c.listed_at < before, has_comment)


def _erase_batch(connection: Connection, batch: Row[Any]) -> int:
    """All of it; it joins no block any more, so that no count is made of fewer comments than were listed."""
    mine = (BATCH.c.team_id == batch.team_id, BATCH.c.id == batch.id)
    connection.execute(BATCH.update().where(*mine, BATCH.c.block_id.is_(None)).values(never_cut=True))
    its = (BATCH_WAVE.c.team_id == batch.team_id, BATCH_WAVE.c.batch_id == batch.id)
    found = select(COMMENT.c.id).select_from(BATCH_WAVE.join(COMMENT, _OF_BATCH)).where(*its)
    ids = connection.execute(found).scalars().all()
    erase_comments(connection, batch.team_id, ids)
    return len(ids)


def _named(before: datetime) -> Select[Any]:
    """The comments of questions with names that closed before a moment."""
    of_wave = COMMENT.join(WAVE, WAVE_OF_COMMENT).join(PULSE, PULSE_OF_WAVE)
    query = select(COMMENT.c.team_id, COMMENT.c.id).select_from(of_wave)
    return query.where(PULSE.c.named, WAVE.c.closes_at < before)


def _erase_named(connection: Connection, ids: Sequence[Row[Any]]) -> int:
    for team_id in {row.team_id for row in ids}:
        erase_comments(connection, team_id, [row.id for row in ids if row.team_id == team_id])
    return len(ids)


def _erase_saved(connection: Connection, ids: Sequence[Row[Any]]) -> int:
    return sum(erase_saved(connection, row.team_id, row.id) for row in ids)
