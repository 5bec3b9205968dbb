"""One person's answers as a number."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.instruments import INSTRUMENTS
from jobs.scoring.response_score import response_score, straight_lined
from tests.jobs.vectors import agrees, vectors

SUS, UMUX_LITE, NPS = INSTRUMENTS["sus"], INSTRUMENTS["umux_lite"], INSTRUMENTS["nps"]
SUS_SHEETS = st.fixed_dictionaries({item: st.integers(1, 5) for item in range(1, 11)})


def answered(items: list[int | None]) -> dict[int, int]:
    """Points by item, without the items that were left out."""
    return {item: point for item, point in enumerate(items, start=1) if point is not None}


@vectors("sus.score")
def test_sus(vector: dict[str, Any]) -> None:
    """A SUS sheet has the published score; off the scale it has none, but an error."""
    points = answered(vector["inputs"]["items"])
    if "error" in vector["expected"]:
        with pytest.raises(ValueError, match="SUS has no point"):
            response_score(SUS, points)
        return
    score = response_score(SUS, points)
    assert score is not None
    agrees(vector, score=score)


@vectors("umux.score")
def test_umux_lite(vector: dict[str, Any]) -> None:
    """UMUX-Lite has the published raw score and SUS equivalent, and needs both statements."""
    inputs = vector["inputs"]
    raw = response_score(UMUX_LITE, answered([inputs["capabilities"], inputs["ease"]]))
    if vector["expected"]["raw"] is None:
        assert raw is None
        return
    assert raw is not None
    agrees(vector, raw=raw, sus_equiv=0.65 * raw + 22.9)  # Lewis, Utesch and Maher (2013)


def test_sus_may_miss_one_statement() -> None:
    """One missing statement is made up for, two are not."""
    full = {item: 4 if item % 2 else 2 for item in range(1, 11)}
    one_less = {item: point for item, point in full.items() if item != 5}
    two_less = {item: point for item, point in one_less.items() if item != 6}
    assert response_score(SUS, full) == response_score(SUS, one_less) == 75
    assert response_score(SUS, two_less) is None


@pytest.mark.parametrize("points", [{1: 11}, {1: -1}, {2: 5}, {0: 5}, {1: 5, 2: 5}, {1: True}])
def test_off_the_scale_is_an_error(points: dict[int, int]) -> None:
    """A point or an item that NPS does not have raises ValueError."""
    with pytest.raises(ValueError, match="NPS has no point"):
        response_score(NPS, points)


def test_no_points_is_no_score() -> None:
    """Who left everything out has no score, not zero."""
    assert response_score(NPS, {}) is None


@given(SUS_SHEETS)
def test_turning_a_sheet_turns_its_score(points: dict[int, int]) -> None:
    """A score lies on 0 to 100, and the opposite answers give 100 less that score."""
    score = response_score(SUS, points)
    opposite = response_score(SUS, {item: 6 - point for item, point in points.items()})
    assert score is not None
    assert opposite is not None
    assert 0 <= score <= 100
    assert score + opposite == pytest.approx(100)


def test_a_straight_line() -> None:
    """One point for ten statements of which half are reversed is flagged; in other forms it is an opinion."""
    line = dict.fromkeys(range(1, 11), 4)
    assert straight_lined(SUS, line)
    assert response_score(SUS, line) == 50
    assert not straight_lined(SUS, line | {3: 5})
    assert not straight_lined(UMUX_LITE, {1: 7, 2: 7})
    assert not straight_lined(NPS, {1: 9})
