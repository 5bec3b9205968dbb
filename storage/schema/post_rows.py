"""Messages of the outbox as rows: which are due in each lane, and what claims and ends them.

The statements are made once: to make one costs more than to run it.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    String,
    bindparam,
    case,
    exists,
    func,
    literal,
    null,
    select,
)
from sqlalchemy import tuple_ as pair

from storage.engine.repository import reader, select_columns
from storage.records import Lane, Post, PostKind, PostState
from storage.schema.delivery_tables import POST

POSTS = select_columns(POST.c, POST)
read_post = reader("post", Post)
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
KEY = pair(POST.c.team_id, POST.c.key)
CHANNEL = pair(POST.c.team_id, POST.c.channel_id)
_NOW = bindparam("now", type_=_MOMENT)
_KEYS = KEY.in_(bindparam("keys", expanding=True))
_IN_ORDER = (POST.c.slack_ts.is_not(None), case((_NEW, null()), else_=POST.c.not_before))
"""New ones come as they were queued, also one that Slack did not take at first; others as they fall due."""


def _due(lane: Lane | None, *, free: bool) -> Select[Any]:
    query = POSTS.where(is_due(lane)).limit(bindparam("most"))
    if free:
        query = query.where(CHANNEL.not_in(bindparam("busy", expanding=True)))
    order = (*_IN_ORDER, POST.c.team_id, POST.c.queued, POST.c.part)
    return query.order_by(*order).with_for_update(skip_locked=True)


def is_due(lane: Lane | None) -> ColumnElement[bool]:
    """What holds for the messages that are due at `now`, in a lane or, with None, in any."""
    due = (
        in_state(PostState.PENDING)
        & (POST.c.not_before.is_(None) | (POST.c.not_before <= _NOW))
        & ((POST.c.part == 0) | (HAS_PARENT & (POST.c.slack_ts.is_not(None) | ~WAITS_FOR_EARLIER)))
    )
    return due & LANES[lane] if lane else due


def in_state(state: PostState) -> ColumnElement[bool]:
    """As a literal: SQLite takes the small index of that state only if it sees the word in the query."""
    word: ColumnElement[str] = literal(state.value, String(), literal_execute=True)
    return POST.c.state == word


def lapsed(now: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    """What holds for a message whose sender has not come back within its lease."""
    return in_state(PostState.SENDING) & (POST.c.lease_until <= now)


DUE: Mapping[tuple[Lane | None, bool], Select[Any]] = {
    (lane, free): _due(lane, free=free) for lane in (None, *Lane) for free in (False, True)
}
"""The messages of a lane that are due at `now`, at `most` so many; if so, in no channels that are `busy`."""
WAITING = select(func.count()).where(in_state(PostState.PENDING), LANES[Lane.RENEWALS])
CLAIM = (
    POST.update()
    .where(_KEYS, in_state(PostState.PENDING))  # or SQLite 3.40 reads the whole table for several keys
    .values(
        state=PostState.SENDING,
        attempts=POST.c.attempts + 1,
        first_try_at=func.coalesce(POST.c.first_try_at, _NOW),
        lease_until=bindparam("until"),
    )
)
LOOK = select(*(exists().where(is_due(lane)).label(lane) for lane in Lane), exists().where(lapsed(_NOW)))
_MORE = (POST.c.wanted > bindparam("shown")) | POST.c.delete
SENT = (
    POST.update()
    .where(
        POST.c.team_id == bindparam("team"),
        POST.c.key == bindparam("of"),
        POST.c.attempts == bindparam("tries"),
        POST.c.lease_until == bindparam("until"),
    )
    .values(
        state=case((_MORE, PostState.PENDING), else_=PostState.SENT),
        sent=bindparam("shown"),
        slack_ts=bindparam("ts"),
        urgent=_MORE & POST.c.urgent,
        not_before=case(
            (_MORE & (POST.c.urgent | POST.c.delete), null()), else_=bindparam("rest", type_=_MOMENT)
        ),
        attempts=0,
        lease_until=null(),
        error=null(),
    )
)
