"""Shares against published examples, and the laws that they obey."""

import math
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from jobs.inference import normal_reach
from jobs.inference.interval import Interval, around
from jobs.inference.shares import n_minus_one_test, newcombe, noticeable_share, wilson
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


def agresti_caffo(x1: int, n1: int, x2: int, n2: int, confidence: float = 0.95) -> Interval:
    """A published range of a difference, to compare Newcombe's with: one answer more on each side."""
    p1, p2 = (x1 + 1) / (n1 + 2), (x2 + 1) / (n2 + 2)
    variance = p1 * (1 - p1) / (n1 + 2) + p2 * (1 - p2) / (n2 + 2)
    return around(p1 - p2, normal_reach(confidence) * math.sqrt(variance))


ONE = {"prop.wilson": wilson, "prop.agresti_coull": agresti_coull, "prop.plus4": plus_four}
TWO = {"prop2.newcombe": newcombe, "prop2.agresti_caffo": agresti_caffo}


@vectors(*ONE)
def test_ranges(vector: dict[str, Any]) -> None:
    """The range of a share is the published one."""
    inputs = vector["inputs"]
    found = ONE[vector["kind"]](inputs["x"], inputs["n"], inputs["conf"])
    agrees(vector, lo=found.low, hi=found.high)


@vectors(*TWO)
def test_ranges_of_a_difference(vector: dict[str, Any]) -> None:
    """The range of a difference is the published one."""
    inputs = vector["inputs"]
    found = TWO[vector["kind"]](inputs["x1"], inputs["n1"], inputs["x2"], inputs["n2"], inputs["conf"])
    agrees(vector, lo=found.low, hi=found.high)


@vectors("prop2.n1")
def test_n_minus_one(vector: dict[str, Any]) -> None:
    """The N-1 test gives the published z and p."""
    z, p = n_minus_one_test(*(vector["inputs"][name] for name in ("x1", "n1", "x2", "n2")))
    agrees(vector, z=z, p=p)


def test_the_worked_gap() -> None:
    """14 of 28 against 10 of 22 lie 5 points apart, likely -22 to +30: no visible gap."""
    found = newcombe(14, 28, 10, 22)
    assert (round(100 * found.low), round(100 * found.high)) == (-22, 30)


def test_everybody_alike_is_no_difference() -> None:
    """Two groups that agree to a person show nothing, and no division by zero."""
    assert n_minus_one_test(7, 7, 9, 9) == (0, 1)


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


@given(SHARES, SHARES)
def test_a_difference_ranges_about_as_the_published_one(a: tuple[int, int], b: tuple[int, int]) -> None:
    """Newcombe's range and Agresti and Caffo's hold each other's middle."""
    assume(min(a[1], b[1]) >= 10)
    ours, published = newcombe(*a, *b), agresti_caffo(*a, *b)
    assert (ours.low + ours.high) / 2 in published
    assert (published.low + published.high) / 2 in ours


@given(SHARES, CONFIDENCES, CONFIDENCES)
def test_wilson_stays_on_the_scale_and_widens(share: tuple[int, int], one: float, other: float) -> None:
    """Wilson's range needs no cutting, touches an end that was reached, and widens with confidence."""
    x, n = share
    narrow, wide = wilson(x, n, min(one, other)), wilson(x, n, max(one, other))
    assert 0 <= wide.low <= narrow.low <= narrow.high <= wide.high <= 1
    assert (x == 0) == (narrow.low == 0)
    assert (x == n) == (narrow.high == 1)


@given(SHARES, SHARES)
def test_a_difference_turns_with_its_order(a: tuple[int, int], b: tuple[int, int]) -> None:
    """The second less the first is the negative of the first less the second."""
    one, other = newcombe(*a, *b), newcombe(*b, *a)
    assert (one.low, one.high) == pytest.approx((-other.high, -other.low))
    assert n_minus_one_test(*a, *b)[1] == pytest.approx(n_minus_one_test(*b, *a)[1])
    assert one.low - 1e-12 <= a[0] / a[1] - b[0] / b[1] <= one.high + 1e-12


@given(SHARES, SHARES)
def test_a_noticeable_shift_is_one_that_can_be(a: tuple[int, int], b: tuple[int, int]) -> None:
    """No group is so large that it sees everything, and no shift is larger than the scale."""
    assert 0 < noticeable_share(*a, *b) <= 1
