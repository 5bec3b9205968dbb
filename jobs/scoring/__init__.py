"""From responses to a score with its base and range, as far as the ladder lets it speak. Pure.

Not here: tests and ranges from totals (inference), how large a group must be (privacy), words (messages).
"""

from jobs.scoring.change import Change, compare
from jobs.scoring.estimate import bands_touched, class_counts, estimate
from jobs.scoring.grading import sus_grade
from jobs.scoring.response_score import Answer, latest_answers, response_score, straight_lined
from jobs.scoring.rounding import half_up, printed
from jobs.scoring.score import SCORE_FROM, Score, Stage, score_of

__all__ = [
    "SCORE_FROM",
    "Answer",
    "Change",
    "Score",
    "Stage",
    "bands_touched",
    "class_counts",
    "compare",
    "estimate",
    "half_up",
    "latest_answers",
    "printed",
    "response_score",
    "score_of",
    "straight_lined",
    "sus_grade",
]
