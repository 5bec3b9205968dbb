"""The ledger: which due times were kept and which were skipped, and why. One row each (rule 3)."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection

from storage.engine.repository import Repository, add, reader, row_of, select_columns
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


def advance(
    connection: Connection,
    owner: Owner,
    *,
    of: Occasion,
    skipped: Iterable[Occasion],
    next_at: datetime | None,
) -> None:
    """Enters what was skipped, and sets the next time of the pulse or digest that `of` belongs to."""
    for occasion in skipped:
        claim(connection, occasion)
    schedule = OWNERS[owner]
    mine = (schedule.c.team_id == of.team_id, schedule.c.id == of.owner_id)
    connection.execute(schedule.update().where(*mine).values(next_at=next_at))


class Ledger(Repository):
    """The due times of pulses and digests."""

    async def occasions_of(self, team_id: str, owner_id: str) -> list[Occasion]:
        """The occasions of a pulse or digest, oldest first."""
        query = OCCASIONS.where(OCCASION.c.team_id == team_id, OCCASION.c.owner_id == owner_id)
        return await self._fetch_all(query.order_by(OCCASION.c.local), read_occasion)

    async def skip(self, *, occasions: Sequence[Occasion], owner: Owner, next_at: datetime | None) -> None:
        """Enters occasions of one pulse or digest that nothing was posted for, and sets its next time.

        One that is in the ledger stays as it is. Raises ValueError without occasions: whose would they be.
        """
        if not occasions:
            raise ValueError("no occasions to skip")
        await self._engine.write(
            lambda connection: advance(connection, owner, of=occasions[0], skipped=occasions, next_at=next_at)
        )
