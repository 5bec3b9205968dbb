"""Comments in groups, as tables: batches, which are listed together, and blocks, which are cut together.

A comment belongs to the batch of its wave: a batch takes all comments of its waves, and none comes later.
"""

from datetime import datetime
from typing import Any

from msgspec.json import Decoder
from sqlalchemy import CheckConstraint, Index, Row, Text, cast, select
from sqlmodel import Field

from storage.records import SMALLEST_PROMISE, Across, BlockCut, Sentiment, Touchpoint
from storage.schema.columns import ByWord, Moment
from storage.schema.question_tables import Row as TableRow
from storage.schema.question_tables import belongs, index_where, table


class BlockRow(TableRow, table=True):
    """A block with its cut, as it is shown; what is hidden is nowhere. Only `withdrawn_at` ever changes."""

    __tablename__ = "block"
    __table_args__ = (
        belongs("question", "question_id"),
        CheckConstraint(f"need >= {SMALLEST_PROMISE} AND comments >= need", name="comments"),
        CheckConstraint("across_comments IS NOT NULL OR across_about_other IS NULL", name="across"),
        Index("ix_block_question", "team_id", "question_id"),
    )
    team_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    question_id: str
    comments: int
    need: int
    tones: dict[str, int] = Field(sa_type=ByWord(Sentiment))
    topics: dict[str, int] = Field(sa_type=ByWord(Touchpoint))
    across_comments: int | None
    across_about_other: int | None
    withdrawn_at: datetime | None = Field(default=None, sa_type=Moment)
    wishes: int | None = None


class BatchRow(TableRow, table=True):
    """Comments that came to be listed at one moment.

    `need` is how many must be left for them to be listed still. Of one that is `never_cut` no block is made.
    """

    __tablename__ = "batch"
    __table_args__ = (
        belongs("question", "question_id"),
        belongs("block", "block_id"),
        CheckConstraint(f"need >= {SMALLEST_PROMISE}", name="need"),
        Index("ix_batch_question", "team_id", "question_id"),
        Index("ix_batch_block", "team_id", "block_id"),
        index_where(
            "ix_batch_uncut",
            "question_id",
            where="block_id IS NULL AND withdrawn_at IS NULL AND NOT never_cut",
        ),
    )
    team_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    question_id: str
    listed_at: datetime = Field(sa_type=Moment)
    need: int
    block_id: str | None = None
    never_cut: bool = False
    withdrawn_at: datetime | None = Field(default=None, sa_type=Moment)


class BatchWaveRow(TableRow, table=True):
    """A wave whose comments are in a batch. The key keeps it, and so each comment, in no more than one."""

    __tablename__ = "batch_wave"
    __table_args__ = (
        belongs("wave", "wave_id"),
        belongs("batch", "batch_id"),
        Index("ix_batch_wave_batch", "team_id", "batch_id"),
    )
    team_id: str = Field(primary_key=True)
    wave_id: str = Field(primary_key=True)
    batch_id: str


BLOCK, BATCH, BATCH_WAVE = table(BlockRow), table(BatchRow), table(BatchWaveRow)
CUTS = select(
    BLOCK.c.comments,
    BLOCK.c.need,
    cast(BLOCK.c.tones, Text),
    cast(BLOCK.c.topics, Text),
    BLOCK.c.across_comments,
    BLOCK.c.across_about_other,
    BLOCK.c.wishes,
)
_read_tones, _read_topics = Decoder(dict[Sentiment, int]).decode, Decoder(dict[Touchpoint, int]).decode


def read_cut(row: Row[Any]) -> BlockCut:
    """A cut; there may be hundreds on a side, so its row is read by place and not by name."""
    values: tuple[Any, ...] = tuple(row)
    comments, need, tones, topics, with_topic, about_other, wishes = values
    return BlockCut(
        comments=comments,
        need=need,
        tones=_read_tones(tones),
        wishes=wishes,
        topics=_read_topics(topics),
        across=None if with_topic is None else Across(comments=with_topic, about_other=about_other),
    )
