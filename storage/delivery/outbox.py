"""The sender's side of the outbox: claims messages with a lease, and says what became of them.

A message is one row for as long as it lives. `lease_until` tells one claim from the next, so that a sender
who comes back late cannot speak for the one after.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    String,
    Update,
    and_,
    case,
    exists,
    func,
    literal,
    null,
    select,
)
from sqlalchemy import tuple_ as pair

from storage.delivery.outbox_requests import POSTS, enqueue, new_post, read_post
from storage.engine.repository import Repository, fetch_all
from storage.records import Lane, Post, PostKind, PostState
from storage.schema.delivery_tables import POST

_MOMENT = POST.c.not_before.type  # without it an expression writes the hour of the caller's zone
PARENT = POST.alias("parent")
HAS_PARENT = exists().where(
    PARENT.c.team_id == POST.c.team_id,
    PARENT.c.ref == POST.c.ref,
    PARENT.c.part == 0,
    PARENT.c.slack_ts.is_not(None),
)
EARLIER = POST.alias("earlier")
WAITS_FOR_EARLIER = exists().where(
    EARLIER.c.team_id == POST.c.team_id,
    EARLIER.c.ref == POST.c.ref,
    EARLIER.c.part < POST.c.part,
    EARLIER.c.slack_ts.is_(None),
    EARLIER.c.state.in_([PostState.PENDING, PostState.SENDING]),
)
_NEW = POST.c.slack_ts.is_(None) & ~POST.c.delete
_OLD = POST.c.slack_ts.is_not(None) & ~POST.c.delete
LANES: Mapping[Lane, ColumnElement[bool]] = {
    Lane.POSTS: _NEW & (POST.c.kind != PostKind.NOTICE),
    Lane.NOTICES: _NEW & (POST.c.kind == PostKind.NOTICE),
    Lane.CHANGES: _OLD & POST.c.urgent,
    Lane.DELETIONS: POST.c.delete,
    Lane.RENEWALS: _OLD & ~POST.c.urgent,
}
_IN_TURN = {Lane.POSTS, Lane.NOTICES}
KEY = pair(POST.c.team_id, POST.c.key)
CHANNEL = pair(POST.c.team_id, POST.c.channel_id)


class Outbox(Repository):
    """The messages that Slack should show."""

    async def claim(
        self,
        *,
        now: datetime,
        lease: timedelta,
        limit: int,
        busy: Collection[tuple[str, str]] = (),
        lane: Lane | None = None,
    ) -> list[Post]:
        """Up to `limit` due messages, each given to this caller alone until `now + lease`.

        None for the `busy` channels, each named by its team and its id. New ones come before renewals,
        replies once their parent has its `slack_ts`, and never before an earlier one that is still to come.
        Each has one more attempt. Of one `lane` alone new messages are given one a channel.
        """
        due = (
            in_state(PostState.PENDING)
            & (POST.c.not_before.is_(None) | (POST.c.not_before <= now))
            & ((POST.c.part == 0) | (HAS_PARENT & (POST.c.slack_ts.is_not(None) | ~WAITS_FOR_EARLIER)))
        )
        if busy:
            due &= CHANNEL.not_in(list(busy))
        if lane:
            due &= LANES[lane]
        order = (POST.c.not_before.is_not(None), POST.c.not_before, POST.c.team_id, POST.c.ref, POST.c.part)

        def work(connection: Connection) -> list[Post]:
            query = POSTS.where(due).order_by(*order).limit(limit).with_for_update(skip_locked=True)
            found = fetch_all(connection, query, read_post)
            if lane in _IN_TURN:
                found = list({(post.team_id, post.channel_id): post for post in reversed(found)}.values())
            keys = [(post.team_id, post.key) for post in found]
            if not keys:
                return []
            values = {
                "state": PostState.SENDING,
                "attempts": POST.c.attempts + 1,
                "first_try_at": case(
                    (POST.c.first_try_at.is_(None), literal(now, _MOMENT)), else_=POST.c.first_try_at
                ),
                "lease_until": now + lease,
            }
            connection.execute(POST.update().where(KEY.in_(keys)).values(values))
            return fetch_all(connection, POSTS.where(KEY.in_(keys)).order_by(*order), read_post)

        return await self._engine.write(work)

    async def count_waiting(self) -> int:
        """How many messages wait for a renewal of their count."""
        query = select(func.count()).where(in_state(PostState.PENDING), LANES[Lane.RENEWALS])
        return await self._engine.read(lambda connection: int(connection.execute(query).scalar_one()))

    async def lapsed(self, *, now: datetime, in_flight: Collection[tuple[str, str]] = ()) -> list[Post]:
        """The messages that `expire` would give, which nobody has ended yet."""
        return await self._fetch_all(
            POSTS.where(_lapsed(now, in_flight), POST.c.slack_ts.is_(None)), read_post
        )

    async def expire(self, *, now: datetime, in_flight: Collection[tuple[str, str]] = ()) -> list[Post]:
        """Ends the leases that have run out; gives, once, the messages of which nobody knows if they arrived.

        They become unknown and are not repeated. A renewal or deletion does no harm twice: it is due again.
        Those `in_flight`, each named by its team and its key, are left alone: the caller is sending them.
        """
        lapsed = _lapsed(now, in_flight)
        lost = lapsed & POST.c.slack_ts.is_(None)

        def work(connection: Connection) -> list[Post]:
            keys = [(post.team_id, post.key) for post in fetch_all(connection, POSTS.where(lost), read_post)]
            if keys:
                values = {"state": PostState.UNKNOWN, "error": "no answer before the lease ended"}
                connection.execute(POST.update().where(KEY.in_(keys)).values(values))
            connection.execute(POST.update().where(lapsed).values(state=PostState.PENDING))
            return fetch_all(connection, POSTS.where(KEY.in_(keys)), read_post) if keys else []

        return await self._engine.write(work)

    async def sent(self, post: Post, *, version: int, slack_ts: str, not_before: datetime) -> None:
        """Slack shows `version`; another count wanted since is due from `not_before` on, all else at once."""
        more = (POST.c.wanted > version) | POST.c.delete
        rest = case((more & (POST.c.urgent | POST.c.delete), null()), else_=literal(not_before, _MOMENT))
        state = case((more, PostState.PENDING), else_=PostState.SENT)
        await self._change(
            _mine(post).values(
                state=state,
                sent=version,
                slack_ts=slack_ts,
                urgent=more & POST.c.urgent,
                not_before=rest,
                attempts=0,
                lease_until=null(),
                error=null(),
            )
        )

    async def again(self, post: Post, *, not_before: datetime | None, error: str) -> None:
        """Slack surely did not take it: due again from `not_before` on, with None at once."""
        values = {"state": PostState.PENDING, "not_before": not_before, "error": error, "lease_until": None}
        await self._change(_mine(post).values(values))

    async def pass_on(self, post: Post, user_id: str, others: Sequence[str], *, error: str) -> None:
        """A notice that has reached nobody goes to that person now, and to the `others` after them."""
        await self._change(
            _mine(post).values(
                channel_id=user_id,
                others=tuple(others),
                state=PostState.PENDING,
                not_before=None,
                error=error,
                lease_until=None,
            )
        )

    async def lost(self, post: Post, *, error: str, look_up_at: datetime | None = None) -> None:
        """Nobody knows whether Slack took it: not repeated, unless it is looked up and is not there."""
        values = {"state": PostState.UNKNOWN, "error": error, "look_up_at": look_up_at}
        await self._change(_mine(post).values(values))

    async def fail(self, post: Post, *, error: str) -> None:
        """Slack refused it for good."""
        await self._end(post, PostState.FAILED, error)

    async def deleted(self, post: Post) -> None:
        """Slack shows it no more."""
        await self._end(post, PostState.DELETED, None)

    async def notice(
        self,
        *,
        team_id: str,
        key: str,
        user_id: str,
        text: str,
        others: Sequence[str] = (),
        not_before: datetime | None = None,
    ) -> bool:
        """A message of its own to one person; False when one of that key was there, sent or not.

        It goes to the `others` one after the other as long as it has reached nobody.
        """
        post = new_post(
            PostKind.NOTICE, team_id=team_id, ref=key, channel_id=user_id, text=text, others=others
        )
        post = replace(post, not_before=not_before)
        return await self._engine.write(lambda connection: enqueue(connection, post))

    async def withdraw_notice(self, notice: Post) -> bool:
        """Takes a notice back that its reader is about to be told otherwise; False once it is under way."""
        untried = in_state(PostState.PENDING) & (POST.c.attempts == 0)
        mine = and_(POST.c.team_id == notice.team_id, POST.c.key == notice.key, untried)
        return bool(await self._change(POST.update().where(mine).values(state=PostState.DELETED)))

    async def get(self, team_id: str, key: str) -> Post | None:
        """The message of that key."""
        return await self._fetch_one(POSTS.where(POST.c.team_id == team_id, POST.c.key == key), read_post)

    async def post_for(self, team_id: str, ref: str) -> Post | None:
        """The message that shows a wave or an edition, without its replies."""
        return await self._fetch_one(_first_part(team_id, ref), read_post)

    async def _end(self, post: Post, state: PostState, error: str | None) -> None:
        await self._change(_mine(post).values(state=state, error=error))


def _lapsed(now: datetime, in_flight: Collection[tuple[str, str]]) -> ColumnElement[bool]:
    lapsed = in_state(PostState.SENDING) & (POST.c.lease_until <= now)
    return lapsed & KEY.not_in(list(in_flight)) if in_flight else lapsed


def in_state(state: PostState) -> ColumnElement[bool]:
    """As a literal: SQLite takes the small index of that state only if it sees the word in the query."""
    word: ColumnElement[str] = literal(state.value, String(), literal_execute=True)
    return POST.c.state == word


def _first_part(team_id: str, ref: str) -> Select[Any]:
    return POSTS.where(POST.c.team_id == team_id, POST.c.ref == ref, POST.c.part == 0)


def _mine(post: Post) -> Update:
    """The row of a message, as long as nobody has claimed it since."""
    same_claim = and_(POST.c.attempts == post.attempts, POST.c.lease_until == post.lease_until)
    return POST.update().where(POST.c.team_id == post.team_id, POST.c.key == post.key, same_claim)
