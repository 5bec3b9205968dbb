"""Which editions are made already: a request that comes twice makes one."""

from datetime import datetime

from sqlalchemy import Connection, exists, select

from storage.records import Edition, PostKind, PostState
from storage.schema.delivery_tables import EDITION, POST

WAS_REFUSED = exists().where(
    POST.c.team_id == EDITION.c.team_id,
    POST.c.ref == EDITION.c.id,
    POST.c.kind == PostKind.EDITION,
    POST.c.part == 0,
    POST.c.state == PostState.FAILED,
)


def is_made(connection: Connection, edition: Edition, since: datetime | None) -> bool:
    """Whether this edition is kept, or since a moment one of its digest that Slack has not refused."""
    same = (EDITION.c.team_id == edition.team_id, EDITION.c.id == edition.id)
    if connection.execute(select(EDITION.c.id).where(*same)).first():
        return True
    if since is None:
        return False
    mine = (EDITION.c.team_id == edition.team_id, EDITION.c.digest_id == edition.digest_id)
    lately = select(EDITION.c.id).where(*mine, EDITION.c.made_at >= since, ~WAS_REFUSED)
    return connection.execute(lately).first() is not None
