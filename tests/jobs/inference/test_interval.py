"""Ranges."""

from hypothesis import given
from hypothesis import strategies as st

from jobs.inference.interval import Comparison, Interval, around

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


def test_a_z_test_has_no_degrees_of_freedom() -> None:
    """Degrees of freedom are there for t alone."""
    found = Comparison(difference=1, se=1, statistic=1, p=0.3, interval=Interval(-1, 3))
    assert found.df is None
