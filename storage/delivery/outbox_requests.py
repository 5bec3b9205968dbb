"""How other parts ask for messages, inside their own transactions. The sender's side is in `outbox`."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, and_, bindparam, case, null, select, true

from storage.engine.repository import add, add_many, row_of
from storage.records import Post, PostKind, PostState
from storage.schema.delivery_tables import POST

_LAST_PLACE = (
    select(POST.c.queued)
    .where(POST.c.team_id == bindparam("team_id"), POST.c.queued > 0)
    .order_by(POST.c.queued.desc())
    .limit(1)
)
_SHOWN = (POST.c.state == PostState.SENT) | and_(
    POST.c.state == PostState.FAILED, POST.c.slack_ts.is_not(None)
)
_PAUSE = case((POST.c.slack_ts.is_not(None) & POST.c.error.is_(None), null()), else_=POST.c.not_before)
_AT_ONCE: dict[str, Any] = {"urgent": true(), "not_before": _PAUSE}
"""What a message changes that may not wait for the rest of its count, only for what Slack has said."""

RENEWED: dict[str, Any] = {
    "wanted": POST.c.wanted + 1,
    "state": case((_SHOWN, PostState.PENDING), else_=POST.c.state),
}
"""What a request for a new version changes.

One that is being sent is sent once more afterwards; one that may never have arrived is left alone. A failed
one that Slack once showed is tried again.
"""


def new_post(
    kind: PostKind,
    *,
    team_id: str,
    ref: str,
    channel_id: str,
    part: int = 0,
    text: str | None = None,
    others: Sequence[str] = (),
) -> Post:
    """A message that nobody has sent yet. Its key: `wave/4f..`, `edition/a0..`, for a reply `edition/a0../1`.

    A notice's key is its `ref` as it is.
    """
    key = ref if kind is PostKind.NOTICE else f"{kind.value}/{ref}" + (f"/{part}" if part else "")
    return Post(
        team_id=team_id,
        key=key,
        kind=kind,
        ref=ref,
        part=part,
        channel_id=channel_id,
        state=PostState.PENDING,
        text=text,
        others=tuple(others),
    )


def enqueue(connection: Connection, post: Post) -> bool:
    """Hands a message to the outbox; False when one of its key is there already."""
    return add(connection, POST, row_of(post, POST, queued=_last_place(connection, post.team_id) + 1))


def enqueue_all(connection: Connection, posts: Sequence[Post]) -> None:
    """Hands messages to the outbox in this order; one whose key is there already is left out."""
    places = {team_id: _last_place(connection, team_id) for team_id in {post.team_id for post in posts}}
    rows = []
    for post in posts:
        places[post.team_id] += 1
        rows.append(row_of(post, POST, queued=places[post.team_id]))
    add_many(connection, POST, rows)


def _last_place(connection: Connection, team_id: str) -> int:
    return int(connection.execute(_LAST_PLACE, {"team_id": team_id}).scalar() or 0)


def request_update(
    connection: Connection, team_id: str, refs: Collection[str], *, urgent: bool = True
) -> None:
    """Wants a new version of what shows these waves or editions; not an `urgent` one for another count.

    An urgent one does not wait for the rest of its count, only for what Slack has said.
    """
    values = RENEWED | _AT_ONCE if urgent else RENEWED
    connection.execute(POST.update().where(POST.c.team_id == team_id, POST.c.ref.in_(refs)).values(values))


def request_delete(connection: Connection, team_id: str, ref: str) -> None:
    """Wants the messages of a wave gone.

    A failed one that Slack once showed is tried again; what may never have arrived cannot be found to delete.
    """
    these = POST.update().where(POST.c.team_id == team_id, POST.c.ref == ref)
    connection.execute(these.values(RENEWED | _AT_ONCE | {"delete": true()}))
