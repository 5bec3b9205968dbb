"""What is asked and what is answered, as tables. Every key begins with the workspace (`team_id`).

So several workspaces, replicas and shards need no new schema. `delivery_tables` holds digests, editions, the
ledger and the outbox. Rows never leave this package: the other modules take and give records.
"""

from datetime import datetime, timedelta
from typing import ClassVar

from sqlalchemy import (
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    MetaData,
    Table,
    UniqueConstraint,
    text,
)
from sqlmodel import Field, SQLModel

from storage.records import SMALLEST_PROMISE, Lens, Sentiment, Touchpoint
from storage.schema.columns import ByWord, Ids, ListOf, Moment, Span, Words, ZoneName, word_of


class Row(SQLModel):
    """The base of all tables; constraints have names, so that a migration can find them again."""

    metadata: ClassVar[MetaData] = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(referred_table_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
        }
    )


def table(model: type[Row]) -> Table:
    """The SQLAlchemy table of a model, for queries."""
    return Row.metadata.tables[str(model.__tablename__)]


def belongs(to: str, column: str) -> ForeignKeyConstraint:
    """A reference to a row of the same workspace, which goes when that row goes."""
    return ForeignKeyConstraint(["team_id", column], [f"{to}.team_id", f"{to}.id"], ondelete="CASCADE")


def smallest_group() -> CheckConstraint:
    """The range in which a smallest group may be set (design rule 5)."""
    return CheckConstraint("min_group BETWEEN 5 AND 20", name="min_group")


def index_where(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """An index of few rows, such as those that still wait: every tick looks for them in all workspaces."""
    condition = text(where)
    return Index(name, "team_id", *columns, unique=unique, sqlite_where=condition, postgresql_where=condition)


class ProductRow(Row, table=True):
    """A product; `folded` is the key of its name (`storage.records.name_folding`).

    `former_keys` has the names that it and what was merged into it had before, by `comparison_key`. One
    product of a workspace may stand for the `whole` organisation.
    """

    __tablename__ = "product"
    __table_args__ = (
        UniqueConstraint("team_id", "folded"),
        index_where("uq_product_whole", where="whole", unique=True),
    )
    team_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    name: str = Field(sa_type=Words)
    folded: str = Field(sa_type=Words)
    former_keys: list[str] = Field(default_factory=list, sa_type=Ids)
    whole: bool = False


class PulseRow(Row, table=True):
    """A pulse; people know it by its number."""

    __tablename__ = "pulse"
    __table_args__ = (
        UniqueConstraint("team_id", "number"),
        belongs("product", "product_id"),
        CheckConstraint("number >= 1", name="number"),
        smallest_group(),
        CheckConstraint("open_for > 0", name="open_for"),
        Index("ix_pulse_channel", "team_id", "channel_id"),
        index_where("ix_pulse_due", "next_at", where="next_at IS NOT NULL"),
    )
    team_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    number: int
    product_id: str
    instrument: str
    lens: Lens = Field(sa_type=word_of(Lens))
    subject: str = Field(sa_type=Words)
    channel_id: str
    named: bool
    min_group: int
    open_for: timedelta | None = Field(sa_type=Span)
    cadence: str | None
    zone: str = Field(sa_type=ZoneName)
    next_at: datetime | None = Field(sa_type=Moment)
    paused: bool = False
    pause_reason: str | None = Field(default=None, sa_type=Words)
    leads: list[str] = Field(sa_type=Ids)
    asked_by: str
    created_at: datetime = Field(sa_type=Moment)


class WaveRow(Row, table=True):
    """A wave. It repeats its pulse's channel and product, so that a period is one range of one index.

    `people` is how many answered, kept when the wave is counted; until then the ratings are counted.
    `promise` is the smallest group that was promised when it was asked. `round_id` is the round in which its
    answers are counted, also when that is withdrawn. `people_elsewhere` says by channel whether the people of
    that one and of this one were the same when it was asked; of whom it was is kept nowhere.
    """

    __tablename__ = "wave"
    __table_args__ = (
        belongs("pulse", "pulse_id"),
        belongs("question", "question_id"),
        belongs("round", "round_id"),
        CheckConstraint("opened_at <= closes_at", name="closes_at"),
        CheckConstraint(f"promise >= {SMALLEST_PROMISE}", name="promise"),
        Index("ix_wave_pulse", "team_id", "pulse_id", "opened_at"),
        Index("ix_wave_opened", "team_id", "channel_id", "opened_at"),
        index_where("ix_wave_open", "pulse_id", where="closed_at IS NULL"),
        Index("ix_wave_counted", "team_id", "channel_id", "product_id", "counted_at"),
        index_where("ix_wave_unsettled", "closes_at", where="settled_at IS NULL"),
        Index("ix_wave_question", "team_id", "question_id", "opened_at"),
        index_where("ix_wave_uncounted", "question_id", where="round_id IS NULL"),
        Index("ix_wave_round", "team_id", "round_id"),
    )
    team_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    pulse_id: str
    question_id: str
    channel_id: str
    product_id: str
    question: str = Field(sa_type=Words)
    ui_version: int
    opened_at: datetime = Field(sa_type=Moment)
    closes_at: datetime = Field(sa_type=Moment)
    closed_at: datetime | None = Field(default=None, sa_type=Moment)
    settled_at: datetime | None = Field(default=None, sa_type=Moment)
    counted_at: datetime | None = Field(default=None, sa_type=Moment)
    taken_down: bool = False
    invited: int | None
    people_elsewhere: dict[str, str] | None = Field(default=None, sa_type=ByWord)
    people: int | None = None
    promise: int
    round_id: str | None = None


class RatingRow(Row, table=True):
    """One point on one item; the key makes a second click a change of mind (rule 2).

    Item 0 has no point: it is the mark of an answer taken back at that time, kept until the wave is settled,
    so that a late repeat of an older click cannot bring the answer back. Rows lie in the order of their key,
    which is how waves are counted and read.
    """

    __tablename__ = "rating"
    __table_args__ = (
        belongs("wave", "wave_id"),
        CheckConstraint("item >= 0 AND (item = 0) = (point IS NULL)", name="item"),
        CheckConstraint("point BETWEEN 0 AND 100", name="point"),
        Index("ix_rating_respondent", "team_id", "respondent"),
        {"sqlite_with_rowid": False},
    )
    team_id: str = Field(primary_key=True)
    wave_id: str = Field(primary_key=True)
    respondent: str = Field(primary_key=True)
    item: int = Field(primary_key=True)
    point: int | None
    clicked_at: datetime = Field(sa_type=Moment)
    external: bool = False


class CommentRow(Row, table=True):
    """One comment of a respondent in a wave; `label_version` names the label that counts."""

    __tablename__ = "comment"
    __table_args__ = (
        UniqueConstraint("team_id", "wave_id", "respondent"),
        belongs("wave", "wave_id"),
        CheckConstraint("text <> ''", name="text"),
        Index("ix_comment_respondent", "team_id", "respondent"),
        Index("ix_comment_label", "team_id", "label_version"),
        index_where("ix_comment_unlabelled", "written_at", where="label_version IS NULL"),
    )
    team_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    wave_id: str
    respondent: str
    text: str = Field(sa_type=Words)
    may_quote: bool
    written_at: datetime = Field(sa_type=Moment)
    label_version: str | None = None


class LabelRow(Row, table=True):
    """What one version of the classifier read in a comment."""

    __tablename__ = "label"
    __table_args__ = (
        belongs("comment", "comment_id"),
        CheckConstraint("polarity BETWEEN -1 AND 1", name="polarity"),
    )
    team_id: str = Field(primary_key=True)
    comment_id: str = Field(primary_key=True)
    version: str = Field(primary_key=True)
    sentiment: Sentiment = Field(sa_type=word_of(Sentiment))
    polarity: float
    probabilities: dict[str, float] = Field(sa_type=ByWord(Sentiment))
    touchpoints: list[str] = Field(sa_type=ListOf(Touchpoint))
    reasons: list[str] = Field(sa_type=ListOf)
    wish: bool | None = None


class CorrectionRow(Row, table=True):
    """What a lead says of a comment instead."""

    __tablename__ = "correction"
    __table_args__ = (belongs("comment", "comment_id"),)
    team_id: str = Field(primary_key=True)
    comment_id: str = Field(primary_key=True)
    sentiment: Sentiment | None = Field(sa_type=word_of(Sentiment))
    touchpoint: Touchpoint | None = Field(sa_type=word_of(Touchpoint))
    hidden: bool
    wish: bool | None = None


PRODUCT, PULSE, WAVE = table(ProductRow), table(PulseRow), table(WaveRow)
RATING = table(RatingRow)
TAKEN_BACK = 0
IS_ANSWER = RATING.c.item != TAKEN_BACK
"""What holds for a point, and not for the mark of an answer taken back."""
COMMENT, LABEL, CORRECTION = table(CommentRow), table(LabelRow), table(CorrectionRow)
