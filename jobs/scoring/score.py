"""A score with its base and ranges, as far as the number of answers allows. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from jobs.inference import Interval
from jobs.instruments import Band, Instrument
from jobs.privacy import showable
from jobs.scoring.estimate import bands_touched, class_counts, estimate
from jobs.scoring.response_score import Answer, straight_lined

SCORE_FROM = 10  # answers; under it words, and neither a score nor counts by class
_CHANGE_FROM = 20


class Stage(StrEnum):
    """How much may be said of so many answers: a house rule, called "the ladder".

    Tullis and Stetson found that conclusions from SUS held in 3 of 4 draws of 8 answers, and in all draws
    of 12.
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
        if n < SCORE_FROM:
            return cls.WORDS
        return cls.EARLY if n < _CHANGE_FROM else cls.FULL


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A score with its base and ranges; what its stage forbids is None here, so that no message can show it.

    `value`, `likely` (95 %) and `narrow` (80 %) are on the instrument's own scale: -100 to 100 (NPS), 0
    to 100 (CSAT, CES, SUS, UMUX-Lite), 1 to 7 (SEQ). `likely` and `narrow` are None where a mean has only
    equal answers. `bands` are those that `narrow` touches, low to high; all three mean "too early to
    tell". `favourable`, `middle`, `unfavourable` count people; all three are None where one of them is
    from 1 to under `min_group`. `straight_lined` counts people who chose one point all through a form
    with reversed items; it is None under the same rule. `spread` is the standard deviation of one answer
    (for a net score on -1 to 1, for a share on 0 to 1), kept for `compare`.
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

    @property
    def can_tell(self) -> bool:
        """Whether the bands say something: one or two of the three."""
        return 0 < len(self.bands) < len(Band)


def score_of(instrument: Instrument, answers: Sequence[Answer], *, min_group: int) -> Score:
    """The score of one answer a person, as far as their number allows; `min_group` is taken as it is."""
    n = len(answers)
    stage = Stage.of(n, min_group)
    base = Score(instrument=instrument.key, n=n, min_group=min_group, stage=stage)
    values = [answer.score for answer in answers]
    found = estimate(instrument, values)
    if stage is Stage.HIDDEN or found is None:
        return base
    words = replace(base, bands=bands_touched(instrument, found.narrow))
    if stage is Stage.WORDS:
        return words
    early = replace(words, value=found.value, likely=found.likely, narrow=found.narrow)
    if stage is Stage.EARLY:
        return early
    return _with_parts(replace(early, spread=found.spread), instrument, answers)


def _with_parts(score: Score, instrument: Instrument, answers: Sequence[Answer]) -> Score:
    """With people by class and straight lines, where none of these groups is too small to be shown."""
    counts = class_counts(instrument, [answer.score for answer in answers])
    lines = sum(straight_lined(instrument, answer.response.points) for answer in answers)
    if all(showable(count, score.min_group) for count in counts):
        score = replace(
            score,
            favourable=counts.favourable,
            middle=counts.middle,
            unfavourable=counts.unfavourable,
        )
    if all(showable(count, score.min_group) for count in (lines, counts.n - lines)):
        score = replace(score, straight_lined=lines)
    return score
