"""What is shown of a group that is nearly all of one kind. Pure.

If all but two or fewer gave one score, a member of the group could work out from the exact counts what the
others gave. So such a round is clipped: it says which score, and that all but two or fewer gave it. "Score"
is the score as scored: 100, 0 or -100 for NPS, 100 (favourable) or 0 (not) for a share, each person's own
score for a mean.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeVar

Point = TypeVar("Point", bound=float)

HIDDEN = 2
"""How many people of a clipped round may have given another score."""


class ClippedRange(NamedTuple):
    """Where the score of a clipped round lies: "`low` or more", "`high` or less", or between the two.

    To stay true in print, `low` is rounded down and `high` up.
    """

    low: float | None
    high: float | None


def clipped_score(histogram: Mapping[Point, int]) -> Point | None:
    """The score that all but two or fewer gave; None where there is none, so that the counts may be shown."""
    if not histogram:
        return None
    most = max(histogram, key=lambda score: (histogram[score], score))
    return most if histogram[most] >= sum(histogram.values()) - HIDDEN else None


def clipped_range(n: int, score: float, *, lowest: float, highest: float) -> ClippedRange:
    """Where the mean of `n` scores lies when at least n - 2 are `score`, on a scale from lowest to highest.

    The two who are hidden are taken at the worst and at the best score there is. At an end of the scale only
    one bound says something: "+80 or more", or "-80 or less".
    """
    alike = (n - HIDDEN) * score
    low, high = ((alike + HIDDEN * end) / n for end in (lowest, highest))
    return ClippedRange(low if score > lowest else None, high if score < highest else None)


def stand_in_histogram(n: int, score: float, *, other: float) -> dict[float, int]:
    """What a clipped round counts as in a sum: n - 1 people at its score, and one stand-in at `other`."""
    return {score: n} if score == other else {score: n - 1, other: 1}


def items_may_be_shown(items: Sequence[Mapping[int, int]]) -> bool:
    """Whether the points of every item may be shown: on none did all but two or fewer choose one point."""
    return all(clipped_score(item) is None for item in items)
