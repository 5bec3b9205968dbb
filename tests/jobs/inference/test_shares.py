"""Shares against published examples, and the laws that they obey."""

import math
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from jobs.inference import normal_reach
from jobs.inference.distributions import Interval, around
from jobs.inference.shares import wilson
from tests.jobs.vectors import agrees, vectors

SHARES = st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
CONFIDENCES = st.floats(0.5, 0.99)


def wald(x: float, n: float, z: float) -> Interval:
    """The plain range of a share."""
    return around(x / n, z * math.sqrt(x / n * (1 - x / n) / n))


def agresti_coull(x: int, n: int, confidence: float = 0.95) -> Interval:
    """Sauro and Lewis's "adjusted Wald", not cut to the scale: a published range to compare Wilson's with."""
    z = normal_reach(confidence)
    return wald(x + z * z / 2, n + z * z, z)


def plus_four(x: int, n: int, confidence: float = 0.95) -> Interval:
    """Agresti and Coull's range rounded to two answers more on each side, not cut to the scale."""
    return wald(x + 2, n + 4, normal_reach(confidence))


ONE = {"prop.wilson": wilson, "prop.agresti_coull": agresti_coull, "prop.plus4": plus_four}


@vectors(*ONE)
def test_ranges(vector: dict[str, Any]) -> None:
    """The range of a share is the published one."""
    inputs = vector["inputs"]
    found = ONE[vector["kind"]](inputs["x"], inputs["n"], inputs["conf"])
    agrees(vector, lo=found.low, hi=found.high)


@pytest.mark.parametrize("method", [wilson, agresti_coull, plus_four])
@given(share=SHARES)
def test_a_range_holds_its_share(method: Callable[[int, int], Interval], share: tuple[int, int]) -> None:
    """Every 95 % range holds its share, except that plus-four may miss it at 0 and 1."""
    x, n = share
    assume(method is not plus_four or 0 < x < n)
    found = method(x, n)
    assert found.low - 1e-12 <= x / n <= found.high + 1e-12


@given(SHARES)
def test_wilson_lies_within_the_adjusted_range(share: tuple[int, int]) -> None:
    """Wilson's range has the middle of Agresti and Coull's and is never wider."""
    ours, published = wilson(*share), agresti_coull(*share)
    assert ours.low + ours.high == pytest.approx(published.low + published.high)
    assert ours.high - ours.low <= published.high - published.low + 1e-12


@given(SHARES, CONFIDENCES, CONFIDENCES)
def test_wilson_stays_on_the_scale_and_widens(share: tuple[int, int], one: float, other: float) -> None:
    """Wilson's range needs no cutting, touches an end that was reached, and widens with confidence."""
    x, n = share
    narrow, wide = wilson(x, n, min(one, other)), wilson(x, n, max(one, other))
    assert 0 <= wide.low <= narrow.low <= narrow.high <= wide.high <= 1
    assert (x == 0) == (narrow.low == 0)
    assert (x == n) == (narrow.high == 1)
