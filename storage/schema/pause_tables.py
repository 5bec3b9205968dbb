"""Who was written to and who does not want to be, as tables. People stand in them as codes, never as ids."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from storage.schema.columns import Moment
from storage.schema.question_tables import Row, belongs, table

_IS_CODE = "length(respondent) = 64"


class PauseRow(Row, table=True):
    """When one person was last written to, and what they have said about it."""

    __tablename__ = "pause"
    __table_args__ = (
        CheckConstraint(_IS_CODE, name="respondent"),
        CheckConstraint("silent >= 0", name="silent"),
    )
    team_id: str = Field(primary_key=True)
    respondent: str = Field(primary_key=True)
    written_at: datetime | None = Field(default=None, sa_type=Moment)
    quiet_until: datetime | None = Field(default=None, sa_type=Moment)
    stopped: bool = False
    silent: int = 0


class ReminderRow(Row, table=True):
    """The one reminder of a wave to one person: that it was claimed (`sent`), or declined before or after."""

    __tablename__ = "reminder"
    __table_args__ = (
        belongs("wave", "wave_id"),
        CheckConstraint(_IS_CODE, name="respondent"),
        Index("ix_reminder_wave", "team_id", "wave_id"),
    )
    team_id: str = Field(primary_key=True)
    respondent: str = Field(primary_key=True)
    wave_id: str = Field(primary_key=True)
    sent: bool
    declined_at: datetime | None = Field(default=None, sa_type=Moment)


class InstrumentPauseRow(Row, table=True):
    """When one person was last reminded of a question with one instrument, of whichever wave."""

    __tablename__ = "instrument_pause"
    __table_args__ = (CheckConstraint(_IS_CODE, name="respondent"),)
    team_id: str = Field(primary_key=True)
    respondent: str = Field(primary_key=True)
    instrument: str = Field(primary_key=True)
    reminded_at: datetime = Field(sa_type=Moment)


PAUSE, REMINDER, INSTRUMENT_PAUSE = table(PauseRow), table(ReminderRow), table(InstrumentPauseRow)
