"""Net scores as they are published, beside which the ranges of rounds are read.

Each answer is +1, 0 or -1, so favourable share less unfavourable share. Pure.

Counts are people by class: favourable, middle, unfavourable (for NPS 9-10, 7-8, 0-6). Scores and ranges are
on -100 to 100. Rocks (2016), The American Statistician 70(4):365-372; Lewis and Sauro (2021),
measuringu.com/nps-confidence-intervals and /nps-significance-test.
"""

import math
from typing import NamedTuple

from jobs.inference.distributions import Interval, around, normal_reach

_ADDED = 3.0  # answers that the adjustment adds: 3/4 favourable, 3/2 middle, 3/4 unfavourable


class Counts(NamedTuple):
    """People by class of answer."""

    favourable: int
    middle: int
    unfavourable: int

    @property
    def n(self) -> int:
        """All people."""
        return sum(self)


def net_score(counts: Counts) -> float:
    """100 (favourable - unfavourable) / n; raises ZeroDivisionError for nobody."""
    return 100 * (counts.favourable - counts.unfavourable) / counts.n


def net_variance(counts: Counts) -> float:
    """The variance of one answer scored +1, 0, -1 (divided by n), in [0, 1]."""
    return _moments(counts, added=0)[1]


def net_adjusted_wald(counts: Counts, confidence: float = 0.95) -> Interval:
    """The adjusted Wald (3, T) range before it is cut to the scale."""
    mean, variance = _moments(counts, added=_ADDED)
    reach = normal_reach(confidence) * math.sqrt(variance / (counts.n + _ADDED))
    return around(mean, reach).times(100)


def net_interval(counts: Counts, confidence: float = 0.95) -> Interval:
    """The range to print: adjusted Wald (3, T), cut to -100 to 100.

    The adjustment draws it toward 0, so its middle is not the score, and a narrow range of a group that
    agrees may not hold the score.
    """
    return net_adjusted_wald(counts, confidence).within(-100, 100)


def _moments(counts: Counts, *, added: float) -> tuple[float, float]:
    """Mean and variance of one answer scored +1, 0, -1, after adding answers in the shares 1/4, 1/2, 1/4."""
    n = counts.n + added
    favourable, unfavourable = (counts.favourable + added / 4) / n, (counts.unfavourable + added / 4) / n
    mean = favourable - unfavourable
    return mean, max(favourable + unfavourable - mean * mean, 0.0)
