"""What is kept of this installation as a whole, as a table of one row."""

from datetime import date

from sqlalchemy import Date, select
from sqlmodel import Field

from storage.schema.delivery_tables import EVERY_TEAM
from storage.schema.question_tables import Row, table


class InstallationRow(Row, table=True):
    """One row for every workspace, or none while there is nothing to keep.

    `unfinished` says that the ties of an older version are still being taken out. `run_id` and `step`, a
    number that grows, are kept outside the database too, so that a copy that is put back is known for one;
    `restored_on` is the day (UTC) on which that was so last.
    """

    __tablename__ = "installation"
    team_id: str = Field(primary_key=True)
    unfinished: bool = False
    run_id: str | None = None
    step: int = 0
    restored_on: date | None = Field(default=None, sa_type=Date)


INSTALLATION = table(InstallationRow)
RESTORED_ON = select(INSTALLATION.c.restored_on).where(INSTALLATION.c.team_id == EVERY_TEAM)
