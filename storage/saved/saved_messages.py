"""Messages that were saved as feedback: each once, until whoever wrote it removes it."""

from collections.abc import Awaitable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Connection, Row, and_, func, select

from storage.engine.repository import Repository, Transact, add, add_many, fetch_all, new_id, select_columns
from storage.records import Label, NewSaved, Origin, SavedMessage, Sentiment
from storage.schema.question_tables import PRODUCT
from storage.schema.saved_tables import REMOVED, SAVED
from storage.schema.wave_rows import read_product

_PRODUCT_OF_SAVED = and_(PRODUCT.c.team_id == SAVED.c.team_id, PRODUCT.c.id == SAVED.c.product_id)
_IS_THERE = SAVED.c.text.is_not(None)
_MESSAGES = select_columns([*SAVED.c, *PRODUCT.c], SAVED.join(PRODUCT, _PRODUCT_OF_SAVED)).where(_IS_THERE)
_UNLABELLED = _MESSAGES.where(SAVED.c.label_version.is_(None)).order_by(SAVED.c.team_id, SAVED.c.id)


class Note(Protocol):
    """Keeps outside of the database that something is about to be erased."""

    def __call__(self, what: str, team_id: str, *ids: str) -> Awaitable[None]:
        """What it is, and which."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What there is of a message with this mark.

    `message` is None where its author has removed it or had it forgotten. `new` says that it was kept just
    now.
    """

    message: SavedMessage | None
    new: bool = False


class TooMany(Exception):
    """Raised where somebody has said as much in a day as they may."""


class SavedMessages(Repository):
    """The saved messages of every workspace."""

    def __init__(self, engine: Transact, note: Note | None = None) -> None:
        super().__init__(engine)
        self._note = note

    async def keep(self, new: NewSaved, *, most_in_a_day: int | None = None) -> Kept:
        """Keeps a message, or leaves the one with the same mark; said again, it is of the side named last.

        Raises TooMany where its author has said so many on that day; what was said again is none more.
        """

        def work(connection: Connection) -> Kept:
            if (found := _with_mark(connection, new.team_id, new.mark)) is not None:
                return _of_side(connection, new) if new.said and new.lens and found.message else found
            if most_in_a_day is not None and _said_on(connection, new) >= most_in_a_day:
                raise TooMany
            add(connection, SAVED, _row(new))
            found = _with_mark(connection, new.team_id, new.mark)
            assert found is not None  # noqa: S101 - it was added, here or by another process
            return Kept(found.message, new=True)

        return await self._engine.write(work)

    async def with_mark(self, team_id: str, mark: str) -> Kept | None:
        """What there is of a message with this mark; None where it was never saved."""
        return await self._engine.read(lambda connection: _with_mark(connection, team_id, mark))

    async def get(self, team_id: str, saved_id: str) -> SavedMessage | None:
        """The message of that id."""
        query = _MESSAGES.where(SAVED.c.team_id == team_id, SAVED.c.id == saved_id)
        return await self._fetch_one(query, _read)

    async def about(self, team_id: str, product_id: str) -> list[SavedMessage]:
        """The messages about a product that no lead has hidden, in the order of their random ids."""
        these = (SAVED.c.team_id == team_id, SAVED.c.product_id == product_id, ~SAVED.c.hidden)
        return await self._fetch_all(_MESSAGES.where(*these).order_by(SAVED.c.id), _read)

    async def by(self, team_id: str, authors: Collection[str]) -> list[SavedMessage]:
        """The messages that a person wrote, given each of their forms, the newest day first."""
        these = (SAVED.c.team_id == team_id, SAVED.c.author.in_(authors))
        return await self._fetch_all(
            _MESSAGES.where(*these).order_by(SAVED.c.saved_on.desc(), SAVED.c.id), _read
        )

    async def count_savings(self, team_id: str, savers: Collection[str]) -> int:
        """How many messages of private conversations are kept with this person as who saved them."""
        query = select(func.count()).where(SAVED.c.team_id == team_id, SAVED.c.saver.in_(savers))
        return await self._engine.read(lambda connection: int(connection.execute(query).scalar_one()))

    async def remove(self, team_id: str, saved_id: str, authors: Collection[str]) -> bool | None:
        """Erases the text and the labels of a message for its author; a mark stays of one that was saved.

        False, and nothing changed, where somebody else wrote it; None where nothing of it is kept.
        """
        query = select(SAVED.c.author).where(SAVED.c.team_id == team_id, SAVED.c.id == saved_id, _IS_THERE)
        author = await self._fetch_one(query, lambda row: str(row.author))
        if author is None:
            return None
        if author not in authors:
            return False
        if self._note:
            await self._note("unsave", team_id, saved_id)
        return await self._engine.erase(lambda connection: erase_saved(connection, team_id, saved_id))

    async def correct(
        self,
        team_id: str,
        saved_id: str,
        *,
        tone: Sentiment | None = None,
        wish: bool | None = None,
        hide: bool = False,
    ) -> bool:
        """Keeps what a lead says of a message: its tone, whether it is a wish, or that it is not shown.

        False where it is gone.
        """
        said = {"hidden": hide or None, "corrected": tone, "corrected_wish": wish}
        values = {name: value for name, value in said.items() if value is not None}
        this = (SAVED.c.team_id == team_id, SAVED.c.id == saved_id, _IS_THERE)
        return await self._change(SAVED.update().where(*this).values(values)) == 1

    async def unlabelled(self, limit: int) -> list[SavedMessage]:
        """Up to `limit` messages of all workspaces that no classifier has read."""
        return await self._fetch_all(_UNLABELLED.limit(limit), _read)

    async def outdated(self, version: str) -> list[SavedMessage]:
        """The messages of all workspaces whose label is not of this version."""
        other = SAVED.c.label_version.is_(None) | (SAVED.c.label_version != version)
        return await self._fetch_all(_MESSAGES.where(other), _read)

    async def label_all(self, labels: Sequence[tuple[SavedMessage, Label]]) -> None:
        """Keeps what a version of the classifier read in each message, in one write."""

        def work(connection: Connection) -> None:
            for message, label in labels:
                this = (SAVED.c.team_id == message.team_id, SAVED.c.id == message.id, _IS_THERE)
                connection.execute(SAVED.update().where(*this).values(_label(label)))

        await self._engine.write(work)


def erase_saved(connection: Connection, team_id: str, saved_id: str) -> bool:
    """Leaves of a saved message no more than its mark, and of one said in passing nothing."""
    return _erase(connection, SAVED.c.team_id == team_id, SAVED.c.id == saved_id) > 0


def _erase(connection: Connection, *these: ColumnElement[bool]) -> int:
    marks = connection.execute(select(SAVED.c.team_id, SAVED.c.mark).where(*these, ~SAVED.c.said)).all()
    add_many(connection, REMOVED, [row._asdict() for row in marks])
    return connection.execute(SAVED.delete().where(*these)).rowcount


def forget_saved(connection: Connection, team_id: str, people: Collection[str]) -> tuple[int, int]:
    """Erases all messages of a person, and that they saved those of others; how many of either.

    What was forgotten is not saved again, as what was removed.
    """
    gone = _erase(connection, SAVED.c.team_id == team_id, SAVED.c.author.in_(people))
    saver = (SAVED.c.team_id == team_id, SAVED.c.saver.in_(people))
    return gone, connection.execute(SAVED.update().where(*saver).values(saver=None)).rowcount


def _row(new: NewSaved) -> dict[str, Any]:
    return {
        "team_id": new.team_id,
        "id": new_id(),
        "mark": new.mark,
        "product_id": new.product_id,
        "saved_on": new.saved_on,
        "said": new.said,
        "author": new.author,
        "text": new.text,
        "lens": new.lens,
        "channel_id": new.origin.channel_id,
        "place": new.origin.place,
        "saver": new.origin.saver,
        "hidden": False,
        **_label(new.label),
    }


def _label(label: Label | None) -> dict[str, Any]:
    return {
        "label_version": label.version if label else None,
        "sentiment": label.sentiment if label else None,
        "touchpoints": label.touchpoints if label else (),
        "wish": label.wish if label else None,
    }


def _of_side(connection: Connection, new: NewSaved) -> Kept:
    """What was said before, now of the side that is named for it."""
    this = (SAVED.c.team_id == new.team_id, SAVED.c.mark == new.mark)
    connection.execute(SAVED.update().where(*this).values(lens=new.lens))
    return Kept(fetch_all(connection, _MESSAGES.where(*this), _read)[0])


def _with_mark(connection: Connection, team_id: str, mark: str) -> Kept | None:
    found = fetch_all(connection, _MESSAGES.where(SAVED.c.team_id == team_id, SAVED.c.mark == mark), _read)
    if found:
        return Kept(found[0])
    gone = select(REMOVED.c.mark).where(REMOVED.c.team_id == team_id, REMOVED.c.mark == mark)
    return Kept(None) if connection.execute(gone).first() else None


def _said_on(connection: Connection, new: NewSaved) -> int:
    theirs = (SAVED.c.team_id == new.team_id, SAVED.c.author == new.author)
    query = select(func.count()).where(*theirs, SAVED.c.said, SAVED.c.saved_on == new.saved_on)
    return int(connection.execute(query).scalar_one())


def _read(row: Row[Any]) -> SavedMessage:
    return SavedMessage(
        team_id=row.saved_team_id,
        id=row.saved_id,
        product=read_product(row),
        text=row.saved_text,
        said=row.saved_said,
        origin=Origin(channel_id=row.saved_channel_id, place=row.saved_place, saver=row.saved_saver),
        chosen=row.saved_lens,
        sentiment=row.saved_corrected or row.saved_sentiment,
        touchpoints=row.saved_touchpoints,
        is_wish=bool(row.saved_wish if row.saved_corrected_wish is None else row.saved_corrected_wish),
        hidden=row.saved_hidden,
    )
