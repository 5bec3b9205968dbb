"""Comments that are listed, in batches; blocks of them, each cut once; and comments that never are listed."""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, func, or_, select

from storage.answers.comments import COMMENTS, read_comment
from storage.answers.erasure import erase_comments
from storage.engine.repository import Repository, fetch_all, new_id, record_of, select_columns
from storage.pulses.batches import IS_IN_BATCH, IS_IN_NO_BATCH
from storage.records import Batch, BlockCut, Comment, Lens, NewBlock, Pulse, Wave
from storage.schema.batch_tables import BATCH, BATCH_WAVE, BLOCK, CUTS, read_cut
from storage.schema.question_tables import COMMENT, PULSE, WAVE
from storage.schema.round_tables import QUESTION
from storage.schema.wave_rows import PULSES, WAVE_OF_COMMENT, WAVES, read_pulse, read_wave

QUESTION_OF_BATCH = and_(QUESTION.c.team_id == BATCH.c.team_id, QUESTION.c.id == BATCH.c.question_id)
WAVE_OF_BATCH = and_(BATCH_WAVE.c.team_id == BATCH.c.team_id, BATCH_WAVE.c.batch_id == BATCH.c.id)
COMMENT_IN_BATCH = and_(COMMENT.c.team_id == BATCH_WAVE.c.team_id, COMMENT.c.wave_id == BATCH_WAVE.c.wave_id)
IS_UNCUT = and_(BATCH.c.block_id.is_(None), BATCH.c.withdrawn_at.is_(None), ~BATCH.c.never_cut)
BATCHES = select_columns(
    [*BATCH.c, QUESTION.c.lens.label("batch_lens"), QUESTION.c.wording.label("batch_wording")],
    BATCH.join(QUESTION, QUESTION_OF_BATCH),
)


class Filling(NamedTuple):
    """A question whose listed comments may be enough for a block."""

    team_id: str
    question_id: str


class ListedComments(Repository):
    """The batches and blocks of every workspace."""

    async def batches(
        self,
        team_id: str,
        channel_ids: Collection[str],
        *,
        product_id: str,
        lens: Lens | None = None,
        since: datetime | None = None,
    ) -> list[Batch]:
        """The batches about a product in some channels that were not withdrawn, newest first.

        They come also where too few comments are left for them to be listed. With `since`, of those that are
        in a block already only what has been listed since.
        """
        these = [*_about(BATCH, team_id, channel_ids, product_id, lens), BATCH.c.withdrawn_at.is_(None)]
        if since is not None:
            these.append(or_(BATCH.c.listed_at >= since, IS_UNCUT))
        return await self._engine.read(lambda connection: _read_batches(connection, *these))

    async def waves_in_no_batch(
        self, team_id: str, channel_ids: Collection[str], *, product_id: str, since: datetime
    ) -> list[Wave]:
        """The waves without names, open or closed after `since`, whose comments are not listed."""
        query = WAVES.where(
            WAVE.c.team_id == team_id,
            WAVE.c.channel_id.in_(channel_ids),
            WAVE.c.product_id == product_id,
            WAVE.c.closes_at > since,
            ~WAVE.c.taken_down,
            ~PULSE.c.named,
            IS_IN_NO_BATCH,
        )
        return await self._fetch_all(query, read_wave)

    async def withdrawn_sides(self, team_id: str, block_ids: Collection[str]) -> set[Lens]:
        """The sides of those of these blocks that were withdrawn."""
        of_block = (QUESTION.c.team_id == BLOCK.c.team_id) & (QUESTION.c.id == BLOCK.c.question_id)
        query = select(QUESTION.c.lens).select_from(BLOCK.join(QUESTION, of_block))
        these = (BLOCK.c.team_id == team_id, BLOCK.c.id.in_(block_ids), BLOCK.c.withdrawn_at.is_not(None))
        return {Lens(lens) for lens in await self._fetch_all(query.where(*these), lambda row: row.lens)}

    async def cuts(
        self,
        team_id: str,
        channel_ids: Collection[str],
        *,
        product_id: str,
        lens: Lens,
        since: datetime | None = None,
    ) -> list[BlockCut]:
        """The cuts of the blocks of a side that were not withdrawn, as they were made.

        With `since` only those in which something was listed then or later.
        """
        about = _about(BLOCK, team_id, channel_ids, product_id, lens)
        query = CUTS.where(*about, BLOCK.c.withdrawn_at.is_(None)).order_by(BLOCK.c.question_id, BLOCK.c.id)
        if since:
            lately = (*_about(BATCH, team_id, channel_ids, product_id, lens), BATCH.c.listed_at >= since)
            query = query.where(BLOCK.c.id.in_(select(BATCH.c.block_id).where(*lately)))
        return await self._fetch_all(query, read_cut)

    async def filling(self, at_least: int) -> list[Filling]:
        """The questions of all workspaces with so many comments in batches that are in no block yet."""
        query = (
            select(BATCH.c.team_id, BATCH.c.question_id)
            .select_from(BATCH.join(BATCH_WAVE, WAVE_OF_BATCH).join(COMMENT, COMMENT_IN_BATCH))
            .where(IS_UNCUT)
            .group_by(BATCH.c.team_id, BATCH.c.question_id)
            .having(func.count() >= at_least)
        )
        return await self._fetch_all(query, Filling._make)

    async def cut(
        self, filling: Filling, decide: Callable[[Sequence[Batch]], NewBlock | None]
    ) -> NewBlock | None:
        """Makes a block of batches of a question, as `decide` says of those that are in none, oldest first.

        They are read in the same write, so that a batch is in one block. `decide` has no effects.
        """

        def work(connection: Connection) -> NewBlock | None:
            mine = (BATCH.c.team_id == filling.team_id, BATCH.c.question_id == filling.question_id)
            made = decide(_read_batches(connection, *mine, IS_UNCUT)[::-1])
            if made is not None:
                _keep_block(connection, filling, made)
            return made

        return await self._engine.write(work)

    async def expire_unlisted(self, before: datetime) -> int:
        """Erases the comments without names of waves that closed before a moment and were never listed."""

        def work(connection: Connection) -> int:
            erased = 0
            for team_id in connection.execute(select(PULSE.c.team_id).distinct()).scalars().all():
                old = (
                    select(COMMENT.c.id)
                    .select_from(WAVE.join(COMMENT, WAVE_OF_COMMENT).join(PULSE, _PULSE_OF_WAVE))
                    .where(
                        WAVE.c.team_id == team_id, WAVE.c.closes_at < before, IS_IN_NO_BATCH, ~PULSE.c.named
                    )
                )
                comment_ids = connection.execute(old).scalars().all()
                erase_comments(connection, team_id, comment_ids)
                erased += len(comment_ids)
            return erased

        return await self._engine.erase(work)


_PULSE_OF_WAVE = and_(PULSE.c.team_id == WAVE.c.team_id, PULSE.c.id == WAVE.c.pulse_id)


def end_unlisted(connection: Connection) -> None:
    """Erases every comment without a name that is not listed yet, and lets no listed one into a new block.

    For a database that was put back from a copy: what was listed or cut after the copy is not known in it.
    """
    unlisted = (
        select(COMMENT.c.team_id, COMMENT.c.id)
        .select_from(WAVE.join(COMMENT, WAVE_OF_COMMENT).join(PULSE, _PULSE_OF_WAVE))
        .where(IS_IN_NO_BATCH, ~PULSE.c.named)
    )
    for team_id, comment_id in connection.execute(unlisted).all():
        erase_comments(connection, team_id, [comment_id])
    connection.execute(BATCH.update().where(BATCH.c.block_id.is_(None)).values(never_cut=True))


def _about(
    of: Table, team_id: str, channel_ids: Collection[str], product_id: str, lens: Lens | None
) -> list[ColumnElement[bool]]:
    """What holds for the batches or blocks of a side; they are found by their questions."""
    here = (QUESTION.c.team_id == team_id, QUESTION.c.channel_id.in_(channel_ids))
    asked = select(QUESTION.c.id).where(*here, QUESTION.c.product_id == product_id)
    if lens is not None:
        asked = asked.where(QUESTION.c.lens == lens)
    return [of.c.team_id == team_id, of.c.question_id.in_(asked)]


def _read_batches(connection: Connection, *conditions: ColumnElement[bool]) -> list[Batch]:
    """Batches, newest first, each with its pulses and comments; those go by their ids, drawn at random."""
    found = connection.execute(
        BATCHES.where(*conditions).order_by(BATCH.c.listed_at.desc(), BATCH.c.id)
    ).all()
    if not found:
        return []
    team_id, ids = found[0].batch_team_id, [row.batch_id for row in found]
    waves = connection.execute(_waves_of(team_id, ids)).all()
    pulses = _pulses(connection, team_id, {row.pulse_id for row in waves})
    comments = _comments(connection, team_id, [row.wave_id for row in waves])
    held: dict[str, list[Any]] = defaultdict(list)
    for row in waves:
        held[row.batch_id].append(row)
    return [
        record_of(
            row,
            "batch",
            Batch,
            pulses=tuple(pulses[id_] for id_ in sorted({wave.pulse_id for wave in held[row.batch_id]})),
            comments=tuple(
                sorted(
                    (each for wave in held[row.batch_id] for each in comments[wave.wave_id]),
                    key=lambda comment: comment.id,
                )
            ),
        )
        for row in found
    ]


def _waves_of(team_id: str, batch_ids: Collection[str]) -> Select[Any]:
    return (
        select(BATCH_WAVE.c.batch_id, BATCH_WAVE.c.wave_id, WAVE.c.pulse_id)
        .select_from(BATCH_WAVE.join(WAVE, IS_IN_BATCH))
        .where(BATCH_WAVE.c.team_id == team_id, BATCH_WAVE.c.batch_id.in_(batch_ids))
    )


def _pulses(connection: Connection, team_id: str, pulse_ids: Collection[str]) -> dict[str, Pulse]:
    query = PULSES.where(PULSE.c.team_id == team_id, PULSE.c.id.in_(pulse_ids))
    return {pulse.id: pulse for pulse in fetch_all(connection, query, read_pulse)}


def _comments(connection: Connection, team_id: str, wave_ids: Collection[str]) -> dict[str, list[Comment]]:
    found: dict[str, list[Comment]] = defaultdict(list)
    query = COMMENTS.where(COMMENT.c.team_id == team_id, COMMENT.c.wave_id.in_(wave_ids))
    for comment in fetch_all(connection, query, read_comment):
        found[comment.wave_id].append(comment)
    return found


def _keep_block(connection: Connection, filling: Filling, made: NewBlock) -> None:
    cut, block_id = made.cut, new_id()
    row = {
        "team_id": filling.team_id,
        "id": block_id,
        "question_id": filling.question_id,
        "comments": cut.comments,
        "need": cut.need,
        "tones": cut.tones,
        "topics": cut.topics,
        "wishes": cut.wishes,
        "across_comments": cut.across.comments if cut.across else None,
        "across_about_other": cut.across.about_other if cut.across else None,
    }
    connection.execute(BLOCK.insert(), row)
    these = (BATCH.c.team_id == filling.team_id, BATCH.c.id.in_(made.batch_ids))
    connection.execute(BATCH.update().where(*these).values(block_id=block_id))
