"""From responses to a score with its base and range, as far as the ladder lets it speak. Pure."""

from jobs.privacy.group_rule import showable, smallest_group
from jobs.scoring.change import compare
from jobs.scoring.contribution import contributions
from jobs.scoring.estimate import bands_touched, class_counts, estimate
from jobs.scoring.grading import (
    sus_adjective,
    sus_equivalent,
    sus_grade,
    sus_percentile,
    sus_percentile_band,
)
from jobs.scoring.response_score import Answer, latest_answers, response_score, straight_lined
from jobs.scoring.rounding import half_up, printed
from jobs.scoring.score import Change, Score, Stage
from jobs.scoring.summary import score_of, summarize

__all__ = [
    "Answer",
    "Change",
    "Score",
    "Stage",
    "bands_touched",
    "class_counts",
    "compare",
    "contributions",
    "estimate",
    "half_up",
    "latest_answers",
    "printed",
    "response_score",
    "score_of",
    "showable",
    "smallest_group",
    "straight_lined",
    "summarize",
    "sus_adjective",
    "sus_equivalent",
    "sus_grade",
    "sus_percentile",
    "sus_percentile_band",
]
