"""What a look at a question is told: who answered and when, never what. Pure.

Fifteen minutes after a wave closes, its question is looked at: all its waves whose answers are in and not
counted yet. They become a round together, or they wait together for the next look.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from storage.records.pulse_records import SMALLEST_PROMISE
from storage.records.round_records import GRACE, Mark, Question


class CountSettings(NamedTuple):
    """The settings by which questions are counted.

    `k` is the smallest group (BIFOCAL_MIN_GROUP), `weeks` the weeks between two rounds of a question
    (BIFOCAL_ROUND_WEEKS).
    """

    k: int = SMALLEST_PROMISE
    weeks: int = 4


MOST_WEEKS = 26
LONGEST_WAIT = timedelta(weeks=MOST_WEEKS)
"""A wave that still waits this long after its close is erased."""


class KeptFor(NamedTuple):
    """The settings by which answers and comments are kept for a time, in weeks.

    `waiting` is how long answers, and comments that are not listed, wait for others after the close
    (BIFOCAL_KEEP_WAITING_WEEKS); `comments` how long a comment is kept once it is listed, its question with
    names has closed, or its message was saved (BIFOCAL_KEEP_COMMENTS_WEEKS). None: until it is erased.
    """

    waiting: int = MOST_WEEKS
    comments: int | None = None


NOTHING_SET = KeptFor()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedWave:
    """A wave whose answers are all in and not counted yet.

    `promise` is the smallest group that was promised when it was asked; `scheduled` says whether its question
    had a schedule; `members` are the people of the channel, without bots, when it was asked (None: unknown).
    `respondents` gave an answer that can be scored; for confidential questions they are keys, not user ids.
    """

    id: str
    number: int
    opened_at: datetime
    closes_at: datetime
    promise: int
    scheduled: bool
    members: int | None
    respondents: frozenset[str]

    @property
    def place(self) -> tuple[datetime, int]:
        """Waves go by close, then by number: the order of looks, and of the answers of one person."""
        return self.closes_at, self.number


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """All that decides whether a question is counted today (UTC).

    `waves` (at least one) have been closed for fifteen minutes or more. `last_round_on` is the day of the
    question's last round, withdrawn ones included. `product_keys` are the names, folded, of its product and
    of those merged with it. `marks` say who took part in which round of the workspace within the last four
    weeks; older ones do no harm. `known_members` is the last known size of the channel. `restored_on` is the
    day on which the database was last restored from a copy. `k` and `weeks` are the settings
    BIFOCAL_MIN_GROUP and the weeks between two rounds. ValueError without any wave.
    """

    question: Question
    waves: tuple[ClosedWave, ...]
    today: date
    last_round_on: date | None
    product_keys: frozenset[str]
    marks: tuple[Mark, ...]
    known_members: int | None = None
    restored_on: date | None = None
    k: int = 5
    weeks: int = 4

    def __post_init__(self) -> None:
        if not self.waves:
            raise ValueError("a look needs a wave")

    @property
    def respondents(self) -> frozenset[str]:
        """Everybody who answered in any of the waves."""
        return frozenset[str]().union(*(wave.respondents for wave in self.waves))

    @property
    def promise(self) -> int:
        """The largest group that was promised under any of the waves."""
        return max(self.k, *(wave.promise for wave in self.waves))


def is_ready(closes_at: datetime, now: datetime) -> bool:
    """Whether a wave may be counted: open forms have had their fifteen minutes."""
    return now >= closes_at + GRACE


def waited_too_long(closes_at: datetime, now: datetime) -> bool:
    """Whether a waiting wave, or a comment that is not listed yet, is so old that it is erased."""
    return now > closes_at + LONGEST_WAIT
