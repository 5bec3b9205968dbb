"""Ranges, and the normal and the t distribution as far as small samples need them. Pure.

The t distribution is written out here and tested on printed tables, so that no large library is needed.
"""

import math
from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist

_NORMAL = NormalDist()
_ENOUGH = 1e-15
_TERMS = 500


@dataclass(frozen=True, slots=True)
class Interval:
    """A range from `low` to `high`, in the unit of the figure that it belongs to."""

    low: float
    high: float

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high

    def within(self, low: float, high: float) -> "Interval":
        """The part of it that lies on a scale from `low` to `high`."""
        return Interval(min(max(self.low, low), high), max(min(self.high, high), low))

    def times(self, factor: float) -> "Interval":
        """The same range in a unit that is `factor` (above 0) times finer."""
        return Interval(self.low * factor, self.high * factor)


def around(middle: float, reach: float) -> Interval:
    """The range that reaches `reach` (0 or more) to both sides of `middle`."""
    return Interval(middle - reach, middle + reach)


@lru_cache(maxsize=64)
def normal_reach(confidence: float) -> float:
    """How many standard errors to each side hold `confidence` (in (0, 1)) of a normal: 1.96 for .95."""
    return _NORMAL.inv_cdf((1 + confidence) / 2)


def t_tails(t: float, df: float) -> float:
    """The two-sided p of `t` with `df` degrees of freedom (above 0, not only whole), in [0, 1]."""
    return _incomplete_beta(df / 2, 0.5, df / (df + t * t))


@lru_cache(maxsize=4096)
def t_reach(confidence: float, df: float) -> float:
    """How many standard errors to each side hold `confidence` of a t with `df` degrees of freedom.

    Found by bisection: the tails only fall, so it always ends at the one answer.
    """
    tails = 1 - confidence
    low, high = 0.0, normal_reach(confidence)
    while t_tails(high, df) > tails:
        low, high = high, 2 * high
    while high - low > _ENOUGH * high:
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if t_tails(middle, df) > tails else (low, middle)
    return (low + high) / 2


def _incomplete_beta(a: float, b: float, x: float) -> float:
    """The regularised incomplete beta function (Abramowitz and Stegun 26.5), by its continued fraction."""
    if x <= 0 or x >= 1:
        return min(max(x, 0.0), 1.0)
    if x > (a + 1) / (a + b + 2):  # where the fraction converges slowly, its mirror image converges fast
        return 1 - _incomplete_beta(b, a, 1 - x)
    logarithm = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    return math.exp(logarithm) * _fraction(a, b, x) / a


def _fraction(a: float, b: float, x: float) -> float:
    """The continued fraction of the incomplete beta function, by Lentz's method (Numerical Recipes 6.4)."""
    c, d = 1.0, 1 / (1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, _TERMS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        before = value
        for term in (even, odd):
            d = 1 / (1 + term * d)
            c = 1 + term / c
            value *= c * d
        if abs(value - before) <= _ENOUGH * abs(value):
            break
    return value
