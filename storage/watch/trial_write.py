"""A write that leaves nothing behind: whether the database takes one cannot be told without."""

from sqlalchemy import Connection

from storage.engine.repository import Transact, add
from storage.schema.delivery_tables import FINGERPRINT

_NOBODY = "?"
"""A workspace that there is not: no other row is touched, least of all one that a click writes."""
_TEXT = "x" * 5000
"""More than a page: like what people write it needs room that may not be there."""


async def try_to_write(engine: Transact) -> None:
    """Commits a row that is taken out again; raises what a write raises."""
    await engine.write(_write)


def _write(connection: Connection) -> None:
    add(connection, FINGERPRINT, {"team_id": _NOBODY, "text": _TEXT})
    connection.execute(FINGERPRINT.delete().where(FINGERPRINT.c.team_id == _NOBODY))
