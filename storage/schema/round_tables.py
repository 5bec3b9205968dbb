"""What is counted, as tables: questions, rounds, people that two rounds share, who took part, and roles.

No row ties a person to what they chose: `round` has totals, `participation` and `role` have people and no
answers.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKeyConstraint, Index, UniqueConstraint
from sqlmodel import Field

from storage.records import Lean, Lens, Role, RoundKind
from storage.schema.columns import CountsBy, CountsByRole, ItemCounts, Moment, Words, word_of
from storage.schema.question_tables import Row, belongs, index_where, table


class QuestionRow(Row, table=True):
    """A question; asking it again is another wave.

    `subject_key` is empty where the subject is the product itself, so that a new name of it changes nothing.
    `apart` is its own id where a merge of products has brought it beside one like it, else empty.
    `look_again_on` is the day (UTC) on which its waiting waves are looked at although nothing is new.
    """

    __tablename__ = "question"
    __table_args__ = (
        UniqueConstraint(
            "team_id",
            "channel_id",
            "product_id",
            "subject_key",
            "lens",
            "instrument",
            "wording",
            "named",
            "apart",
            name="uq_question",
        ),
        belongs("product", "product_id"),
        index_where("ix_question_look", "look_again_on", where="look_again_on IS NOT NULL"),
    )
    team_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    channel_id: str
    product_id: str
    subject_key: str = Field(sa_type=Words)
    lens: Lens = Field(sa_type=word_of(Lens))
    instrument: str
    wording: str
    named: bool
    apart: str = ""
    look_again_on: date | None = Field(default=None, sa_type=Date)
    ended_at: datetime | None = Field(default=None, sa_type=Moment)


class RoundRow(Row, table=True):
    """The totals of one count; only `withdrawn_at` is ever changed, and `by_role` goes with it.

    The three counts by class are all there or all empty. A word round has nothing but its word (`lean`), a
    clipped one nothing but the score that nearly everybody gave. `by_role` is empty where the round has no
    split, and in rows of older versions.
    """

    __tablename__ = "round"
    __table_args__ = (
        belongs("question", "question_id"),
        CheckConstraint("n >= 5", name="n"),
        CheckConstraint("askings >= 1", name="askings"),
        CheckConstraint("first_day <= last_day", name="days"),
        CheckConstraint("(kind = 'word') = (lean IS NOT NULL)", name="lean"),
        CheckConstraint("kind <> 'word' OR clipped IS NULL", name="clipped"),
        CheckConstraint(
            "(favourable IS NULL) = (middle IS NULL) AND (middle IS NULL) = (unfavourable IS NULL)",
            name="classes",
        ),
        CheckConstraint(
            "(clipped IS NULL AND lean IS NULL) OR (favourable IS NULL AND straight_lined IS NULL)",
            name="counts",
        ),
        Index("ix_round_question", "team_id", "question_id", "counted_at"),
    )
    team_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    question_id: str
    kind: RoundKind = Field(sa_type=word_of(RoundKind))
    counted_at: datetime = Field(sa_type=Moment)
    counted_on: date = Field(sa_type=Date)
    n: int
    invited: int | None
    first_day: date = Field(sa_type=Date)
    last_day: date = Field(sa_type=Date)
    askings: int
    favourable: int | None
    middle: int | None
    unfavourable: int | None
    histogram: dict[str, int] = Field(sa_type=CountsBy(float))
    items: list[dict[str, int]] = Field(sa_type=ItemCounts)
    straight_lined: int | None
    by_role: dict[str, dict[str, int]] | None = Field(sa_type=CountsByRole)
    clipped: float | None
    lean: Lean | None = Field(sa_type=word_of(Lean))
    withdrawn_at: datetime | None = Field(default=None, sa_type=Moment)


class OverlapRow(Row, table=True):
    """How many people a round shares with an earlier one: rounded up to 5, at most the smaller of the two."""

    __tablename__ = "round_overlap"
    __table_args__ = (
        belongs("round", "round_id"),
        ForeignKeyConstraint(
            ["team_id", "earlier_id"],
            ["round.team_id", "round.id"],
            name="fk_round_overlap_earlier",
            ondelete="CASCADE",
        ),
        CheckConstraint("shared >= 1", name="shared"),
    )
    team_id: str = Field(primary_key=True)
    round_id: str = Field(primary_key=True)
    earlier_id: str = Field(primary_key=True)
    shared: int


class ParticipationRow(Row, table=True):
    """The mark that somebody took part in a round; deleted after 400 days and when they are forgotten."""

    __tablename__ = "participation"
    __table_args__ = (
        belongs("round", "round_id"),
        Index("ix_participation_day", "team_id", "counted_on"),
        {"sqlite_with_rowid": False},
    )
    team_id: str = Field(primary_key=True)
    respondent: str = Field(primary_key=True)
    round_id: str = Field(primary_key=True)
    counted_on: date = Field(sa_type=Date)


class FileRowsRow(Row, table=True):
    """Which rows of a file a round was made of, as keyed marks of 16 digits with spaces between them.

    A mark says nothing of what was chosen. It stays when the round is taken back.
    """

    __tablename__ = "file_rows"
    __table_args__ = (belongs("round", "round_id"),)
    team_id: str = Field(primary_key=True)
    round_id: str = Field(primary_key=True)
    marks: str = Field(sa_type=Words)


class RoleRow(Row, table=True):
    """How somebody knows a product; `role` is empty for who was asked and has not said.

    The key of the person is the confidential one, also where they have answered with their name. It is erased
    when they are forgotten, and with the product.
    """

    __tablename__ = "role"
    __table_args__ = (belongs("product", "product_id"), {"sqlite_with_rowid": False})
    team_id: str = Field(primary_key=True)
    respondent: str = Field(primary_key=True)
    product_id: str = Field(primary_key=True)
    role: Role | None = Field(default=None, sa_type=word_of(Role))


QUESTION, ROUND = table(QuestionRow), table(RoundRow)
FILE_ROWS = table(FileRowsRow)
OVERLAP, PARTICIPATION, ROLE = table(OverlapRow), table(ParticipationRow), table(RoleRow)
