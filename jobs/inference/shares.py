"""Shares: `x` of `n`, and their ranges, on 0 to 1. Pure. Wilson (1927)."""

import math

from jobs.inference.distributions import Interval, normal_reach


def wilson(x: float, n: float, confidence: float = 0.95) -> Interval:
    """The range to print for a share; it never leaves 0 to 1.

    Both may be broken numbers, where answers of the same people are worth less than as many people.
    """
    z = normal_reach(confidence)
    share, scale = x / n, 1 + z * z / n
    middle = (share + z * z / (2 * n)) / scale
    reach = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / scale
    return Interval(middle - reach if x else 0.0, middle + reach if x < n else 1.0)
