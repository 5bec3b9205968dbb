"""The ledger: which due times were kept and which were skipped, and why. One row each (rule 3)."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, select

from storage.engine.repository import Repository, add, add_many, reader, row_of, select_columns
from storage.records import Occasion
from storage.schema.delivery_tables import DIGEST, OCCASION
from storage.schema.question_tables import PULSE

OCCASIONS = select_columns(OCCASION.c, OCCASION)
read_occasion = reader("occasion", Occasion)
OWNERS = {"pulse": PULSE, "digest": DIGEST}
Owner = Literal["pulse", "digest"]


def claim(connection: Connection, occasion: Occasion) -> bool:
    """Enters an occasion; False when it is in the ledger: somebody else has it."""
    return add(connection, OCCASION, row_of(occasion, OCCASION))


def add_occasions(connection: Connection, occasions: Iterable[Occasion]) -> None:
    """Enters occasions; those that are in the ledger stay as they are."""
    add_many(connection, OCCASION, [row_of(occasion, OCCASION) for occasion in occasions])


def is_due(connection: Connection, owner: Owner, *, of: Occasion, seen: datetime | None) -> bool:
    """Whether the pulse or digest that `of` belongs to still runs, and is next due when it was `seen` to be.

    It keeps the row until the transaction ends. Another next time means that somebody changed the rule,
    resumed it or kept this due time, after it was read.
    """
    schedule = OWNERS[owner]
    query = select(schedule.c.next_at, schedule.c.paused).where(
        schedule.c.team_id == of.team_id, schedule.c.id == of.owner_id
    )
    now = connection.execute(query.with_for_update()).one_or_none()
    return now is not None and not now.paused and now.next_at == seen


def advance(
    connection: Connection,
    owner: Owner,
    *,
    of: Occasion,
    skipped: Iterable[Occasion],
    next_at: datetime | None,
) -> None:
    """Enters what was skipped, and sets the next time of the pulse or digest that `of` belongs to."""
    add_occasions(connection, skipped)
    schedule = OWNERS[owner]
    mine = (schedule.c.team_id == of.team_id, schedule.c.id == of.owner_id)
    connection.execute(schedule.update().where(*mine).values(next_at=next_at))


class Ledger(Repository):
    """The due times of pulses and digests."""

    async def occasions_of(self, team_id: str, owner_id: str) -> list[Occasion]:
        """The occasions of a pulse or digest, oldest first."""
        query = OCCASIONS.where(OCCASION.c.team_id == team_id, OCCASION.c.owner_id == owner_id)
        return await self._fetch_all(query.order_by(OCCASION.c.local), read_occasion)

    async def skip(
        self,
        *,
        occasions: Sequence[Occasion],
        owner: Owner,
        seen: datetime | None,
        next_at: datetime | None,
    ) -> bool:
        """Enters occasions of one pulse or digest that nothing was posted for, and sets its next time.

        One that is in the ledger stays as it is. False, and nothing changed, when its next time is no longer
        the one that was `seen`, or it was paused or removed. Raises ValueError without occasions: whose would
        they be.
        """
        if not occasions:
            raise ValueError("no occasions to skip")
        first = occasions[0]

        def work(connection: Connection) -> bool:
            if not is_due(connection, owner, of=first, seen=seen):
                return False
            advance(connection, owner, of=first, skipped=occasions, next_at=next_at)
            return True

        return await self._engine.write(work)
