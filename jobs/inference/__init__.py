"""Intervals and tests for small samples, from totals; every formula names its source. Pure.

Not here: answers and instruments (scoring), how much may be said of few answers (scoring, privacy).
"""

from jobs.inference.distributions import Interval, normal_reach, t_reach, t_tails
from jobs.inference.shares import wilson

__all__ = [
    "Interval",
    "normal_reach",
    "t_reach",
    "t_tails",
    "wilson",
]
