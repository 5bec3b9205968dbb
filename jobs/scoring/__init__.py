"""From answers to rounds, and from rounds to a score with its base and range. Pure.

Not here: ranges and tests from totals (inference), when answers are counted together (privacy), words
(messages).
"""

from jobs.scoring.grading import sus_grade
from jobs.scoring.response_score import response_score, straight_lined
from jobs.scoring.score import Part, Score, score_of

__all__ = [
    "Part",
    "Score",
    "response_score",
    "score_of",
    "straight_lined",
    "sus_grade",
]
