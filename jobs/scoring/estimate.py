"""A score of people's answers, its ranges and the bands they touch, whatever their number. Pure."""

import math
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from jobs.inference import Counts, Interval, net_interval, net_score, net_variance, sample, t_interval, wilson
from jobs.instruments import AnswerClass, Band, Instrument, Scoring
from jobs.scoring.rounding import half_up

_LIKELY = 0.95  # the range that is printed
_NARROW = 0.8  # the range that the band words are read from: a prompt to look, not a proof


class Estimate(NamedTuple):
    """A score, the standard deviation of one answer, its 95 % and 80 % ranges (None: all answers equal)."""

    value: float
    spread: float
    likely: Interval | None
    narrow: Interval | None


def class_counts(instrument: Instrument, answers: Sequence[float]) -> Counts:
    """People by class of answer."""
    found = Counter(map(instrument.class_of, answers))
    return Counts(*(found[name] for name in AnswerClass))


def estimate(instrument: Instrument, answers: Sequence[float]) -> Estimate | None:
    """The score of people's own scores with its ranges, all on the instrument's scale; None without answers.

    Net scores have adjusted Wald ranges, shares Wilson's, means those of Student's t, cut to the scale.
    """
    if not answers:
        return None
    if instrument.scoring in (Scoring.MEAN, Scoring.SUM):
        return _of_mean(instrument, answers)
    counts = class_counts(instrument, answers)
    if instrument.scoring is Scoring.NET:
        spread = math.sqrt(net_variance(counts))
        return Estimate(
            net_score(counts), spread, net_interval(counts, _LIKELY), net_interval(counts, _NARROW)
        )
    x, n = counts.favourable, counts.n
    likely, narrow = (wilson(x, n, confidence).times(100) for confidence in (_LIKELY, _NARROW))
    return Estimate(100 * x / n, math.sqrt(x * (n - x)) / n, likely, narrow)


def bands_touched(instrument: Instrument, narrow: Interval | None) -> tuple[Band, ...]:
    """The bands that a range touches, low to high; all three where there is no range.

    The ends of the range are rounded first, as they are printed: what prints as 30 is good where good
    begins at 30.
    """
    bands = tuple(Band)
    if narrow is None:
        return bands
    lowest, highest = (bands.index(_band(instrument, end)) for end in (narrow.low, narrow.high))
    return bands[lowest : highest + 1]


def _of_mean(instrument: Instrument, answers: Sequence[float]) -> Estimate:
    of = sample(answers)
    likely, narrow = (t_interval(of, confidence) for confidence in (_LIKELY, _NARROW))
    return Estimate(
        of.mean,
        of.sd,
        likely and likely.within(*instrument.bounds),
        narrow and narrow.within(*instrument.bounds),
    )


def _band(instrument: Instrument, value: float) -> Band:
    whole = instrument.scoring in (Scoring.NET, Scoring.SHARE)
    rounded = float(half_up(value, 0 if whole else 1))
    if rounded >= instrument.good_from:
        return Band.GOOD
    return Band.MIXED if rounded >= instrument.mixed_from else Band.POOR
