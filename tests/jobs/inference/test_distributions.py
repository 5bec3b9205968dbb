"""The normal and the t distribution against printed tables."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.inference.distributions import normal_reach, t_reach, t_tails

CONFIDENCES = st.floats(0.01, 0.999)
DEGREES = st.floats(1, 2000)


@pytest.mark.parametrize(
    "confidence,df,reach",
    [
        (0.95, 1, 12.706204736),
        (0.95, 9, 2.262157163),
        (0.95, 21, 2.079613845),
        (0.8, 4, 1.533206274),
        (0.8, 21, 1.323187874),
        (0.99, 3, 5.840909310),
        (0.95, 120, 1.979930405),
    ],
)
def test_t_is_the_printed_table(confidence: float, df: float, reach: float) -> None:
    """The t distribution has the quantiles that every table prints."""
    assert t_reach(confidence, df) == pytest.approx(reach, abs=1e-8)


@pytest.mark.parametrize("confidence,reach", [(0.8, 1.281551566), (0.95, 1.959963985), (0.99, 2.575829304)])
def test_normal_is_the_printed_table(confidence: float, reach: float) -> None:
    """The normal distribution has the quantiles that every table prints."""
    assert normal_reach(confidence) == pytest.approx(reach, abs=1e-8)


@pytest.mark.parametrize("t", [0.0, 0.3, 1.0, 4.0, 300.0])
def test_t_with_one_degree_is_cauchy(t: float) -> None:
    """With one degree of freedom the tails are those of Cauchy, known in closed form."""
    assert t_tails(t, 1) == pytest.approx(1 - 2 * math.atan(t) / math.pi, abs=1e-12)


@given(CONFIDENCES, DEGREES)
def test_reach_and_tails_undo_each_other(confidence: float, df: float) -> None:
    """The tails beyond the reach of a confidence are one less that confidence."""
    assert t_tails(t_reach(confidence, df), df) == pytest.approx(1 - confidence, abs=1e-9)
    tails = math.erfc(normal_reach(confidence) / math.sqrt(2))
    assert tails == pytest.approx(1 - confidence, abs=1e-9)


@given(CONFIDENCES, DEGREES)
def test_t_reaches_further_than_normal(confidence: float, df: float) -> None:
    """A small sample is never more certain than a large one."""
    assert t_reach(confidence, df) >= normal_reach(confidence) * (1 - 1e-9)
    assert t_reach(confidence, df) >= t_reach(confidence, df + 1) * (1 - 1e-9)
