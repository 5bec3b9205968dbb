"""Net scores against published examples, and the laws that they obey."""

import math
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobs.inference import normal_reach
from jobs.inference.net import (
    Counts,
    compare_nets,
    net_adjusted_wald,
    net_interval,
    net_score,
    net_variance,
    noticeable_net,
)
from tests.jobs.vectors import agrees, vectors

COUNTS = st.builds(Counts, *[st.integers(0, 60)] * 3).filter(lambda counts: counts.n > 1)
SMALL = st.builds(Counts, *[st.integers(0, 6)] * 3).filter(lambda counts: counts.n > 0)
CONFIDENCES = st.floats(0.5, 0.99)


def counts(inputs: dict[str, int]) -> Counts:
    """Counts by the names that NPS has for the classes."""
    return Counts(inputs["promoters"], inputs["passives"], inputs["detractors"])


def classed(scores: list[int]) -> Counts:
    """Counts of NPS answers, those off the scale left out."""
    return Counts(
        sum(score in (9, 10) for score in scores),
        sum(score in (7, 8) for score in scores),
        sum(0 <= score < 7 for score in scores),
    )


def mirrored(of: Counts) -> Counts:
    """Everybody's opposite."""
    return Counts(of.unfavourable, of.middle, of.favourable)


def permutation_p(a: Counts, b: Counts) -> float:
    """The exact two-sided p of the difference of two net scores, to compare the z test with.

    How often dealing all answers anew to groups of these sizes gives a difference as large. It counts every
    deal (hypergeometric), so it is for groups of at most some hundreds.
    """
    total = Counts(*(x + y for x, y in zip(a, b, strict=True)))
    seen = abs(net_score(a) - net_score(b)) - 1e-12  # differences as close as this are one
    extreme = 0
    for high, low in product(range(total.favourable + 1), range(total.unfavourable + 1)):
        dealt = Counts(high, a.n - high - low, low)
        if not 0 <= dealt.middle <= total.middle:
            continue
        rest = Counts(*(x - y for x, y in zip(total, dealt, strict=True)))
        if abs(net_score(dealt) - net_score(rest)) >= seen:
            extreme += math.prod(math.comb(x, y) for x, y in zip(total, dealt, strict=True))
    return extreme / math.comb(total.n, a.n)


@vectors("nps.score")
def test_score(vector: dict[str, Any]) -> None:
    """The score is the published one."""
    agrees(vector, nps=net_score(counts(vector["inputs"])))


@vectors("nps.variance")
def test_variance(vector: dict[str, Any]) -> None:
    """The variance of one answer is divided by n, as Rocks does."""
    of = classed(vector["inputs"]["scores"])
    agrees(vector, variance=net_variance(of), se=math.sqrt(net_variance(of) / of.n))


@vectors("nps.variance_props")
def test_variance_of_shares(vector: dict[str, Any]) -> None:
    """The variance is that of the shares, whatever the number of people."""
    of = Counts(3, 2, 1)
    agrees(vector, variance=net_variance(of), nps=net_score(of))


@vectors("nps.ci_wald")
def test_wald(vector: dict[str, Any]) -> None:
    """Score and variance give the plain range as it was published."""
    of = counts(vector["inputs"])
    reach = 100 * normal_reach(vector["inputs"]["conf"]) * math.sqrt(net_variance(of) / of.n)
    agrees(vector, lo=net_score(of) - reach, hi=net_score(of) + reach)


@vectors("nps.ci_adjwald")
def test_adjusted_wald(vector: dict[str, Any]) -> None:
    """The adjusted range is that of Rocks's own code, and what is printed is cut to the scale."""
    of, confidence = counts(vector["inputs"]), vector["inputs"]["conf"]
    found, printed = net_adjusted_wald(of, confidence), net_interval(of, confidence)
    agrees(vector, lo=found.low, hi=found.high)
    if "lo_clipped" in vector["expected"]:
        agrees(vector, lo_clipped=printed.low, hi_clipped=printed.high)


@vectors("nps.diff_adjwald")
def test_difference(vector: dict[str, Any]) -> None:
    """Two scores are compared as in Rocks's two-sample test."""
    inputs = vector["inputs"]
    found = compare_nets(counts(inputs["a"]), counts(inputs["b"]), inputs["conf"])
    agrees(
        vector,
        diff=found.difference,
        se=found.se,
        z=found.statistic,
        p=found.p,
        lo=found.interval.low,
        hi=found.interval.high,
    )


@vectors("nps.perm_p")
def test_permutation(vector: dict[str, Any]) -> None:
    """The exact test is the brute force over all ways to deal the answers."""
    agrees(vector, p=permutation_p(counts(vector["inputs"]["a"]), counts(vector["inputs"]["b"])))


def test_the_worked_digest() -> None:
    """14, 9 and 5 of 28 print +2 to +56, the words come from +12 to +47; against 24 before, -26 to +54."""
    now, before = Counts(14, 9, 5), Counts(10, 8, 6)
    likely, narrow = net_interval(now), net_interval(now, 0.8)
    assert (round(likely.low), round(likely.high)) == (2, 56)
    assert (round(narrow.low), round(narrow.high)) == (12, 47)
    difference = compare_nets(now, before).interval
    assert (round(difference.low), round(difference.high)) == (-26, 54)
    assert round(noticeable_net(now, before)) == 60


@pytest.mark.parametrize(
    "n,shift", [(8, 98), (10, 90), (20, 68), (30, 56), (50, 45), (100, 32), (400, 16)], ids=str
)
def test_noticeable_shift(n: int, shift: int) -> None:
    """Two groups of n show a shift of this size four times in five."""
    typical = Counts(2 * n // 5, n - 2 * n // 5 - n // 4, n // 4)
    assert round(noticeable_net(typical, typical)) == shift


@given(COUNTS, st.integers(1, 60))
def test_agreement_does_not_sharpen_the_eye(of: Counts, n: int) -> None:
    """A group that agrees by chance promises no smaller noticeable change than a common one."""
    agreed = Counts(n, 0, 0)
    floor = 100 * (normal_reach(0.95) + normal_reach(0.6)) * math.sqrt(0.67 / (n + 3) + 0.67 / (of.n + 3))
    assert noticeable_net(agreed, of) >= floor * (1 - 1e-12)


@vectors("nps.contribution")
def test_topics_add_up_to_the_score(vector: dict[str, Any]) -> None:
    """Where each person has one topic, the scores of the topics by their share are the score of all."""
    topics = {topic: Counts(*row) for topic, row in vector["inputs"]["touchpoints"].items()}
    whole = Counts(*(sum(column) for column in zip(*topics.values(), strict=True)))
    parts = {topic: net_score(of) * of.n / whole.n for topic, of in topics.items()}
    agrees(vector, **parts, total=net_score(whole))


@given(COUNTS)
def test_turning_every_answer_turns_the_score(of: Counts) -> None:
    """Opposite answers give the opposite score and range."""
    found, other = net_interval(of), net_interval(mirrored(of))
    assert net_score(of) == -net_score(mirrored(of))
    assert (found.low, found.high) == pytest.approx((-other.high, -other.low))


@given(COUNTS, COUNTS)
def test_a_difference_turns_with_its_order(a: Counts, b: Counts) -> None:
    """The second less the first is the negative of the first less the second."""
    one, other = compare_nets(a, b), compare_nets(b, a)
    assert (one.difference, one.p) == pytest.approx((-other.difference, other.p))
    assert one.interval.low == pytest.approx(-other.interval.high)


@given(COUNTS)
def test_the_printed_range_holds_the_score(of: Counts) -> None:
    """From two answers on, the 95 % range holds the score and stays on the scale."""
    found = net_interval(of)
    assert -100 <= found.low <= net_score(of) <= found.high <= 100


@given(COUNTS, CONFIDENCES, CONFIDENCES)
def test_more_confidence_is_a_wider_range(of: Counts, one: float, other: float) -> None:
    """More confidence never narrows a range."""
    narrow, wide = net_interval(of, min(one, other)), net_interval(of, max(one, other))
    assert wide.low <= narrow.low <= narrow.high <= wide.high


@settings(max_examples=40)
@given(SMALL, SMALL)
def test_the_exact_test_is_fair(a: Counts, b: Counts) -> None:
    """It gives a chance, the same from both sides, and 1 where there is no difference."""
    p = permutation_p(a, b)
    assert 0 < p <= 1
    assert p == pytest.approx(permutation_p(b, a))
    assert permutation_p(a, a) == 1


@pytest.mark.parametrize(
    "a,b",
    [((14, 9, 5), (5, 9, 14)), ((15, 6, 5), (9, 8, 10)), ((20, 5, 5), (12, 8, 10)), ((12, 8, 4), (5, 9, 10))],
    ids=str,
)
def test_the_z_test_is_near_the_exact_one(a: tuple[int, int, int], b: tuple[int, int, int]) -> None:
    """Groups of 20 and more: the z test says about the same as the exact one."""
    one, other = Counts(*a), Counts(*b)
    assert compare_nets(one, other).p == pytest.approx(permutation_p(one, other), abs=0.05)
