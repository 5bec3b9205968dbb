"""The sender's side of the outbox: claims messages with a lease, and says what became of them.

A message is one row for as long as it lives. `lease_until` tells one claim from the next, so that a sender
who comes back late cannot speak for the one after.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, Update, and_

from storage.delivery.outbox_requests import enqueue, new_post
from storage.engine.repository import Repository
from storage.engine.writer import Share
from storage.records import Lane, Post, PostKind, PostState
from storage.schema.delivery_tables import POST
from storage.schema.post_rows import CLAIM, DUE, LOOK, POSTS, SENT, WAITING, in_state, read_post

_IN_TURN = {Lane.POSTS, Lane.NOTICES}


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
        query = DUE[lane, bool(busy)]
        values = {"now": now, "most": limit} | ({"busy": list(busy)} if busy else {})

        def work(connection: Connection) -> list[Post]:
            found = [read_post(row) for row in connection.execute(query, values)]
            if lane in _IN_TURN:
                found = list({(post.team_id, post.channel_id): post for post in reversed(found)}.values())
            if found:
                keys = [(post.team_id, post.key) for post in found]
                connection.execute(CLAIM, {"now": now, "until": now + lease, "keys": keys})
            return [_claimed(post, now, lease) for post in found]

        return await self._engine.write(work)

    async def look(self, now: datetime) -> tuple[set[Lane], bool]:
        """The lanes in which something is due, and whether leases have run out; writes nothing."""
        found = await self._engine.read(lambda connection: connection.execute(LOOK, {"now": now}).one())
        *lanes, lapsed = found
        return {lane for lane, due in zip(Lane, lanes, strict=True) if due}, bool(lapsed)

    async def count_waiting(self) -> int:
        """How many messages wait for a renewal of their count."""
        return await self._engine.read(lambda connection: int(connection.execute(WAITING).scalar_one()))

    async def sent(self, post: Post, *, version: int, slack_ts: str, not_before: datetime) -> None:
        """Slack shows `version`; another count wanted since is due from `not_before` on, all else at once."""
        shown = {"shown": version, "ts": slack_ts, "rest": not_before}
        await self._engine.write(Share(_note_sent, _names_of(post) | shown, alone=True))

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


def _first_part(team_id: str, ref: str) -> Select[Any]:
    return POSTS.where(POST.c.team_id == team_id, POST.c.ref == ref, POST.c.part == 0)


def _mine(post: Post) -> Update:
    """The row of a message, as long as nobody has claimed it since."""
    same_claim = and_(POST.c.attempts == post.attempts, POST.c.lease_until == post.lease_until)
    return POST.update().where(POST.c.team_id == post.team_id, POST.c.key == post.key, same_claim)


def _claimed(post: Post, now: datetime, lease: timedelta) -> Post:
    return replace(
        post,
        state=PostState.SENDING,
        attempts=post.attempts + 1,
        first_try_at=post.first_try_at or now,
        lease_until=now + lease,
    )


def _names_of(post: Post) -> dict[str, Any]:
    """What tells a claim of a message, for `SENT`."""
    return {"team": post.team_id, "of": post.key, "tries": post.attempts, "until": post.lease_until}


def _note_sent(connection: Connection, sent: Sequence[Mapping[str, Any]]) -> list[None]:
    connection.execute(SENT, sorted(sent, key=lambda each: (each["team"], each["of"])))
    return [None] * len(sent)
