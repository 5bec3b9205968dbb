"""Ranges."""

from hypothesis import given
from hypothesis import strategies as st

from jobs.inference.distributions import Interval, around

NUMBERS = st.floats(-1000, 1000)


def test_within_cuts_to_the_scale() -> None:
    """A range keeps only what lies on the scale."""
    assert Interval(-107.5, -17.5).within(-100, 100) == Interval(-100, -17.5)
    assert Interval(20, 130).within(-100, 100) == Interval(20, 100)


@given(NUMBERS, st.floats(0, 1000))
def test_around_holds_its_middle(middle: float, reach: float) -> None:
    """A range around a number holds it, also after it is cut to a scale that holds it."""
    assert middle in around(middle, reach)
    assert middle in around(middle, reach).within(-1000, 1000)


def test_times_changes_the_unit() -> None:
    """A share becomes a percentage at both ends."""
    assert Interval(0.25, 0.5).times(100) == Interval(25, 50)
