"""What happens in a made-up workspace: who is asked, who answers and writes, what leads do. Data only."""

from datetime import UTC, datetime
from typing import NamedTuple

from storage.records import Role, Sentiment, Touchpoint

START = datetime(2026, 1, 5, 9, tzinfo=UTC)  # a Monday
Points = tuple[int, ...]
"""The points that a person chose, item by item."""
Slot = tuple[str, str]
"""Where one answer stands: wave and person."""


class Pulse(NamedTuple):
    """A question that is asked in a channel, with a schedule or once; `anew`: each time by a new order."""

    id: str
    channel: str
    product: str
    instrument: str
    subject: str
    promise: int
    scheduled: bool
    named: bool = False
    anew: bool = False


class Comment(NamedTuple):
    """What somebody writes; the text is unlike any other and stands for an id that tells nothing."""

    text: str
    tone: Sentiment
    topic: Touchpoint | None
    ticked: bool
    wish: bool = False


class Given(NamedTuple):
    """One person's answer, and whether the classifier read their comment at once; their role, if asked."""

    person: str
    points: Points
    comment: Comment | None = None
    labelled: bool = True
    role: Role | None = None


class Ask(NamedTuple):
    """A wave is posted."""

    at: datetime
    wave: str
    number: int
    pulse: str
    closes_at: datetime


class Answers(NamedTuple):
    """Some people answer a wave, one after the other."""

    at: datetime
    wave: str
    given: tuple[Given, ...]


class Tick(NamedTuple):
    """The bot does what is due."""

    at: datetime


class Edition(NamedTuple):
    """A digest about a product is posted."""

    at: datetime
    product: str


class Forget(NamedTuple):
    """Somebody lets the bot forget them."""

    at: datetime
    person: str


class TakeDown(NamedTuple):
    """A wave is taken down."""

    at: datetime
    wave: str


class ChangeRole(NamedTuple):
    """Somebody says another role than they said when they were asked, or takes it back."""

    at: datetime
    person: str
    product: str
    role: Role | None


class Join(NamedTuple):
    """Somebody comes into a channel."""

    at: datetime
    channel: str
    person: str


class Leave(NamedTuple):
    """Somebody leaves a channel."""

    at: datetime
    channel: str
    person: str


class Merge(NamedTuple):
    """Two products are said to be one."""

    at: datetime
    first: str
    second: str


class Reword(NamedTuple):
    """A question gets another wording."""

    at: datetime
    pulse: str


class End(NamedTuple):
    """A lead takes the schedule away and lets the waiting answers go."""

    at: datetime
    pulse: str


class Correct(NamedTuple):
    """A lead says another tone and topic of a listed comment, and whether it is a wish, if they think so."""

    at: datetime
    text: str
    tone: Sentiment
    topic: Touchpoint
    wish: bool | None = None


class Hide(NamedTuple):
    """A lead hides a listed comment."""

    at: datetime
    text: str


class Label(NamedTuple):
    """The classifier reads what it has not read yet."""

    at: datetime


class SetSmallestGroup(NamedTuple):
    """The setting BIFOCAL_MIN_GROUP changes."""

    at: datetime
    k: int


class SetWeeks(NamedTuple):
    """The setting BIFOCAL_ROUND_WEEKS changes."""

    at: datetime
    weeks: int


class Rename(NamedTuple):
    """A product gets another name."""

    at: datetime
    product: str
    name: str


class Copy(NamedTuple):
    """The database is copied."""

    at: datetime


class Restore(NamedTuple):
    """The last copy takes the place of the database."""

    at: datetime


class SetGroup(NamedTuple):
    """A group of channels is made or changed; without channels it is removed."""

    at: datetime
    name: str
    channels: frozenset[str]


class Row(NamedTuple):
    """An answer in a file: in which wave of its own it stands, given by whom and when."""

    wave: str
    person: str
    at: datetime
    points: Points


class ImportFile(NamedTuple):
    """The answers of a file are imported, as a question of their own; `pulse` says what was asked."""

    at: datetime
    file: str
    pulse: str
    rows: tuple[Row, ...]


class UndoImport(NamedTuple):
    """All of an import is taken back."""

    at: datetime
    file: str


class Enter(NamedTuple):
    """A lead enters a figure from elsewhere about a product."""

    at: datetime
    product: str
    value: str


class Expire(NamedTuple):
    """Comments that were listed so many days ago or more are erased, as the setting wants."""

    at: datetime
    days: int


Event = (
    Ask
    | Answers
    | Tick
    | Edition
    | Forget
    | TakeDown
    | ChangeRole
    | Join
    | Leave
    | Merge
    | Reword
    | End
    | Correct
    | Hide
    | Label
    | SetSmallestGroup
    | SetWeeks
    | Rename
    | Copy
    | Restore
    | SetGroup
    | ImportFile
    | UndoImport
    | Enter
    | Expire
)


class History(NamedTuple):
    """A workspace and all that happens in it, in order; `weeks` is the setting at the start.

    `whole` is the product that stands for the whole organisation, if one does.
    """

    name: str
    channels: dict[str, frozenset[str]]
    pulses: dict[str, Pulse]
    weeks: int
    events: tuple[Event, ...]
    whole: str = ""

    @property
    def points(self) -> dict[Slot, Points]:
        """Every answer that anybody gives, here or in a file."""
        given = {
            (event.wave, one.person): one.points
            for event in self.events
            if isinstance(event, Answers)
            for one in event.given
        }
        files = (event for event in self.events if isinstance(event, ImportFile))
        return given | {(row.wave, row.person): row.points for event in files for row in event.rows}

    @property
    def comments(self) -> dict[Slot, Comment]:
        """Every comment that anybody writes."""
        return {
            (event.wave, one.person): one.comment
            for event in self.events
            if isinstance(event, Answers)
            for one in event.given
            if one.comment
        }
