"""What a SUS score means beside other products. Pure.

Sauro and Lewis (2016), Quantifying the User Experience, 2nd edition: curved grading scale. The scale grades
products, not single people.
"""

from bisect import bisect_right

from jobs.instruments import half_up

_GRADES = (  # from which score on, and the grade
    (0.0, "F"),
    (51.7, "D"),
    (62.7, "C-"),
    (65.0, "C"),
    (71.1, "C+"),
    (72.6, "B-"),
    (74.1, "B"),
    (77.2, "B+"),
    (78.9, "A-"),
    (80.8, "A"),
    (84.1, "A+"),
)


def sus_grade(score: float) -> str:
    """The grade of a product's SUS score, "A+" to "F"; raises ValueError off 0 to 100.

    The score is rounded half up to a tenth first, as the scale is printed.
    """
    if not 0 <= score <= 100:  # noqa: PLR2004 (the scale of SUS)
        raise ValueError(f"a SUS score lies in 0 to 100: {score}")
    return _GRADES[bisect_right([start for start, _ in _GRADES], float(half_up(score, 1))) - 1][1]
