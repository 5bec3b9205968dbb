"""What is kept of this installation as a whole, as a table of one row."""

from datetime import date

from sqlalchemy import Connection, Date, exists, select
from sqlmodel import Field

from storage.schema.delivery_tables import EVERY_TEAM
from storage.schema.question_tables import Row, table


class InstallationRow(Row, table=True):
    """One row for every workspace, or none while there is nothing to keep.

    `unfinished` says that the ties of an older version are still being taken out. `run_id` and `step`, a
    number that grows, are kept outside the database too, so that a copy that is put back is known for one;
    `restored_on` is the day (UTC) on which that was so last, or on which a new secret was made; `new_secret`
    tells which. `mutes_lost` says that somebody wanted no reminders and nobody can tell any more who.
    """

    __tablename__ = "installation"
    team_id: str = Field(primary_key=True)
    unfinished: bool = False
    run_id: str | None = None
    step: int = 0
    restored_on: date | None = Field(default=None, sa_type=Date)
    new_secret: bool = False
    mutes_lost: bool = False


INSTALLATION = table(InstallationRow)
NOTHING_KEPT = InstallationRow(team_id=EVERY_TEAM).model_dump()
_EVERY = INSTALLATION.c.team_id == EVERY_TEAM
RESTORED_ON = select(INSTALLATION.c.restored_on).where(_EVERY)
MUTES_LOST = exists().where(_EVERY, INSTALLATION.c.mutes_lost)
"""Whether nobody is written to who has not asked for it since."""


def last_restore(connection: Connection) -> tuple[date | None, bool]:
    """The day of the last restore or new secret, and whether it was that."""
    row = connection.execute(select(INSTALLATION).where(_EVERY)).first()
    return (row.restored_on, row.new_secret) if row else (None, False)
