"""What the model of the bot remembers: plain values, so that two states can be compared and kept."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import Enum

from jobs.privacy.asking_rule import Asking
from storage.records import BlockCut, Role, Sentiment, Touchpoint
from storage.records.round_records import Mark, Question, Round
from tests.simulation.history import Comment, Points, Slot


class WaveState(Enum):
    """Where a wave stands."""

    OPEN = "open"
    WAITING = "waiting"
    COUNTED = "counted"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Wave:
    """A wave and where it stands."""

    id: str
    number: int
    pulse: str
    key: str  # of its question
    opened_at: datetime
    closes_at: datetime
    promise: int
    scheduled: bool
    members: int
    state: WaveState = WaveState.OPEN
    looked: bool = False
    round_id: str | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """A comment that is kept, with its label as corrected."""

    comment: Comment
    wave: str
    person: str
    labelled: bool
    tone: Sentiment
    topic: Touchpoint | None
    wish: bool = False
    hidden: bool = False
    batch: str | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch of comments, listed or not."""

    id: str
    key: str
    need: int
    waves: frozenset[str]
    block: str | None = None
    withdrawn: bool = False
    never_cut: bool = False
    listed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A block and its cut."""

    id: str
    key: str
    cut: BlockCut
    withdrawn: bool = False


@dataclass(slots=True)
class State:
    """Everything. `kept` is for planted faults only: what the bot has deleted and they still use."""

    channels: dict[str, frozenset[str]]
    now: datetime
    k: int = 5
    weeks: int = 4
    whole: str = ""  # the product that stands for the whole organisation
    made: int = 0  # how many rounds, batches and blocks there ever were
    questions: dict[str, Question] = field(default_factory=dict)
    waves: dict[str, Wave] = field(default_factory=dict)
    answers: dict[str, dict[str, Points]] = field(default_factory=dict)
    comments: dict[str, Written] = field(default_factory=dict)
    rounds: dict[str, Round] = field(default_factory=dict)
    marks: dict[str, tuple[Mark, ...]] = field(default_factory=dict)
    roles: dict[tuple[str, str], Role | None] = field(default_factory=dict)  # by product and person
    last_round_on: dict[str, date] = field(default_factory=dict)
    again_on: dict[str, date] = field(default_factory=dict)
    wordings: dict[str, int] = field(default_factory=dict)
    promises: dict[str, int] = field(default_factory=dict)  # made when a pulse was first asked
    names: dict[str, str] = field(default_factory=dict)
    merged: dict[str, frozenset[str]] = field(default_factory=dict)
    batches: dict[str, Batch] = field(default_factory=dict)
    blocks: dict[str, Block] = field(default_factory=dict)
    ended: frozenset[str] = frozenset()  # pulses that are asked no more
    over: frozenset[str] = frozenset()  # questions that have ended
    askings: tuple[Asking, ...] = ()
    restored_on: date | None = None
    copied: "State | None" = None
    forgotten: frozenset[str] = frozenset()  # since the copy, kept beside the database
    taken_down: frozenset[str] = frozenset()
    kept: dict[str, dict[Slot, Points]] = field(default_factory=dict)
    groups: dict[str, frozenset[str]] = field(default_factory=dict)  # the channels of each
    files: dict[str, dict[str, str]] = field(default_factory=dict)  # what tells the rows of each round
    outcomes: dict[str, str] = field(default_factory=dict)  # by product

    def copy(self) -> "State":
        """The same, that changes apart; the values inside are never changed, only replaced."""
        return replace(
            self,
            channels=dict(self.channels),
            questions=dict(self.questions),
            waves=dict(self.waves),
            answers=dict(self.answers),
            comments=dict(self.comments),
            rounds=dict(self.rounds),
            marks=dict(self.marks),
            roles=dict(self.roles),
            last_round_on=dict(self.last_round_on),
            again_on=dict(self.again_on),
            wordings=dict(self.wordings),
            promises=dict(self.promises),
            names=dict(self.names),
            merged=dict(self.merged),
            batches=dict(self.batches),
            blocks=dict(self.blocks),
            kept=dict(self.kept),
            groups=dict(self.groups),
            files=dict(self.files),
            outcomes=dict(self.outcomes),
        )

    def products_like(self, product: str) -> frozenset[str]:
        """The products that count as this one."""
        return self.merged.get(product, frozenset({product}))

    def places_of(self, channel: str) -> tuple[str, ...]:
        """The channel, all channels, and the groups that it is in: of each of these figures are shown."""
        inside = (name for name, channels in self.groups.items() if channel in channels)
        return (channel, "all", *(f"group {name}" for name in inside))
