"""Posted digests, as they were made."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, exists, func, null, or_, select, true

from storage.delivery.ledger import advance, claim, is_due
from storage.delivery.outbox_requests import enqueue, new_post, request_update
from storage.digests.made_editions import is_made
from storage.engine.repository import (
    Repository,
    fetch_all,
    fetch_one,
    reader,
    record_of,
    row_of,
    select_columns,
)
from storage.records import Digest, Edition, Occasion, Period, Picture, Post, PostKind, PostState, Quote
from storage.schema.batch_tables import BATCH, BATCH_WAVE
from storage.schema.delivery_tables import DIGEST, EDITION, POST, QUOTE
from storage.schema.post_rows import in_state
from storage.schema.question_tables import COMMENT, CORRECTION, WAVE
from storage.schema.round_tables import QUESTION, ROUND
from storage.schema.wave_rows import CORRECTION_OF_COMMENT, WAVE_OF_COMMENT, of_whole

EDITIONS = select_columns(EDITION.c, EDITION)
QUOTES = select_columns(QUOTE.c, QUOTE)
QUOTE_OF_EDITION = (QUOTE.c.team_id == EDITION.c.team_id) & (QUOTE.c.edition_id == EDITION.c.id)
read_quote = reader("quote", Quote)

EDITION_OF_POST = and_(
    EDITION.c.team_id == POST.c.team_id, EDITION.c.id == POST.c.ref, POST.c.kind == PostKind.EDITION
)
WAITS = and_(
    in_state(PostState.PENDING), POST.c.part == 0, POST.c.attempts == 0, POST.c.not_before.is_not(None)
)
"""What holds for a message that waits for its pictures: it is held back, and was never tried."""

_IS_IN_BATCH = and_(BATCH_WAVE.c.team_id == BATCH.c.team_id, BATCH_WAVE.c.batch_id == BATCH.c.id)
_BESIDE, _WAVE_OF_SAME = COMMENT.alias("beside"), BATCH_WAVE.alias("same")
_WAVES_OF_SAME = (
    select(_WAVE_OF_SAME.c.wave_id)
    .where(_WAVE_OF_SAME.c.team_id == BATCH.c.team_id, _WAVE_OF_SAME.c.batch_id == BATCH.c.id)
    .correlate(BATCH)
)
_LEFT = (  # by the waves of the one batch: as a join, SQLite reads all comments of the workspace
    select(func.count())
    .select_from(_BESIDE)
    .where(_BESIDE.c.team_id == BATCH.c.team_id, _BESIDE.c.wave_id.in_(_WAVES_OF_SAME))
    .correlate(BATCH)
    .scalar_subquery()
)
IS_LISTED_NO_MORE = (
    exists()
    .where(BATCH_WAVE.c.team_id == COMMENT.c.team_id, BATCH_WAVE.c.wave_id == COMMENT.c.wave_id)
    .where(_IS_IN_BATCH, or_(BATCH.c.withdrawn_at.is_not(None), BATCH.c.need > _LEFT))
)
"""What holds for a comment whose batch was withdrawn, or has fewer comments left than it needs."""


class Editions(Repository):
    """The editions of every workspace."""

    async def publish(
        self,
        *,
        digest: Digest,
        edition: Edition,
        parts: int,
        occasion: Occasion | None,
        skipped: Sequence[Occasion] = (),
        next_at: datetime | None = None,
        pictures_until: datetime | None = None,
        unless_since: datetime | None = None,
    ) -> bool:
        """Keeps an edition and hands its message and `parts - 1` replies to the outbox.

        With `pictures_until`, nothing is sent before that moment unless `keep_pictures` comes first.

        A quote keeps its place, and its words only where they may still be shown at the moment of the write.
        With an `occasion` also, in the same transaction, its row in the ledger, those of the `skipped` ones
        and the digest's next time. False, and nothing changed, when it was kept already, or an edition made
        since `unless_since`; when the digest was removed; with an `occasion` also when it was moved.
        """

        def work(connection: Connection) -> bool:
            if not _stands(connection, digest) or is_made(connection, edition, unless_since):
                return False
            if occasion:
                due = is_due(connection, "digest", of=occasion, seen=digest.next_at)
                if not due or not claim(connection, occasion):
                    return False
                advance(connection, "digest", of=occasion, skipped=skipped, next_at=next_at)
            _keep(connection, edition)
            of_digest = and_(DIGEST.c.team_id == digest.team_id, DIGEST.c.id == digest.id)
            connection.execute(DIGEST.update().where(of_digest).values(unclicked=DIGEST.c.unclicked + 1))
            for part in range(parts):
                post = new_post(
                    PostKind.EDITION,
                    team_id=digest.team_id,
                    ref=edition.id,
                    channel_id=edition.channel_id,
                    part=part,
                )
                enqueue(connection, post if part else replace(post, not_before=pictures_until))
            return True

        return await self._engine.write(work)

    async def without_pictures(self, now: datetime) -> list[Edition]:
        """The editions whose messages still wait at `now` for their pictures, oldest first."""
        query = EDITIONS.where(EDITION_OF_POST, WAITS, POST.c.not_before > now).order_by(EDITION.c.made_at)

        def work(connection: Connection) -> list[Edition]:
            return fetch_all(connection, query, lambda row: _read(connection, row))

        return await self._engine.read(work)

    async def keep_pictures(
        self, edition: Edition, *, strips: Picture | None, history: Picture | None
    ) -> None:
        """Keeps the pictures of an edition, and lets its message be sent, with them or without.

        Nothing is changed once the message is under way.
        """
        mine = (POST.c.team_id == edition.team_id, POST.c.ref == edition.id, WAITS)

        def work(connection: Connection) -> None:
            if connection.execute(POST.update().where(*mine).values(not_before=None)).rowcount:
                kept = (EDITION.c.team_id == edition.team_id, EDITION.c.id == edition.id)
                pictures = {"strips": _as_json(strips), "history": _as_json(history)}
                connection.execute(EDITION.update().where(*kept).values(pictures))

        await self._engine.write(work)

    async def drop_picture(self, post: Post) -> None:
        """Shows this message of an edition without its picture from now on."""
        mine = (EDITION.c.team_id == post.team_id, EDITION.c.id == post.ref)
        picture = EDITION.c.history if post.part else EDITION.c.strips
        await self._change(EDITION.update().where(*mine).values({picture: null()}))

    async def get(self, team_id: str, edition_id: str) -> Edition | None:
        """The edition of that id, with its quotes as they are now."""
        return await self._edition(EDITIONS.where(EDITION.c.team_id == team_id, EDITION.c.id == edition_id))

    async def last(self, team_id: str, digest_id: str, *, full_only: bool = True) -> Edition | None:
        """The newest edition of a digest; of the full ones, unless told otherwise."""
        query = EDITIONS.where(EDITION.c.team_id == team_id, EDITION.c.digest_id == digest_id)
        if full_only:
            query = query.where(EDITION.c.full)
        return await self._edition(query.order_by(EDITION.c.made_at.desc()).limit(1))

    async def quoted(self, digest: Digest) -> dict[str, bool]:
        """The ids of the comments that a digest has quoted, and whether since the last round it reads."""
        mine = (QUESTION.c.team_id == digest.team_id, QUESTION.c.channel_id.in_(digest.sources))
        about, whole = digest.product.id, digest.product.whole
        shown = of_whole(QUESTION, about) if whole else QUESTION.c.product_id == about
        asked = select(QUESTION.c.id).where(*mine, shown)
        last_round = select(func.max(ROUND.c.counted_at)).where(
            ROUND.c.team_id == digest.team_id, ROUND.c.question_id.in_(asked)
        )
        since = func.coalesce(last_round.scalar_subquery(), digest.created_at)
        query = (
            select(QUOTE.c.comment_id, (EDITION.c.made_at >= since).label("lately"))
            .select_from(EDITION.join(QUOTE, QUOTE_OF_EDITION))
            .where(EDITION.c.team_id == digest.team_id, EDITION.c.digest_id == digest.id)
            .order_by(EDITION.c.made_at)
        )
        return dict(await self._fetch_all(query, lambda row: (str(row.comment_id), bool(row.lately))))

    async def _edition(self, query: Select[Any]) -> Edition | None:
        return await self._engine.read(
            lambda connection: fetch_one(connection, query, lambda row: _read(connection, row))
        )


def blank_quotes(connection: Connection, team_id: str, comment_ids: Collection[str]) -> None:
    """Takes the words of these comments out of every edition, and wants the messages that quote them anew."""
    quotes = (QUOTE.c.team_id == team_id) & QUOTE.c.comment_id.in_(comment_ids) & QUOTE.c.text.is_not(None)
    editions = connection.execute(select(QUOTE.c.edition_id).where(quotes)).scalars().all()
    if editions:
        request_update(connection, team_id, editions)
        connection.execute(QUOTE.update().where(quotes).values(text=None))


def _stands(connection: Connection, digest: Digest) -> bool:
    mine = (DIGEST.c.team_id == digest.team_id, DIGEST.c.id == digest.id, ~DIGEST.c.removed)
    return bool(connection.execute(select(DIGEST.c.id).where(*mine).with_for_update()).one_or_none())


def _keep(connection: Connection, edition: Edition) -> None:
    row = row_of(
        edition,
        EDITION,
        period_start=edition.period.start,
        period_end=edition.period.end,
        strips=_as_json(edition.strips),
        history=_as_json(edition.history),
    )
    connection.execute(EDITION.insert(), row)
    stands = _still_quotable(connection, edition)
    for position, quote in enumerate(edition.quotes):
        kept = quote if quote.comment_id in stands else replace(quote, text=None)
        place = {"team_id": edition.team_id, "edition_id": edition.id, "position": position}
        connection.execute(QUOTE.insert(), row_of(kept, QUOTE, **place))


def _still_quotable(connection: Connection, edition: Edition) -> set[str]:
    """The comments that stand, and are listed, as they were read: people may have thought again."""
    stands = (
        select(COMMENT.c.id, COMMENT.c.text)
        .select_from(COMMENT.join(WAVE, WAVE_OF_COMMENT).outerjoin(CORRECTION, CORRECTION_OF_COMMENT))
        .where(
            COMMENT.c.team_id == edition.team_id,
            COMMENT.c.id.in_([quote.comment_id for quote in edition.quotes]),
            COMMENT.c.may_quote,
            CORRECTION.c.hidden.is_not(true()),
            ~WAVE.c.taken_down,
            ~IS_LISTED_NO_MORE,
        )
        .with_for_update(read=True, of=COMMENT)
    )
    words = {row.id: row.text.strip() for row in connection.execute(stands)}
    return {
        each.comment_id for each in edition.quotes if each.text and words.get(each.comment_id) == each.text
    }


def _read(connection: Connection, row: Row[Any]) -> Edition:
    quotes = QUOTES.where(
        QUOTE.c.team_id == row.edition_team_id, QUOTE.c.edition_id == row.edition_id
    ).order_by(QUOTE.c.position)
    return record_of(
        row,
        "edition",
        Edition,
        period=Period(row.edition_period_start, row.edition_period_end),
        quotes=tuple(fetch_all(connection, quotes, read_quote)),
        strips=row.edition_strips and Picture(**row.edition_strips),
        history=row.edition_history and Picture(**row.edition_history),
    )


def _as_json(picture: Picture | None) -> dict[str, str] | None:
    return asdict(picture) if picture else None
