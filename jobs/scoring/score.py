"""A score with its base and ranges, and its change, as far as the ladder lets them speak. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from jobs.inference import Interval
from jobs.instruments import Band

_SCORE_FROM = 10
_CHANGE_FROM = 20


class Stage(StrEnum):
    """How much the number of answers allows to be said: the ladder, a house rule.

    Tullis and Stetson found conclusions from SUS to hold in 3 of 4 draws at 8 answers and in all at 12.
    """

    HIDDEN = "hidden"  # under the smallest group: the count and nothing else
    WORDS = "words"  # to 9: band words, no score, no counts by class
    EARLY = "early"  # 10 to 19: score and range, no trend
    FULL = "full"  # 20 and more: score, range, band, change

    @classmethod
    def of(cls, n: int, min_group: int) -> "Stage":
        """The stage of `n` answers."""
        if n < min_group:
            return cls.HIDDEN
        if n < _SCORE_FROM:
            return cls.WORDS
        return cls.EARLY if n < _CHANGE_FROM else cls.FULL


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A score with its base and ranges; what its stage forbids is None here, so that nothing can leak.

    `value`, `likely` (95 %) and `narrow` (80 %) are on the instrument's own scale: -100 to 100 (NPS), 0 to
    100 (CSAT, CES, SUS, UMUX-Lite), 1 to 7 (SEQ). `likely` and `narrow` are None when all answers were equal
    in a mean. `bands` are those that `narrow` touches, low to high; all three mean "too early to tell".
    `favourable`, `middle`, `unfavourable` count people; they are None, all three, also where one of them is
    from 1 to under `min_group`. `straight_lined` (people who chose one point all through a form with reversed
    items) is None there too. `spread` is the standard deviation of one answer (for a net score and a share on
    -1 to 1 and 0 to 1), kept for `compare`. `dropped` responses could not be scored and are not in `n`.
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
    straight_lined: int | None = None
    dropped: int = 0

    @property
    def can_tell(self) -> bool:
        """Whether the bands say something: one or two of the three."""
        return 0 < len(self.bands) < len(Band)


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
