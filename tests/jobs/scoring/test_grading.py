"""SUS beside other products, against published tables."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.scoring.grading import (
    sus_adjective,
    sus_equivalent,
    sus_grade,
    sus_percentile,
    sus_percentile_band,
)
from tests.jobs.vectors import agrees, vectors

SCORES = st.floats(0, 100)


@vectors("sus.grade")
def test_grade(vector: dict[str, Any]) -> None:
    """Every border of the curved grading scale stands on its published side."""
    expected = vector["expected"]
    assert sus_grade(vector["inputs"]["score"]) == expected["grade"]
    if "percentile_band" in expected:
        assert sus_percentile_band(vector["inputs"]["score"]) == expected["percentile_band"]


@vectors("sus.percentile")
def test_percentile(vector: dict[str, Any]) -> None:
    """Percentiles are the published points, and straight lines between them."""
    agrees(vector, percentile=sus_percentile(vector["inputs"]["score"]))


@vectors("sus.adjective")
def test_adjective(vector: dict[str, Any]) -> None:
    """Adjectives change where the published ones change."""
    assert sus_adjective(vector["inputs"]["score"]) == vector["expected"]["adjective"]


def test_the_grade_between_its_ends() -> None:
    """SUS 69 is a C, its range of 62 to 77 reaches from D to B."""
    assert [sus_grade(score) for score in (69.4, 61.7, 77.1)] == ["C", "D", "B"]


@pytest.mark.parametrize("score", [-0.1, 100.1, float("nan")])
def test_off_the_scale_has_no_grade(score: float) -> None:
    """A number that is no SUS score is refused."""
    for meaning in (sus_grade, sus_percentile_band, sus_adjective, sus_percentile):
        with pytest.raises(ValueError, match="a SUS score lies in 0 to 100"):
            meaning(score)


@given(SCORES, SCORES)
def test_better_is_never_lower(one: float, other: float) -> None:
    """A higher score has no lower percentile and no higher SUS equivalent turned round."""
    low, high = sorted((one, other))
    assert sus_percentile(low) <= sus_percentile(high)
    assert 22.9 <= sus_equivalent(low) <= sus_equivalent(high) <= 87.9 + 1e-9


def test_grade_and_percentile_agree() -> None:
    """The percentile of a printed score lies in its grade's span, but for what the two tables differ by."""
    for tenths in range(1001):
        low, high = map(int, sus_percentile_band(tenths / 10).split("-"))
        assert low - 1.5 <= sus_percentile(tenths / 10) <= high + 1.5
