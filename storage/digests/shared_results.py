"""Results of editions that a lead has told back to the channels whose people answered."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, Text, cast, null, or_, select

from storage.delivery.outbox_requests import enqueue, new_post, request_delete, request_update
from storage.engine.repository import (
    Repository,
    add,
    fetch_all,
    fetch_one,
    reader,
    row_of,
    select_columns,
)
from storage.records import Lens, PostKind, PostState, Share, Wave
from storage.schema.delivery_tables import DIGEST, EDITION, POST, SHARE
from storage.schema.question_tables import PULSE, WAVE
from storage.schema.round_tables import ROUND
from storage.schema.wave_rows import WAVES, read_wave

SHARES = select_columns(SHARE.c, SHARE)
STANDING = SHARES.where(SHARE.c.removed_at.is_(None))
read_share = reader("share", Share)

Asked = tuple[str, str, str]
"""A side as it was asked: its product's id (empty: the one of the digest), its lens and its instrument."""


class Withdrawn(Exception):
    """Raised where a score of the edition was withdrawn, so that it is told to nobody any more."""


class SharedResults(Repository):
    """What was told back, in every workspace."""

    async def share(
        self, share: Share, *, product_id: str, sides: Collection[Asked], rounds: Collection[str]
    ) -> Share | Wave | None:
        """Keeps that results are told back to a channel, and hands their message to the outbox.

        `sides` are those that the channel sees, `rounds` the ids of what the edition was made of. Gives the
        share that stands: this one, or one of the same edition that was there before. Where one of these
        questions can still be answered in the channel, nothing is kept and its wave is given. None where the
        edition is gone. Raises Withdrawn.
        """

        def work(connection: Connection) -> Share | Wave | None:
            edition = select(EDITION.c.id).where(
                EDITION.c.team_id == share.team_id, EDITION.c.id == share.edition_id
            )
            if connection.execute(edition.with_for_update()).first() is None:
                return None
            there = STANDING.where(
                SHARE.c.team_id == share.team_id,
                SHARE.c.channel_id == share.channel_id,
                SHARE.c.edition_id == share.edition_id,
            )
            if before := fetch_one(connection, there, read_share):
                return before
            if _withdrawn(connection, share.team_id, rounds):
                raise Withdrawn
            if wave := _still_open(connection, share, product_id, sides):
                return wave
            if not add(connection, SHARE, row_of(share, SHARE)):  # another process was faster
                return fetch_one(connection, there, read_share)
            post = new_post(PostKind.SHARE, team_id=share.team_id, ref=share.id, channel_id=share.channel_id)
            enqueue(connection, post)
            return share

        return await self._engine.write(work)

    async def still_open(self, share: Share, *, at: datetime) -> Wave | None:
        """A wave of a question whose results are shared, if it can be answered in that channel at that time.

        None too where the edition or its digest is gone, and where another instrument speaks for its sides.
        """
        of_edition = (EDITION.c.team_id == DIGEST.c.team_id) & (EDITION.c.digest_id == DIGEST.c.id)
        shown = (
            select(DIGEST.c.product_id, EDITION.c.figures)
            .select_from(EDITION.join(DIGEST, of_edition))
            .where(EDITION.c.team_id == share.team_id, EDITION.c.id == share.edition_id)
        )

        def work(connection: Connection) -> Wave | None:
            found = connection.execute(shown).one_or_none()
            if found is None:
                return None
            now = replace(share, shared_at=at)
            return _still_open(connection, now, found.product_id, _asked_in(found.figures, share.channel_id))

        return await self._engine.read(work)

    async def get(self, team_id: str, share_id: str) -> Share | None:
        """The share of that id, removed or not."""
        return await self._fetch_one(
            SHARES.where(SHARE.c.team_id == team_id, SHARE.c.id == share_id), read_share
        )

    async def of_edition(self, team_id: str, edition_id: str) -> list[Share]:
        """What stands of the results of an edition, oldest first."""
        mine = STANDING.where(SHARE.c.team_id == team_id, SHARE.c.edition_id == edition_id)
        return await self._fetch_all(mine.order_by(SHARE.c.shared_at, SHARE.c.id), read_share)

    async def posted_in(self, team_id: str, channel_id: str) -> list[Share]:
        """What stands in a channel and was posted there, newest first."""
        is_its = (POST.c.team_id == SHARE.c.team_id) & (POST.c.ref == SHARE.c.id)
        query = select_columns(SHARE.c, SHARE.join(POST, is_its)).where(
            SHARE.c.removed_at.is_(None),
            SHARE.c.team_id == team_id,
            SHARE.c.channel_id == channel_id,
            POST.c.kind == PostKind.SHARE,
            POST.c.state == PostState.SENT,
        )
        return await self._fetch_all(query.order_by(SHARE.c.shared_at.desc()), read_share)

    async def remove(self, share: Share, *, at: datetime) -> bool:
        """Wants the message of a share gone; False when that was wanted before."""

        def work(connection: Connection) -> bool:
            if not _end(connection, share.team_id, share.id, at):
                return False
            request_delete(connection, share.team_id, share.id)
            _renew_questions(connection, share.team_id, share.id)
            return True

        return await self._engine.write(work)

    async def give_up(self, team_id: str, share_id: str, *, at: datetime) -> None:
        """Ends a share that Slack has refused, so that the same results can be shared again."""
        await self._engine.write(lambda connection: _end(connection, team_id, share_id, at))

    async def renew_questions(self, team_id: str, share_id: str) -> None:
        """Wants the closed questions anew whose results were shared: they say where to read them."""
        await self._engine.write(lambda connection: _renew_questions(connection, team_id, share_id))


def renew_told(connection: Connection, team_id: str, gone: Collection[str]) -> None:
    """Wants the messages anew that show what was withdrawn (rounds, blocks), without their pictures of it."""
    if not gone:
        return
    kept = cast(EDITION.c.figures, Text)
    mine = (EDITION.c.team_id == team_id, or_(*(kept.contains(f'"{each}"') for each in gone)))
    told = connection.execute(select(EDITION.c.id).where(*mine)).scalars().all()
    connection.execute(
        EDITION.update()
        .where(EDITION.c.team_id == team_id, EDITION.c.id.in_(told))
        .values(strips=null(), history=null())
    )
    of_these = (SHARE.c.team_id == team_id, SHARE.c.edition_id.in_(told), SHARE.c.removed_at.is_(None))
    request_update(
        connection, team_id, [*told, *connection.execute(select(SHARE.c.id).where(*of_these)).scalars()]
    )


def _asked_in(figures: Mapping[str, Any], channel_id: str) -> list[Asked]:
    """The sides of an edition with these figures on which a channel was asked."""
    sides = [*(figures.get(lens.name.lower()) or {} for lens in Lens), *(figures.get("beside") or ())]
    return [
        (side.get("product_id") or "", side["lens"], side["instrument"])
        for side in sides
        if channel_id in (side.get("channels") or ())
    ]


def rounds_of(figures: Mapping[str, object]) -> list[str]:
    """The ids of the rounds that an edition with these figures was made of; none of an older version."""
    rounds = figures.get("rounds")
    return [str(one) for one in rounds] if isinstance(rounds, list) else []


def _still_open(
    connection: Connection, share: Share, product_id: str, sides: Collection[Asked]
) -> Wave | None:
    """A wave in the channel that can still be answered, of one of these questions, however it is worded."""
    asked = {(about or product_id, lens, instrument) for about, lens, instrument in sides}
    query: Select[tuple[object, ...]] = WAVES.where(
        WAVE.c.team_id == share.team_id,
        WAVE.c.channel_id == share.channel_id,
        WAVE.c.closed_at.is_(None),
        WAVE.c.closes_at > share.shared_at,
        ~WAVE.c.taken_down,
        PULSE.c.product_id.in_({about for about, _, _ in asked}),
    )
    found = fetch_all(connection, query.order_by(WAVE.c.closes_at.desc()), read_wave)
    pulses = ((wave, wave.pulse) for wave in found)
    return next((wave for wave, of in pulses if (of.product.id, of.lens, of.instrument) in asked), None)


def _withdrawn(connection: Connection, team_id: str, rounds: Collection[str]) -> bool:
    gone = select(ROUND.c.id).where(
        ROUND.c.team_id == team_id, ROUND.c.id.in_(rounds), ROUND.c.withdrawn_at.is_not(None)
    )
    return connection.execute(gone.limit(1)).first() is not None


def _end(connection: Connection, team_id: str, share_id: str, at: datetime) -> bool:
    mine = (SHARE.c.team_id == team_id, SHARE.c.id == share_id, SHARE.c.removed_at.is_(None))
    return connection.execute(SHARE.update().where(*mine).values(removed_at=at)).rowcount == 1


def _renew_questions(connection: Connection, team_id: str, share_id: str) -> None:
    is_its = (EDITION.c.team_id == SHARE.c.team_id) & (EDITION.c.id == SHARE.c.edition_id)
    of_share = (
        select(SHARE.c.channel_id, EDITION.c.figures, EDITION.c.period_start)
        .select_from(SHARE.join(EDITION, is_its))
        .where(SHARE.c.team_id == team_id, SHARE.c.id == share_id)
    )
    found = connection.execute(of_share).one_or_none()
    if found is None:
        return
    counted = select(WAVE.c.id).where(
        WAVE.c.team_id == team_id,
        WAVE.c.channel_id == found.channel_id,
        WAVE.c.round_id.in_(rounds_of(found.figures)),
        WAVE.c.closes_at >= found.period_start,
    )
    request_update(connection, team_id, connection.execute(counted).scalars().all())
