import pytest

from jobs.classification.conflict import in_conflict
from jobs.instruments.instrument import AnswerClass
from storage.records import Sentiment


@pytest.mark.parametrize(
    "sentiment,answer,expected",
    [
        (Sentiment.POSITIVE, AnswerClass.UNFAVOURABLE, True),
        (Sentiment.NEGATIVE, AnswerClass.FAVOURABLE, True),
        (Sentiment.POSITIVE, AnswerClass.FAVOURABLE, False),
        (Sentiment.NEUTRAL, AnswerClass.UNFAVOURABLE, False),
        (Sentiment.UNSURE, AnswerClass.FAVOURABLE, False),
        (None, AnswerClass.FAVOURABLE, False),
    ],
)
def test_only_opposites_are_in_conflict(
    sentiment: Sentiment | None,
    answer: AnswerClass,
    expected: bool,  # noqa: FBT001 - a table's column
) -> None:
    """Praise with an unfavourable answer, or blame with a favourable one; nothing else."""
    assert in_conflict(sentiment, answer) is expected
