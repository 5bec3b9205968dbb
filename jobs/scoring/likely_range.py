"""The ranges of one round or of several added up, from totals alone, and the bands they touch. Pure.

Answers of the same people are worth less than as many answers of different people. How many people two rounds
share is kept; who answered what is not, and a range that used it would give single answers away. Formulas:
adjusted Wald (Rocks 2016) for net scores, Wilson (1927) for shares, Student's t with two typical answers
added for means, each with the worth of the answers in the place of their number.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from jobs.inference import Interval, normal_reach, t_reach, wilson
from jobs.inference.distributions import around
from jobs.instruments import Band, Instrument, Scoring, half_up
from jobs.privacy.clip_rule import stand_in_histogram
from storage.records.round_records import OldRound, Round

LIKELY = 0.95
"""How sure the range is that is printed."""

_ALIKE = 0.7  # how far two answers of one person are taken to be alike (a correlation)
_NET_ADDED = 3.0  # answers that are added to a net score: 3/4 favourable, 3/2 middle, 3/4 unfavourable
_NET_SQUARES = 1.5 * 100**2  # the sum of their squares
_BANDS = tuple(Band)
_MEAN_ADDED = 2.0  # answers that are added to a mean: 1/2 low, 1 typical, 1/2 the best there is


class Moments(NamedTuple):
    """Answers as scored: how many, their mean and the mean of their squares."""

    n: int
    mean: float
    square: float


def shown_histogram(instrument: Instrument, one: Round | OldRound) -> Mapping[float, int]:
    """The answers that a round stands for: as counted, or what takes their place in a clipped round."""
    if one.clipped is None:
        return one.histogram
    lowest, _ = instrument.bounds
    is_mean = instrument.scoring in (Scoring.MEAN, Scoring.SUM)
    other = instrument.typical.score if is_mean else lowest
    return stand_in_histogram(one.n, one.clipped, other=other)


def moments(instrument: Instrument, rounds: Sequence[Round]) -> Moments:
    """The answers of rounds added up; ZeroDivisionError without any."""
    total = Counter[float]()
    for one in rounds:
        total.update(shown_histogram(instrument, one))
    n = total.total()
    mean = math.fsum(score * count for score, count in total.items()) / n
    return Moments(n, mean, math.fsum(score * score * count for score, count in total.items()) / n)


def worth(rounds: Sequence[Round]) -> float:
    """How many answers of different people the answers of these rounds are worth."""
    n = sum(one.n for one in rounds)
    ids = {one.id for one in rounds}
    shared = sum(people for one in rounds for other, people in one.shared.items() if other in ids)
    together = (n + 2 * shared) / n  # answers that share a person with an answer, itself among them
    return n / (1 + _ALIKE * (together - 1))


def likely(instrument: Instrument, rounds: Sequence[Round]) -> Interval:
    """The range of the score of these number rounds, cut to its scale.

    It may lie off the score: it is drawn towards what is typical, as small groups must be.
    """
    found, size = moments(instrument, rounds), worth(rounds)
    if instrument.scoring is Scoring.SHARE:
        return wilson(found.mean / 100 * size, size, LIKELY).times(100)
    if instrument.scoring is Scoring.NET:
        mean = found.mean * size / (size + _NET_ADDED)
        variance = (size * found.square + _NET_SQUARES) / (size + _NET_ADDED) - mean**2
        reach = normal_reach(LIKELY) * math.sqrt(variance / (size + _NET_ADDED))
    else:
        mean, variance = _with_typical_answers(instrument, found, size)
        people = max(one.n for one in rounds)
        reach = t_reach(LIKELY, people - 1) * math.sqrt(variance / (size + _MEAN_ADDED - 1))
    return around(mean, reach).within(*instrument.bounds)


def bands_touched(instrument: Instrument, narrow: Interval) -> tuple[Band, ...]:
    """The bands that a range touches, low to high.

    The ends of the range are rounded first, as they are printed: what prints as 30 is good where good
    begins at 30.
    """
    return _BANDS[band_place(instrument, narrow.low) : band_place(instrument, narrow.high) + 1]


def band_place(instrument: Instrument, value: float) -> int:
    """The place of the band, from low to high, in which an end of a range is printed."""
    return _is_from(instrument, value, instrument.mixed_from) + _is_from(
        instrument, value, instrument.good_from
    )


def _is_from(instrument: Instrument, value: float, border: float) -> bool:
    """Whether an end of a range prints as a border or more; only just under the border rounding matters."""
    if value >= border or value < border - 1:
        return value >= border
    whole = instrument.scoring in (Scoring.NET, Scoring.SHARE)
    return float(half_up(value, 0 if whole else 1)) >= border


def _with_typical_answers(instrument: Instrument, found: Moments, size: float) -> tuple[float, float]:
    """Mean and variance once a low, a typical and a best answer are added."""
    lowest, highest = instrument.bounds
    low = instrument.typical.low if instrument.typical.low is not None else lowest
    added = ((0.5, low), (1.0, instrument.typical.score), (0.5, highest))
    n = size + _MEAN_ADDED
    mean = (size * found.mean + sum(many * score for many, score in added)) / n
    return mean, (size * found.square + sum(many * score**2 for many, score in added)) / n - mean**2
