"""What is due in all workspaces and since when, by kinds: nothing of it should wait for long."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, case, func, literal, select, type_coerce, union_all

from storage.engine.repository import Repository
from storage.records import GRACE, DueKind, DueWork, PostKind, PostState
from storage.schema.delivery_tables import DIGEST, EDITION, POST, SHARE
from storage.schema.post_rows import in_state, is_due
from storage.schema.question_tables import PULSE, WAVE

_MOMENT = WAVE.c.closes_at.type
_NOW = bindparam("now", type_=_MOMENT)
_GRACE_AGO = bindparam("grace_ago", type_=_MOMENT)
_ASKED = func.coalesce(
    POST.c.first_try_at, POST.c.not_before, WAVE.c.opened_at, EDITION.c.made_at, SHARE.c.shared_at
)
_NEW = POST.c.slack_ts.is_(None) & ~POST.c.delete
TRIED = in_state(PostState.PENDING) & _NEW & (POST.c.attempts > 0)
"""Tried before: it is due all the while, also where Slack has said how long to wait."""
SINCE = case((_NEW, _ASKED), else_=POST.c.not_before)
"""Since when a message is due; NULL for those of which nobody has noted it."""
_UNDATED = case((SINCE.is_(None), POST.c.queued))


def _schedules(kind: DueKind, table: Any) -> Select[Any]:
    return _counted(kind, table.c.next_at).where(table.c.next_at <= _NOW, ~table.c.paused)


def _counted(kind: DueKind, since: Any) -> Select[Any]:
    return select(
        literal(kind.value).label("kind"),
        func.count().label("many"),
        type_coerce(func.min(since), _MOMENT).label("since"),
        literal(None).label("undated"),
    )


def _same(table: Any) -> Any:
    return (table.c.team_id == POST.c.team_id) & (table.c.id == POST.c.ref)


def dated(query: Select[Any]) -> Select[Any]:
    """A query about messages with what SINCE is made of joined in."""
    shown = (
        POST.outerjoin(WAVE, _same(WAVE)).outerjoin(EDITION, _same(EDITION)).outerjoin(SHARE, _same(SHARE))
    )
    return query.select_from(shown)


_DUE = union_all(
    _schedules(DueKind.OPEN, PULSE),
    _counted(DueKind.CLOSE, WAVE.c.closes_at).where(WAVE.c.closed_at.is_(None), WAVE.c.closes_at <= _NOW),
    _counted(DueKind.COUNT, WAVE.c.closes_at).where(
        WAVE.c.settled_at.is_(None), ~WAVE.c.taken_down, WAVE.c.closes_at <= _GRACE_AGO
    ),
    _schedules(DueKind.EDITION, DIGEST),
)
_POSTS = (
    dated(
        select(
            POST.c.kind,
            func.count().label("many"),
            type_coerce(func.min(SINCE), _MOMENT).label("since"),
            func.min(_UNDATED).label("undated"),
        )
    )
    .where(is_due(None) | TRIED)
    .group_by(POST.c.kind)
)
_WORKS = {kind.value for kind in DueKind}
_WAITING = [PostState.PENDING, PostState.SENDING, PostState.UNKNOWN]
_SIZES = union_all(
    *(
        select(literal(state.value).label("state"), func.count().label("many")).where(in_state(state))
        for state in _WAITING
    )
)


class Overdue(Repository):
    """What is due and not done yet, in one snapshot."""

    async def look(self, now: datetime) -> tuple[list[DueWork], dict[PostState, int]]:
        """Each kind of work and of message of which something is due at `now`; how full the outbox is."""

        def work(connection: Connection) -> tuple[list[DueWork], dict[PostState, int]]:
            works = connection.execute(_DUE, {"now": now, "grace_ago": now - GRACE}).all()
            posts = connection.execute(_POSTS, {"now": now}).all()
            sizes = {PostState(row.state): int(row.many) for row in connection.execute(_SIZES)}
            return [_read(row) for row in (*works, *posts) if row.many], sizes

        return await self._engine.read(work)


def _read(row: Row[Any]) -> DueWork:
    kind = DueKind(row.kind) if row.kind in _WORKS else PostKind(row.kind)
    return DueWork(kind=kind, count=int(row.many), since=row.since, undated=row.undated)
