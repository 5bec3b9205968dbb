"""Intervals and tests for small samples, from totals; every formula names its source. Pure.

Not here: answers and instruments (scoring), how much may be said of few answers (scoring, privacy).
"""

from jobs.inference.distributions import normal_reach, normal_tails, t_reach, t_tails
from jobs.inference.interval import Comparison, Interval
from jobs.inference.means import Sample, noticeable_mean, sample, t_interval, welch
from jobs.inference.net import (
    Counts,
    compare_nets,
    net_adjusted_wald,
    net_interval,
    net_score,
    net_variance,
    noticeable_net,
)
from jobs.inference.shares import (
    n_minus_one_test,
    newcombe,
    noticeable_share,
    wilson,
)

__all__ = [
    "Comparison",
    "Counts",
    "Interval",
    "Sample",
    "compare_nets",
    "n_minus_one_test",
    "net_adjusted_wald",
    "net_interval",
    "net_score",
    "net_variance",
    "newcombe",
    "normal_reach",
    "normal_tails",
    "noticeable_mean",
    "noticeable_net",
    "noticeable_share",
    "sample",
    "t_interval",
    "t_reach",
    "t_tails",
    "welch",
    "wilson",
]
