"""Means by Student's t. Pure."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from jobs.inference.distributions import t_reach, t_tails
from jobs.inference.interval import Comparison, Interval, around


class Sample(NamedTuple):
    """A mean, the standard deviation of one value (divided by n - 1; 0 for one value), and their number."""

    mean: float
    sd: float
    n: int


def sample(values: Sequence[float]) -> Sample:
    """Mean and standard deviation of values (at least one), the same in whatever order they come."""
    n = len(values)
    mean = math.fsum(values) / n
    if len(set(values)) == 1:  # equal values must not differ from their own mean by a rounding
        return Sample(values[0], 0.0, n)
    return Sample(mean, math.sqrt(math.fsum((value - mean) ** 2 for value in values) / (n - 1)), n)


def t_interval(of: Sample, confidence: float = 0.95) -> Interval | None:
    """The range of a mean, not cut to its scale; None when all values are equal or there is only one."""
    if not of.sd:
        return None
    return around(of.mean, t_reach(confidence, of.n - 1) * of.sd / math.sqrt(of.n))


def welch(a: Sample, b: Sample, confidence: float = 0.95) -> Comparison:
    """The mean of `a` less that of `b`, of different people, their variances not taken as equal.

    Raises ZeroDivisionError when all values are equal in both.
    """
    va, vb = a.sd**2 / a.n, b.sd**2 / b.n
    difference, se, df = a.mean - b.mean, math.sqrt(va + vb), _welch_df(a, b)
    t = difference / se
    interval = around(difference, t_reach(confidence, df) * se)
    return Comparison(difference=difference, se=se, statistic=t, p=t_tails(t, df), interval=interval, df=df)


def noticeable_mean(a: Sample, b: Sample) -> float:
    """The smallest true change of a mean that these samples show four times in five at p < .05, about."""
    df = _welch_df(a, b)
    return (t_reach(0.95, df) + t_reach(0.6, df)) * math.sqrt(a.sd**2 / a.n + b.sd**2 / b.n)


def _welch_df(a: Sample, b: Sample) -> float:
    """Welch and Satterthwaite's degrees of freedom."""
    va, vb = a.sd**2 / a.n, b.sd**2 / b.n
    parts = (v * v / (of.n - 1) for v, of in ((va, a), (vb, b)) if v)
    return (va + vb) ** 2 / sum(parts)
