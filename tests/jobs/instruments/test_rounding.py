"""Rounding for people."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.instruments import INSTRUMENTS, half_up, printed


@pytest.mark.parametrize(
    "value,decimals,text",
    [(0.5, 0, "1"), (1.5, 0, "2"), (2.5, 0, "3"), (-2.5, 0, "-3"), (-0.4, 0, "0"), (71.05, 1, "71.1")],
)
def test_half_goes_away_from_zero(value: float, decimals: int, text: str) -> None:
    """A half is rounded away from zero, zero has no sign, and 71.05 goes up though its float is lower."""
    assert str(half_up(value, decimals)) == text


def test_a_whole_number_but_for_means() -> None:
    """Scores are printed whole; a mean on 1 to 7 with one decimal."""
    assert str(printed(INSTRUMENTS["nps"], 32.142)) == "32"
    assert str(printed(INSTRUMENTS["sus"], 69.4)) == "69"
    assert str(printed(INSTRUMENTS["seq"], 5.45)) == "5.5"
    assert str(printed(INSTRUMENTS["seq"], 6)) == "6.0"


@given(st.floats(-1000, 1000), st.integers(0, 2))
def test_rounding_is_near_and_fair(value: float, decimals: int) -> None:
    """A rounded value is at most half a step away, and the same from both sides of zero."""
    found = half_up(value, decimals)
    assert abs(found - Decimal(value)) <= Decimal(5).scaleb(-decimals - 1) + Decimal("1e-9")
    assert half_up(-value, decimals) == -found
