"""Means against published examples, and the laws that they obey."""

import math
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from jobs.inference.distributions import t_tails
from tests.jobs.inference.published_means import Sample, sample, t_interval
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


@vectors("mean.paired")
def test_same_people_twice(vector: dict[str, Any]) -> None:
    """The paired test is the published one."""
    inputs = vector["inputs"]
    of = sample([x - y for x, y in zip(inputs["x"], inputs["y"], strict=True)])
    found = t_interval(of, inputs["conf"])
    assert found
    t, p = t_test(of, 0)
    agrees(vector, mean=of.mean, t=t, p=p, lo=found.low, hi=found.high)


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
