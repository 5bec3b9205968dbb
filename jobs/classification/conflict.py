"""A comment whose tone speaks against its own rating: to be looked at, never a reason to change either."""

from jobs.instruments.instrument import AnswerClass
from storage.records import Sentiment

_OPPOSITES = {
    (Sentiment.POSITIVE, AnswerClass.UNFAVOURABLE),
    (Sentiment.NEGATIVE, AnswerClass.FAVOURABLE),
}


def in_conflict(sentiment: Sentiment | None, answer: AnswerClass) -> bool:
    """Whether a clearly positive comment came with an unfavourable answer, or the reverse.

    Often the scale was read backwards or the classifier erred; a tone that is unsure or neutral is no
    conflict.
    """
    return (sentiment, answer) in _OPPOSITES
