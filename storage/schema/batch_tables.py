"""Comments in groups, as tables: batches, which are listed together, and blocks, which are cut together.

A comment belongs to the batch of its wave: a batch takes all comments of its waves, and none comes later.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from storage.records import SMALLEST_PROMISE, Sentiment, Touchpoint
from storage.schema.columns import ByWord, Moment
from storage.schema.question_tables import Row, belongs, index_where, table


class BlockRow(Row, table=True):
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


class BatchRow(Row, table=True):
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


class BatchWaveRow(Row, table=True):
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
