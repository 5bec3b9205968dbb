"""The messages that may need a hand: late, in doubt, or failed; and what a hand does to them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, or_

from storage.engine.repository import Repository
from storage.records import Post, PostState
from storage.schema.delivery_tables import POST
from storage.schema.post_rows import POSTS, in_state, is_due, lapsed, read_post
from storage.watch.overdue import SINCE, TRIED, dated

GIVEN_UP = "given up by hand"
_STANDS = or_(POST.c.error.is_(None), POST.c.error != GIVEN_UP)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewedPost:
    """A message, its number in the queue, and since when it is due, where somebody has noted that."""

    post: Post
    number: int
    since: datetime | None


class OutboxReview(Repository):
    """The outbox as an operator sees and mends it, beside whoever sends."""

    async def troubled(self, *, now: datetime, late: timedelta, most: int) -> list[ReviewedPost]:
        """What is late by `late` or more, in doubt, or failed and not given up; the newest ones."""
        is_late = (is_due(None) | TRIED) & (SINCE.is_(None) | (now - late >= SINCE))
        doubtful = (in_state(PostState.UNKNOWN) | in_state(PostState.FAILED)) & _STANDS
        return await self._look(or_(is_late, lapsed(now), doubtful), most=most, now=now)

    async def counts(self, *, now: datetime, late: timedelta) -> dict[PostState, int]:
        """How many are late (pending), in doubt and failed, without those that were given up."""
        found = [reviewed.post.state for reviewed in await self.troubled(now=now, late=late, most=100_000)]
        unknown = (PostState.SENDING, PostState.UNKNOWN)
        return {
            PostState.PENDING: found.count(PostState.PENDING),
            PostState.UNKNOWN: sum(found.count(state) for state in unknown),
            PostState.FAILED: found.count(PostState.FAILED),
        }

    async def find(self, name: str) -> list[ReviewedPost]:
        """The messages of that number or key, in every workspace."""
        named = POST.c.queued == int(name) if name.isascii() and name.isdigit() else POST.c.key == name
        return await self._look(named, most=10)

    async def retry(self, post: Post, *, now: datetime) -> bool:
        """Due now, as if it had never been tried; False where it has changed since it was read."""
        values = {"state": PostState.PENDING, "not_before": now, "attempts": 0}
        nothing = dict.fromkeys(("first_try_at", "lease_until", "look_up_at", "error"))
        return bool(await self._change(POST.update().where(_as_read(post)).values(values | nothing)))

    async def give_up(self, post: Post) -> bool:
        """Never sent, or, where it may have arrived, left as it is; False where it has changed meanwhile."""
        may_stand = post.state in {PostState.UNKNOWN, PostState.SENDING}
        state = PostState.UNKNOWN if may_stand else PostState.FAILED
        values = {"state": state, "error": GIVEN_UP, "look_up_at": None, "lease_until": None}
        return bool(await self._change(POST.update().where(_as_read(post)).values(values)))

    async def _look(self, which: ColumnElement[bool], *, most: int, **values: object) -> list[ReviewedPost]:
        columns = POSTS.add_columns(POST.c.queued.label("number"), SINCE.label("since"))
        query: Select[Any] = dated(columns).where(which).order_by(POST.c.queued.desc()).limit(most)
        return await self._fetch_all(query, _read, **values)


def _as_read(post: Post) -> ColumnElement[bool]:
    """The row of a message, as long as nobody has claimed or changed it since."""
    return and_(
        POST.c.team_id == post.team_id,
        POST.c.key == post.key,
        POST.c.state == post.state,
        POST.c.attempts == post.attempts,
        POST.c.lease_until.is_not_distinct_from(post.lease_until),
    )


def _read(row: Row[Any]) -> ReviewedPost:
    return ReviewedPost(post=read_post(row), number=row.number, since=row.since)
