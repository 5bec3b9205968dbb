"""What is posted, when and whether it was, as tables: digests, editions, the ledger and the outbox.

With them what stands in digests from elsewhere, and the groups of channels that they may read.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, Index, UniqueConstraint, text
from sqlmodel import Field

from storage.records import Lens, OccasionState, PostKind, PostState, Touchpoint, Unit
from storage.schema.columns import ByWord, Ids, Moment, Words, ZoneName, word_of
from storage.schema.question_tables import Row, belongs, index_where, smallest_group, table

EVERY_TEAM = "*"
"""What stands for the workspace where something is one for all of them."""

_STANDS = "removed_at IS NULL"


class DigestRow(Row, table=True):
    """A standing order. A removed one keeps its row, for its editions and for a second order like it."""

    __tablename__ = "digest"
    __table_args__ = (
        UniqueConstraint("team_id", "channel_id", "product_id"),
        belongs("product", "product_id"),
        smallest_group(),
        index_where("ix_digest_due", "next_at", where="next_at IS NOT NULL"),
    )
    team_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    product_id: str
    channel_id: str
    sources: list[str] = Field(sa_type=Ids)
    cadence: str
    zone: str = Field(sa_type=ZoneName)
    next_at: datetime | None = Field(sa_type=Moment)
    cx_metric: str | None
    ux_metric: str | None
    min_group: int
    paused: bool = False
    pause_reason: str | None = Field(default=None, sa_type=Words)
    removed: bool = False
    leads: list[str] = Field(sa_type=Ids)
    created_at: datetime = Field(sa_type=Moment)
    unclicked: int = 0


class EditionRow(Row, table=True):
    """One posted digest, as it was made."""

    __tablename__ = "edition"
    __table_args__ = (
        belongs("digest", "digest_id"),
        CheckConstraint("period_start <= period_end", name="period"),
        Index("ix_edition_digest", "team_id", "digest_id", "made_at"),
    )
    team_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    digest_id: str
    channel_id: str
    period_start: datetime = Field(sa_type=Moment)
    period_end: datetime = Field(sa_type=Moment)
    made_at: datetime = Field(sa_type=Moment)
    full: bool
    figures: dict[str, object] = Field(sa_type=ByWord)
    strips: dict[str, str] | None = Field(default=None, sa_type=ByWord)
    history: dict[str, str] | None = Field(default=None, sa_type=ByWord)


class QuoteRow(Row, table=True):
    """A comment as an edition shows it; it stays, without text, when the comment is erased."""

    __tablename__ = "quote"
    __table_args__ = (belongs("edition", "edition_id"), Index("ix_quote_comment", "team_id", "comment_id"))
    team_id: str = Field(primary_key=True)
    edition_id: str = Field(primary_key=True)
    position: int = Field(primary_key=True)
    comment_id: str
    text: str | None = Field(sa_type=Words)
    touchpoint: Touchpoint | None = Field(sa_type=word_of(Touchpoint))
    wish: bool | None = None


class ShareRow(Row, table=True):
    """The results of an edition as they were told back to a channel; it stays when they are removed there."""

    __tablename__ = "share"
    __table_args__ = (
        belongs("edition", "edition_id"),
        Index(
            "ix_share_standing",
            "team_id",
            "channel_id",
            "edition_id",
            unique=True,
            sqlite_where=text(_STANDS),
            postgresql_where=text(_STANDS),
        ),
    )
    team_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    edition_id: str
    channel_id: str
    shared_by: str
    name: str = Field(sa_type=Words)
    next_step: str | None = Field(sa_type=Words)
    request_id: str
    shared_at: datetime = Field(sa_type=Moment)
    removed_at: datetime | None = Field(default=None, sa_type=Moment)


class OutcomeRow(Row, table=True):
    """A figure from elsewhere about a product; one of its kind (`metric_key`) a side and day."""

    __tablename__ = "outcome"
    __table_args__ = (
        belongs("product", "product_id"),
        UniqueConstraint("team_id", "product_id", "lens", "metric_key", "day", "whole_month"),
    )
    team_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    product_id: str
    lens: Lens = Field(sa_type=word_of(Lens))
    metric: str = Field(sa_type=Words)
    metric_key: str = Field(sa_type=Words)
    value: str
    unit: Unit = Field(sa_type=word_of(Unit))
    currency: str
    day: date = Field(sa_type=Date)
    whole_month: bool
    source: str = Field(sa_type=Words)
    name: str = Field(sa_type=Words)
    entered_by: str | None
    entered_at: datetime = Field(sa_type=Moment)


class ChannelGroupRow(Row, table=True):
    """Channels whose figures are read together under a name; `folded` is the name as it is compared."""

    __tablename__ = "channel_group"
    team_id: str = Field(primary_key=True)
    folded: str = Field(primary_key=True)
    name: str
    channels: list[str] = Field(sa_type=Ids)


class OccasionRow(Row, table=True):
    """The ledger: one row a due time, keyed by the local time of the schedule's zone (rule 3)."""

    __tablename__ = "occasion"
    team_id: str = Field(primary_key=True)
    owner_id: str = Field(primary_key=True)
    local: str = Field(primary_key=True)
    due_at: datetime = Field(sa_type=Moment)
    state: OccasionState = Field(sa_type=word_of(OccasionState))
    reason: str | None = Field(sa_type=Words)


class PostRow(Row, table=True):
    """The outbox: one row a message, with the version wanted and the version sent.

    `answered` is how many people had answered a question when a renewal was last asked for because of that.
    `queued` rises with each message of a workspace: so they are sent, where they are due together.
    """

    __tablename__ = "post"
    __table_args__ = (
        UniqueConstraint("team_id", "ref", "part"),
        CheckConstraint("sent <= wanted", name="sent"),
        Index("ix_post_queued", "team_id", "queued"),
        index_where("ix_post_pending", "not_before", where="state = 'pending'"),
        index_where("ix_post_sending", "lease_until", where="state = 'sending'"),
        index_where("ix_post_unknown", "look_up_at", where="state = 'unknown'"),
    )
    team_id: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    kind: PostKind = Field(sa_type=word_of(PostKind))
    ref: str
    part: int = 0
    channel_id: str
    state: PostState = Field(sa_type=word_of(PostState))
    wanted: int = 1
    sent: int = 0
    delete: bool = False
    urgent: bool = False
    attempts: int = 0
    first_try_at: datetime | None = Field(default=None, sa_type=Moment)
    lease_until: datetime | None = Field(default=None, sa_type=Moment)
    not_before: datetime | None = Field(default=None, sa_type=Moment)
    look_up_at: datetime | None = Field(default=None, sa_type=Moment)
    slack_ts: str | None = None
    error: str | None = Field(default=None, sa_type=Words)
    text: str | None = Field(default=None, sa_type=Words)
    others: list[str] | None = Field(default=None, sa_type=Ids)
    answered: int = 0
    queued: int = 0


class FingerprintRow(Row, table=True):
    """The fingerprint of the secret that hashes respondents; one for every workspace for now."""

    __tablename__ = "fingerprint"
    team_id: str = Field(primary_key=True)
    text: str


DIGEST, EDITION, QUOTE = table(DigestRow), table(EditionRow), table(QuoteRow)
SHARE, OUTCOME, CHANNEL_GROUP = table(ShareRow), table(OutcomeRow), table(ChannelGroupRow)
OCCASION, POST, FINGERPRINT = table(OccasionRow), table(PostRow), table(FingerprintRow)
