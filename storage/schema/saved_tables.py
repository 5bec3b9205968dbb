"""Messages that were saved as feedback, as a table, and what people said in passing.

They belong to a product and to no question: no round, batch or block ever holds one.
"""

from datetime import date

from sqlalchemy import CheckConstraint, Date, Index, UniqueConstraint
from sqlmodel import Field

from storage.records import Lens, Sentiment, Touchpoint
from storage.schema.columns import ListOf, Words, word_of
from storage.schema.question_tables import Row, belongs, index_where, table


class SavedRow(Row, table=True):
    """A message, its label and what a lead says instead.

    `mark` is a keyed hash of where and when it was written, so that it is saved once. `author` is the key of
    whoever wrote it. `channel_id` is a public channel; of a private conversation only a keyed hash (`place`)
    is kept, with the key of the `saver`, who may go on reading it.
    """

    __tablename__ = "saved"
    __table_args__ = (
        UniqueConstraint("team_id", "mark"),
        belongs("product", "product_id"),
        CheckConstraint("(text IS NULL) = (author IS NULL) AND (text IS NULL OR text <> '')", name="text"),
        CheckConstraint("channel_id IS NULL OR place IS NULL", name="place"),
        Index("ix_saved_product", "team_id", "product_id"),
        Index("ix_saved_author", "team_id", "author"),
        index_where("ix_saved_saver", "saver", where="saver IS NOT NULL"),
        index_where("ix_saved_unlabelled", "id", where="label_version IS NULL AND text IS NOT NULL"),
    )
    team_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    mark: str
    product_id: str
    saved_on: date = Field(sa_type=Date)
    said: bool
    author: str | None
    text: str | None = Field(sa_type=Words)
    lens: Lens | None = Field(sa_type=word_of(Lens))
    channel_id: str | None
    place: str | None
    saver: str | None
    label_version: str | None
    sentiment: Sentiment | None = Field(sa_type=word_of(Sentiment))
    touchpoints: list[str] = Field(sa_type=ListOf(Touchpoint))
    corrected: Sentiment | None = Field(default=None, sa_type=word_of(Sentiment))
    hidden: bool = False
    wish: bool | None = None
    corrected_wish: bool | None = None


class RemovedRow(Row, table=True):
    """The mark of a message that its author removed or had forgotten, so that it is not saved again.

    It is a keyed hash of where and when the message was written, and outlives the product.
    """

    __tablename__ = "removed_message"
    __table_args__ = ({"sqlite_with_rowid": False},)
    team_id: str = Field(primary_key=True)
    mark: str = Field(primary_key=True)


SAVED, REMOVED = table(SavedRow), table(RemovedRow)
