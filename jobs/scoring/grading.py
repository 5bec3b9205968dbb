"""What a SUS score means beside other products. Pure. The scale grades products, not single people.

Sauro and Lewis (2016), Quantifying the User Experience, 2nd edition: curved grading scale. Percentile anchors
as in R's mcotear::sus_to_percentile; adjectives by MeasuringU after Bangor, Kortum and Miller (2009).
"""

from bisect import bisect_right
from itertools import pairwise

from jobs.scoring.rounding import half_up

_GRADES = (  # from which score on, grade, percentiles of products
    (0.0, "F", "0-14"),
    (51.7, "D", "15-34"),
    (62.7, "C-", "35-40"),
    (65.0, "C", "41-59"),
    (71.1, "C+", "60-64"),
    (72.6, "B-", "65-69"),
    (74.1, "B", "70-79"),
    (77.2, "B+", "80-84"),
    (78.9, "A-", "85-89"),
    (80.8, "A", "90-95"),
    (84.1, "A+", "96-100"),
)
_ADJECTIVES = (
    (0.0, "Worst imaginable"),
    (25.1, "Poor"),
    (51.7, "OK"),
    (71.1, "Good"),
    (80.8, "Excellent"),
    (84.1, "Best imaginable"),
)
_PERCENTILES = (
    *(
        (0, 0),
        (5, 0.3),
        (10, 0.4),
        (15, 0.7),
        (20, 1),
        (25, 1.5),
        (30, 2),
        (35, 4),
        (40, 6),
        (45, 8),
        (50, 13),
    ),
    *((55, 19), (60, 29), (65, 41), (66, 44), (67, 47), (68, 50), (69, 53), (70, 56), (71, 60), (72, 63)),
    *((73, 67), (74, 70), (75, 73), (76, 77), (77, 80), (78, 83), (79, 86), (80, 88), (85, 97), (90, 99.8)),
    *((95, 99.999), (100, 100)),
)


def sus_grade(score: float) -> str:
    """The grade of a product's SUS score, "A+" to "F"; ValueError off 0 to 100."""
    return _GRADES[_place(score, [start for start, _, _ in _GRADES])][1]


def sus_percentile_band(score: float) -> str:
    """The percentiles of products that its grade spans: "41-59"; ValueError off 0 to 100."""
    return _GRADES[_place(score, [start for start, _, _ in _GRADES])][2]


def sus_adjective(score: float) -> str:
    """The adjective for a product's SUS score; ValueError off 0 to 100.

    For small print only: "OK" averages an F.
    """
    return _ADJECTIVES[_place(score, [start for start, _ in _ADJECTIVES])][1]


def sus_percentile(score: float) -> float:
    """The percentage of products with a lower SUS score, by straight lines between published points.

    Raises ValueError off 0 to 100.
    """
    for (x1, y1), (x2, y2) in pairwise(_PERCENTILES):
        if x1 <= score <= x2:
            return y1 + (y2 - y1) * (score - x1) / (x2 - x1)
    raise ValueError(f"a SUS score lies in 0 to 100: {score}")


def sus_equivalent(umux_lite: float) -> float:
    """The SUS score, 22.9 to 87.9, that a UMUX-Lite score of 0 to 100 stands for.

    Lewis, Utesch and Maher (2013). It is a regression: it draws high and low scores to the middle.
    """
    return 0.65 * umux_lite + 22.9


def _place(score: float, starts: list[float]) -> int:
    """Which step of a scale a score stands on, rounded half up to a tenth first, as the scale is printed."""
    if not 0 <= score <= 100:  # noqa: PLR2004 (the scale of SUS)
        raise ValueError(f"a SUS score lies in 0 to 100: {score}")
    return bisect_right(starts, float(half_up(score, 1))) - 1
