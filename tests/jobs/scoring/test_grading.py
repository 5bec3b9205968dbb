"""SUS beside other products, against published tables."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.scoring.grading import sus_grade
from tests.jobs.vectors import agrees, vectors

SCORES = st.floats(0, 100)
SPANS = {  # of each grade, the percentiles of products
    "F": "0-14",
    "D": "15-34",
    "C-": "35-40",
    "C": "41-59",
    "C+": "60-64",
    "B-": "65-69",
    "B": "70-79",
    "B+": "80-84",
    "A-": "85-89",
    "A": "90-95",
    "A+": "96-100",
}
POINTS = (  # SUS scores and the percentage of products below them, as in R's mcotear::sus_to_percentile
    *((0, 0), (5, 0.3), (10, 0.4), (15, 0.7), (20, 1), (25, 1.5), (30, 2), (35, 4), (40, 6), (45, 8)),
    *((50, 13), (55, 19), (60, 29), (65, 41), (66, 44), (67, 47), (68, 50), (69, 53), (70, 56), (71, 60)),
    *((72, 63), (73, 67), (74, 70), (75, 73), (76, 77), (77, 80), (78, 83), (79, 86), (80, 88), (85, 97)),
    *((90, 99.8), (95, 99.999), (100, 100)),
)


def percentile(score: float) -> float:
    """The percentage of products with a lower SUS score, by straight lines between published points."""
    return next(
        y1 + (y2 - y1) * (score - x1) / (x2 - x1)
        for (x1, y1), (x2, y2) in pairwise(POINTS)
        if x1 <= score <= x2
    )


@vectors("sus.grade")
def test_grade(vector: dict[str, Any]) -> None:
    """Every border of the curved grading scale stands on its published side."""
    expected = vector["expected"]
    grade = sus_grade(vector["inputs"]["score"])
    assert grade == expected["grade"]
    assert SPANS[grade] == expected.get("percentile_band", SPANS[grade])


@vectors("sus.percentile")
def test_percentile(vector: dict[str, Any]) -> None:
    """Percentiles are the published points, and straight lines between them."""
    agrees(vector, percentile=percentile(vector["inputs"]["score"]))


def test_the_grade_between_its_ends() -> None:
    """SUS 69 is a C, its range of 62 to 77 reaches from D to B."""
    assert [sus_grade(score) for score in (69.4, 61.7, 77.1)] == ["C", "D", "B"]


@pytest.mark.parametrize("score", [-0.1, 100.1, float("nan")])
def test_off_the_scale_has_no_grade(score: float) -> None:
    """A number that is no SUS score is refused."""
    with pytest.raises(ValueError, match="a SUS score lies in 0 to 100"):
        sus_grade(score)


@given(SCORES, SCORES)
def test_better_is_never_lower(one: float, other: float) -> None:
    """A higher score has no lower grade."""
    low, high = (list(SPANS).index(sus_grade(score)) for score in sorted((one, other)))
    assert low <= high


def test_grade_and_percentile_agree() -> None:
    """The percentile of a printed score lies in its grade's span, but for what the two tables differ by."""
    for tenths in range(1001):
        low, high = map(int, SPANS[sus_grade(tenths / 10)].split("-"))
        assert low - 1.5 <= percentile(tenths / 10) <= high + 1.5
