"""From responses to a score with its base and range, as far as the ladder lets it speak. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from jobs.inference import Interval
from jobs.instruments import Band


class Stage(StrEnum):
    """How much the number of answers allows to be said (facts/measurement.md 2.7)."""

    HIDDEN = "hidden"  # under the smallest group: the count and nothing else
    WORDS = "words"  # to 9: band words, no score, no counts by class
    EARLY = "early"  # 10 to 19: score and range, no trend
    FULL = "full"  # 20 and more: score, range, band, change


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A score with its base and ranges; what its stage forbids is None here, so that nothing can leak.

    `value`, `likely` (95 %) and `narrow` (80 %) are on the instrument's own scale: -100 to 100 (NPS), 0 to 100
    (CSAT, CES, SUS, UMUX-Lite), 1 to 7 (SEQ). `likely` and `narrow` are None when all answers were equal in a
    mean. `bands` are those that `narrow` touches, low to high; all three mean "too early to tell".
    `favourable`, `middle`, `unfavourable` count people. `spread` is the standard deviation of one answer.
    """

    instrument: str
    n: int
    min_group: int
    stage: Stage
    value: float | None = None
    likely: Interval | None = None
    narrow: Interval | None = None
    bands: tuple[Band, ...] = ()
    favourable: int | None = None
    middle: int | None = None
    unfavourable: int | None = None
    spread: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A score against an earlier one of the same instrument, both of 20 answers and more.

    `difference` is of the two printed (rounded) scores, `likely` the adjusted 95 % range of it; `p` is
    two-sided; `noticeable` is the smallest shift that these counts would have shown four times in five.
    """

    difference: float
    likely: Interval
    p: float
    noticeable: float
