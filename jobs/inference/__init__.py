"""Intervals and tests for small samples; every formula names its source. Pure."""

from jobs.inference.distributions import normal_reach, normal_tails, t_reach, t_tails
from jobs.inference.interval import Comparison, Interval
from jobs.inference.means import Sample, noticeable_mean, paired, sample, t_interval, t_test, welch
from jobs.inference.multiplicity import benjamini_hochberg, holm
from jobs.inference.net import (
    Counts,
    compare_nets,
    net_adjusted_wald,
    net_interval,
    net_score,
    net_variance,
    net_wald,
    noticeable_net,
    permutation_p,
)
from jobs.inference.shares import (
    agresti_caffo,
    agresti_coull,
    n_minus_one_test,
    newcombe,
    noticeable_share,
    plus_four,
    wilson,
)

__all__ = [
    "Comparison",
    "Counts",
    "Interval",
    "Sample",
    "agresti_caffo",
    "agresti_coull",
    "benjamini_hochberg",
    "compare_nets",
    "holm",
    "n_minus_one_test",
    "net_adjusted_wald",
    "net_interval",
    "net_score",
    "net_variance",
    "net_wald",
    "newcombe",
    "normal_reach",
    "normal_tails",
    "noticeable_mean",
    "noticeable_net",
    "noticeable_share",
    "paired",
    "permutation_p",
    "plus_four",
    "sample",
    "t_interval",
    "t_reach",
    "t_tails",
    "t_test",
    "welch",
    "wilson",
]
