"""Intervals and tests for small samples, from totals; every formula names its source. Pure.

Not here: answers and instruments (scoring), how much may be said of few answers (scoring, privacy).
"""

from jobs.inference.distributions import Interval, normal_reach, normal_tails, t_reach, t_tails
from jobs.inference.means import Sample, sample, t_interval
from jobs.inference.net import (
    Counts,
    net_adjusted_wald,
    net_interval,
    net_score,
    net_variance,
)
from jobs.inference.shares import (
    wilson,
)

__all__ = [
    "Counts",
    "Interval",
    "Sample",
    "net_adjusted_wald",
    "net_interval",
    "net_score",
    "net_variance",
    "normal_reach",
    "normal_tails",
    "sample",
    "t_interval",
    "t_reach",
    "t_tails",
    "wilson",
]
