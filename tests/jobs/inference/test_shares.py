"""Shares against published examples, and the laws that they obey."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from jobs.inference.interval import Interval
from jobs.inference.shares import (
    agresti_caffo,
    agresti_coull,
    n_minus_one_test,
    newcombe,
    noticeable_share,
    plus_four,
    wilson,
)
from tests.jobs.vectors import agrees, vectors

SHARES = st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
CONFIDENCES = st.floats(0.5, 0.99)
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
    """Every method's 95 % range holds the share, but plus-four's, drawn inward, at the very ends."""
    x, n = share
    assume(method is not plus_four or 0 < x < n)
    found = method(x, n)
    assert found.low - 1e-12 <= x / n <= found.high + 1e-12


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
    """The second less the first is the first less the second, turned."""
    one, other = newcombe(*a, *b), newcombe(*b, *a)
    assert (one.low, one.high) == pytest.approx((-other.high, -other.low))
    assert n_minus_one_test(*a, *b)[1] == pytest.approx(n_minus_one_test(*b, *a)[1])
    assert one.low - 1e-12 <= a[0] / a[1] - b[0] / b[1] <= one.high + 1e-12


@given(SHARES, SHARES)
def test_a_noticeable_shift_is_one_that_can_be(a: tuple[int, int], b: tuple[int, int]) -> None:
    """No group is so large that it sees everything, and no shift is larger than the scale."""
    assert 0 < noticeable_share(*a, *b) <= 1
