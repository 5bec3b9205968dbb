"""Shares: `x` of `n`. Pure. Shares, ranges and differences are on 0 to 1 (differences -1 to 1).

Wilson (1927); Newcombe (1998), Statistics in Medicine 17:857-872 and 873-890; Agresti and
Caffo (2000); Campbell (2007) for the N-1 test.
"""

import math

from jobs.inference.distributions import normal_reach, normal_tails
from jobs.inference.interval import Interval


def wilson(x: float, n: float, confidence: float = 0.95) -> Interval:
    """The range to print for a share; it never leaves 0 to 1.

    Both may be broken numbers, where answers of the same people are worth less than as many people.
    """
    z = normal_reach(confidence)
    share, scale = x / n, 1 + z * z / n
    middle = (share + z * z / (2 * n)) / scale
    reach = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / scale
    return Interval(middle - reach if x else 0.0, middle + reach if x < n else 1.0)


def newcombe(x1: int, n1: int, x2: int, n2: int, confidence: float = 0.95) -> Interval:
    """The range of the first share less the second: Newcombe's method 10, from the two Wilson ranges."""
    first, second = wilson(x1, n1, confidence), wilson(x2, n2, confidence)
    p1, p2 = x1 / n1, x2 / n2
    down = math.hypot(p1 - first.low, second.high - p2)
    up = math.hypot(first.high - p1, p2 - second.low)
    return Interval(p1 - p2 - down, p1 - p2 + up).within(-1, 1)


def n_minus_one_test(x1: int, n1: int, x2: int, n2: int) -> tuple[float, float]:
    """The z and two-sided p of the N-1 two-proportion test; (0, 1) when all answers are of one class."""
    total, pooled = n1 + n2, (x1 + x2) / (n1 + n2)
    se = math.sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2))
    if not se:
        return 0.0, 1.0
    z = (x1 / n1 - x2 / n2) * math.sqrt((total - 1) / total) / se
    return z, normal_tails(z)


def noticeable_share(x1: int, n1: int, x2: int, n2: int) -> float:
    """The smallest true change of a share that these groups show four times in five at p < .05, about.

    Its variance is that of Agresti and Caffo's adjusted shares, so that a group that agrees is not taken
    as certain.
    """
    (_, v1), (_, v2) = _softened(x1, n1), _softened(x2, n2)
    return min((normal_reach(0.95) + normal_reach(0.6)) * math.sqrt(v1 + v2), 1.0)


def _softened(x: int, n: int) -> tuple[float, float]:
    """A share with one more answer on each side, and its variance."""
    share = (x + 1) / (n + 2)
    return share, share * (1 - share) / (n + 2)
