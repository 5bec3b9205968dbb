"""What is shown of a group that is nearly all of one kind."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.privacy.clip_rule import (
    ClippedRange,
    clipped_range,
    clipped_score,
    items_may_be_shown,
    stand_in_histogram,
)


@pytest.mark.parametrize(
    "histogram,clipped",
    [
        ({100: 10}, 100),
        ({100: 9, 0: 1}, 100),
        ({100: 8, 0: 1, -100: 1}, 100),
        ({100: 7, 0: 3}, None),
        ({100: 7, 0: 2, -100: 1}, None),
        ({100: 1, 0: 1, -100: 8}, -100),
        ({0: 12, -100: 2}, 0),
        ({100: 3, 0: 7}, None),
        ({100: 2, 0: 8}, 0),
        ({}, None),
    ],
)
def test_all_but_two_or_fewer(histogram: dict[float, int], clipped: float | None) -> None:
    """A score that n - 2, n - 1 or all gave is clipped; n - 3 is not."""
    assert clipped_score(histogram) == clipped


@pytest.mark.parametrize(
    "n,score,scale,between",
    [
        (20, 100, (-100, 100), ClippedRange(80, None)),  # NPS, 9 or 10: the hidden two chose 0 to 6
        (20, -100, (-100, 100), ClippedRange(None, -80)),
        (20, 0, (-100, 100), ClippedRange(-10, 10)),
        (20, 100, (0, 100), ClippedRange(90, None)),  # a share
        (20, 0, (0, 100), ClippedRange(None, 10)),
        (20, 50, (0, 100), ClippedRange(45, 55)),  # a mean
        (10, 7, (1, 7), ClippedRange(5.8, None)),
    ],
)
def test_where_the_score_lies(
    n: int, score: float, scale: tuple[float, float], between: ClippedRange
) -> None:
    """The hidden two are taken at the worst and at the best there is; an end of the scale has one bound."""
    found = clipped_range(n, score, lowest=scale[0], highest=scale[1])
    assert found.low == pytest.approx(between.low)
    assert found.high == pytest.approx(between.high)


@given(
    st.integers(10, 30),
    st.sampled_from([-100, 0, 100]),
    st.lists(st.sampled_from([-100, 0, 100]), min_size=2, max_size=2),
)
def test_the_bounds_are_true(n: int, score: int, hidden: list[int]) -> None:
    """Whatever the hidden two gave, the score of the round lies within what is said."""
    mean = math.fsum([*[score] * (n - 2), *hidden]) / n
    low, high = clipped_range(n, score, lowest=-100, highest=100)
    assert low is None or low <= mean + 1e-9
    assert high is None or high >= mean - 1e-9


def test_what_stands_in() -> None:
    """In a sum a clipped round is n - 1 alike and one stand-in, or n where the stand-in is like them."""
    assert stand_in_histogram(20, 100, other=-100) == {100: 19, -100: 1}
    assert stand_in_histogram(20, -100, other=-100) == {-100: 20}


@pytest.mark.parametrize(
    "items,shown",
    [
        ([{5: 4, 6: 6}, {2: 3, 7: 7}], True),
        ([{5: 4, 6: 6}, {2: 2, 7: 8}], False),
        ([{5: 10}, {2: 3, 7: 7}], False),
        ([], True),
    ],
)
def test_items(items: list[dict[int, int]], *, shown: bool) -> None:
    """Items are shown where on neither all but two or fewer chose one point."""
    assert items_may_be_shown(items) is shown
