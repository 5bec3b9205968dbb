"""Means by Student's t, as they are published: the product works with the ranges that grow out of them."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from jobs.inference.distributions import Interval, around, t_reach


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
