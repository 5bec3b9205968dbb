"""What a count is made from, and what it leaves behind; also the count of a file's answers. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from storage.records.batch_records import NewBatch, UnlistedComment
from storage.records.kinds import Lens, People, Role
from storage.records.pulse_records import Pulse, Wave
from storage.records.round_records import Mark, Question, Round


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedQuestion:
    """A question that was asked, with its waves that no round counts yet, newest first.

    These are open, or wait for the last forms, or for more answers.
    """

    id: str
    question: Question
    uncounted: tuple[Wave, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedIn:
    """One asking of a side in a channel, and how its people and those of other channels went together then.

    `people` says it by channel; it is not known of a channel that is not in it.
    """

    lens: Lens
    channel_id: str
    opened_at: datetime
    people: Mapping[str, People]


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingWave:
    """A closed wave that no round counts yet, with what everybody chose in it: point by item, by respondent.

    `number` is its place among the waves of the question, `invited` the people of the channel when it was
    asked (None: not known), `scheduled` whether its pulse has a schedule.
    """

    id: str
    number: int
    opened_at: datetime
    closes_at: datetime
    promise: int
    scheduled: bool
    invited: int | None
    answers: Mapping[str, Mapping[int, int]]


class EarlierRound(NamedTuple):
    """A round with those who answer again now; of `forgotten` people of it nobody knows whether they do.

    How many are forgotten is told where its people may have been counted by role.
    """

    round: Round
    people: frozenset[str]
    forgotten: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncounted:
    """All that a question's count is made from, read in the transaction that writes it.

    `at` is the moment of the count and `round_id` the id for a round. `product_keys` are the names of its
    product, now and before, as they are compared. `waves` has at least one. The day of
    the last round is that of a withdrawn one too. `known_invited` is the last known size of the channel.
    `marks` say who of the respondents took part in which round of the workspace in the last four weeks;
    `earlier` has the rounds since MARKS_KEPT ago, each with those of the respondents who were in it.
    `restored_on` is the day on which the database was last put back from a copy.
    `unlisted` are the comments on the question that no batch holds yet. `roles` say how respondents know the
    product, as far as they have told it by now; none are known of a question with names.
    """

    at: datetime
    round_id: str
    question: Question
    product_keys: frozenset[str]
    waves: tuple[WaitingWave, ...]
    last_round_on: date | None
    known_invited: int | None
    marks: tuple[Mark, ...]
    earlier: Iterable[EarlierRound]
    restored_on: date | None = None
    unlisted: tuple[UnlistedComment, ...] = ()
    roles: Mapping[str, Role] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """What is decided about a question: the round of its waves and who is in it, or that they wait.

    `look_again_on` is the next day (UTC) on which a look is worth it without a new wave. `batch` has the
    comments that are listed from now on, whether the answers are counted or wait.
    """

    round: Round | None = None
    people: frozenset[str] = frozenset()
    look_again_on: date | None = None
    batch: NewBatch | None = None


NO_MESSAGE = 0
"""The `ui_version` of a wave that was never posted: its answers came from a file."""


@dataclass(frozen=True, slots=True)
class RoundFromFile:
    """A round of a file. `rows` tells its rows from others: a keyed digest, of which no row can be read.

    `marks` has one keyed mark for each row, whatever was chosen there; none for a round of an export.
    """

    round: Round
    rows: str
    comments: tuple[str, ...] = ()
    marks: frozenset[str] = frozenset()

    @property
    def wave_id(self) -> str:
        """The id of the wave that stands for it; it begins with what tells its rows."""
        return f"{self.rows}-{self.round.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """All that is kept of a file: a pulse of its own, still without its number, and its rounds, oldest first.

    `new_product` says that its product is made with it.
    `listed` says whether enough people have written for the comments to be kept, and listed at once.
    `counted` is how many rounds of the instrument there were when its rounds were chosen.
    """

    pulse: Pulse
    rounds: tuple[RoundFromFile, ...]
    listed: bool
    counted: int
    new_product: bool = False


@dataclass(frozen=True, slots=True)
class CountedBefore:
    """A round that is there already, with the number of its pulse and its rows where it came from a file."""

    round: Round
    pulse: int | None = None
    rows: str | None = None
    marks: frozenset[str] = frozenset()
