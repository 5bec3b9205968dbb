"""Means against published examples, and the laws that they obey."""

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.inference.distributions import t_tails
from jobs.inference.means import Sample, noticeable_mean, sample, t_interval, welch
from tests.jobs.vectors import agrees, vectors

VALUES = st.lists(st.sampled_from([n * 100 / 36 for n in range(37)]), min_size=2, max_size=60)
CONFIDENCES = st.floats(0.5, 0.99)


def t_test(of: Sample, against: float) -> tuple[float, float]:
    """The t and the two-sided p of a mean against a fixed number."""
    t = (of.mean - against) * math.sqrt(of.n) / of.sd
    return t, t_tails(t, of.n - 1)


@vectors("mean.t_ci")
def test_range(vector: dict[str, Any]) -> None:
    """The range of a mean is the published one."""
    inputs = vector["inputs"]
    found = t_interval(Sample(inputs["mean"], inputs["sd"], inputs["n"]), inputs["conf"])
    assert found
    agrees(vector, lo=found.low, hi=found.high)


@vectors("mean.t_ci_raw")
def test_range_of_values(vector: dict[str, Any]) -> None:
    """Five SUS scores give the published mean and its range."""
    of = sample(vector["inputs"]["values"])
    found = t_interval(of, vector["inputs"]["conf"])
    assert found
    agrees(vector, mean=of.mean, lo=found.low, hi=found.high)


@vectors("mean.t_one_sample")
def test_against_a_number(vector: dict[str, Any]) -> None:
    """The test of a mean against a benchmark is the published one."""
    inputs = vector["inputs"]
    t, p = t_test(Sample(inputs["mean"], inputs["sd"], inputs["n"]), inputs["mu0"])
    agrees(vector, t=t)
    if "p" in vector["expected"]:
        agrees(vector, p=p)


@vectors("mean2.welch", "mean2.welch_raw")
def test_two_groups(vector: dict[str, Any]) -> None:
    """Welch's test is the published one."""
    inputs = vector["inputs"]
    if "x" in inputs:
        a, b = sample(inputs["x"]), sample(inputs["y"])
    else:
        a, b = (Sample(inputs[f"m{side}"], inputs[f"s{side}"], inputs[f"n{side}"]) for side in (1, 2))
    found = welch(a, b, inputs["conf"])
    agrees(vector, t=found.statistic, p=found.p, lo=found.interval.low, hi=found.interval.high)
    assert found.df is not None
    assert found.df == pytest.approx(vector["expected"]["df"], abs=0.5)  # printed as a whole number


@vectors("mean.paired")
def test_same_people_twice(vector: dict[str, Any]) -> None:
    """The paired test is the published one."""
    inputs = vector["inputs"]
    of = sample([x - y for x, y in zip(inputs["x"], inputs["y"], strict=True)])
    found = t_interval(of, inputs["conf"])
    assert found
    t, p = t_test(of, 0)
    agrees(vector, mean=of.mean, t=t, p=p, lo=found.low, hi=found.high)


def test_the_worked_digest() -> None:
    """SUS 69.4 of 22 prints 62 to 77, its words come from 64.5 to 74.3; a shift under 14 goes unnoticed."""
    now, before = Sample(69.4, 17.4, 22), Sample(72, 15, 20)
    likely, narrow = t_interval(now), t_interval(now, 0.8)
    assert likely
    assert narrow
    assert (round(likely.low), round(likely.high)) == (62, 77)
    assert (round(narrow.low, 1), round(narrow.high, 1)) == (64.5, 74.3)
    assert round(noticeable_mean(now, before)) == 14


@pytest.mark.parametrize(
    "n,shift", [(5, 40), (8, 30), (10, 27), (20, 18), (30, 15), (50, 11), (100, 8)], ids=str
)
def test_noticeable_shift(n: int, shift: int) -> None:
    """Two groups of n with a deviation of 20 show a shift of this size four times in five."""
    assert round(noticeable_mean(Sample(0, 20, n), Sample(0, 20, n))) == shift


def test_equal_values_have_no_range() -> None:
    """Equal values tell nothing of how answers vary, so there is no range."""
    assert sample([100 * 7 / 36] * 9).sd == 0
    assert t_interval(sample([100 * 7 / 36] * 9)) is None
    assert t_interval(sample([5])) is None


@given(VALUES, st.randoms(use_true_random=False))
def test_order_does_not_matter(values: list[float], random: Any) -> None:
    """The same answers in another order are the same sample, to the last bit."""
    shuffled = list(values)
    random.shuffle(shuffled)
    assert sample(values) == sample(shuffled)


@given(VALUES, CONFIDENCES, CONFIDENCES)
def test_a_range_holds_its_mean_and_widens(values: list[float], one: float, other: float) -> None:
    """A range holds the mean and widens with confidence."""
    of = sample(values)
    narrow, wide = t_interval(of, min(one, other)), t_interval(of, max(one, other))
    if narrow and wide:
        assert wide.low <= narrow.low <= of.mean <= narrow.high <= wide.high
    else:
        assert len(set(values)) == 1
