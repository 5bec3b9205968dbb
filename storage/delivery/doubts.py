"""Messages of which nobody knows whether they arrived: looked up, found by a click, or left as they are."""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Update, and_, bindparam, case, select, true

from storage.engine.repository import Repository, Transact, fetch_all
from storage.records import Post, PostKind, PostState
from storage.schema.delivery_tables import POST
from storage.schema.post_rows import KEY, POSTS, in_state, lapsed, read_post

_IS_MESSAGE = (POST.c.part == 0, POST.c.kind != PostKind.NOTICE)
"""What holds for the message that shows a wave, an edition or a share."""


_IN_DOUBT = select(POST.c.team_id, POST.c.ref).where(
    in_state(PostState.UNKNOWN), POST.c.slack_ts.is_(None), *_IS_MESSAGE
)
_DUE = POSTS.where(in_state(PostState.UNKNOWN), POST.c.look_up_at <= bindparam("now")).order_by(
    POST.c.look_up_at
)


class Doubts(Repository):
    """The unknown messages of every workspace."""

    def __init__(self, engine: Transact) -> None:
        super().__init__(engine)
        self.refs: set[tuple[str, str]] = set()
        """The waves, editions and shares, each with its workspace, whose message was in doubt lately."""
        self.count_lost: Callable[[int], None] = lambda _: None
        """Is told how many leases have ended without their sender."""

    async def lapsed(self, *, now: datetime, in_flight: Collection[tuple[str, str]] = ()) -> list[Post]:
        """The messages that `expire` would give, which nobody has ended yet."""
        return await self._fetch_all(
            POSTS.where(_left_alone(now, in_flight), POST.c.slack_ts.is_(None)), read_post
        )

    async def expire(self, *, now: datetime, in_flight: Collection[tuple[str, str]] = ()) -> list[Post]:
        """Ends the leases that have run out; gives, once, the messages of which nobody knows if they arrived.

        They become unknown and are not repeated. A renewal or deletion does no harm twice: it is due again.
        Those `in_flight`, each named by its team and its key, are left alone: the caller is sending them.
        """
        over = _left_alone(now, in_flight)
        unsent = over & POST.c.slack_ts.is_(None)

        def work(connection: Connection) -> tuple[list[Post], int]:
            keys = [
                (post.team_id, post.key) for post in fetch_all(connection, POSTS.where(unsent), read_post)
            ]
            if keys:
                values = {"state": PostState.UNKNOWN, "error": "no answer before the lease ended"}
                connection.execute(POST.update().where(KEY.in_(keys)).values(values))
            again = connection.execute(POST.update().where(over).values(state=PostState.PENDING)).rowcount
            lost = fetch_all(connection, POSTS.where(KEY.in_(keys)), read_post) if keys else []
            return lost, again + len(lost)

        posts, count = await self._engine.write(work)
        self.count_lost(count)
        return posts

    async def refresh(self) -> None:
        """Find whose message is in doubt: a click in it tells where it stands."""
        self.refs = set(await self._fetch_all(_IN_DOUBT, lambda row: (row.team_id, row.ref)))

    async def has(self, team_id: str, wave_id: str) -> bool:
        """Whether nobody knows if the question of a wave stands in its channel."""
        query = POSTS.where(POST.c.team_id == team_id, POST.c.ref == wave_id, in_state(PostState.UNKNOWN))
        return await self._fetch_one(query, read_post) is not None

    async def due(self, now: datetime) -> list[Post]:
        """The messages that are to be looked up by now."""
        return await self._fetch_all(_DUE, read_post, now=now)

    async def found(self, post: Post, slack_ts: str) -> None:
        """It stands in its channel: it is renewed, or deleted where that was wanted meanwhile."""
        await self._change(_looked_up(post).values(_stands(slack_ts)))

    async def not_there(self, post: Post) -> bool:
        """It surely did not arrive: it is posted again, unless it is not wanted any more.

        False, and nothing changed, where somebody else has found out before.
        """
        state = case((POST.c.delete, PostState.DELETED), else_=PostState.PENDING)
        again = {"state": state, "look_up_at": None, "not_before": None, "first_try_at": None}
        return bool(await self._change(_looked_up(post).values(again)))

    async def look_again(self, post: Post, at: datetime | None) -> None:
        """Nobody could tell: it is looked up again at that time, with None never."""
        await self._change(_looked_up(post).values(look_up_at=at))

    async def adopt(self, team_id: str, ref: str, *, channel_id: str, slack_ts: str) -> bool:
        """Somebody has clicked in this message of a wave, an edition or a share, so it stands there.

        False where that was known.
        """
        doubtful = and_(
            POST.c.team_id == team_id,
            POST.c.ref == ref,
            *_IS_MESSAGE,
            POST.c.channel_id == channel_id,
            POST.c.state == PostState.UNKNOWN,
            POST.c.slack_ts.is_(None),
        )
        adopted = await self._change(POST.update().where(doubtful).values(_stands(slack_ts)))
        self.refs.discard((team_id, ref))
        return bool(adopted)


def _left_alone(now: datetime, in_flight: Collection[tuple[str, str]]) -> ColumnElement[bool]:
    return lapsed(now) & KEY.not_in(list(in_flight)) if in_flight else lapsed(now)


def _stands(slack_ts: str) -> dict[str, Any]:
    return {
        "state": PostState.PENDING,
        "slack_ts": slack_ts,
        "urgent": true(),
        "look_up_at": None,
        "not_before": None,
        "error": None,
    }


def _looked_up(post: Post) -> Update:
    """The row of a message, as long as nobody has found out about it since."""
    mine = (POST.c.team_id == post.team_id, POST.c.key == post.key, POST.c.state == PostState.UNKNOWN)
    return POST.update().where(*mine, POST.c.look_up_at == post.look_up_at)
