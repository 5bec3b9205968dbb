"""The words for a side, a tone and a topic."""

from jobs.messages.wording.escaping import safe
from storage.records import Lens, Sentiment, Touchpoint

TONES = {
    Sentiment.POSITIVE: "positive",
    Sentiment.NEUTRAL: "neutral",
    Sentiment.NEGATIVE: "negative",
    Sentiment.UNSURE: "not sure",
    Sentiment.UNCLASSIFIED: "not read",
    Sentiment.EMPTY: "no words",
}
_TOPICS = {
    Touchpoint.PERFORMANCE: "speed",
    Touchpoint.PURCHASE: "buying",
    Touchpoint.OTHER: "something else",
}


def tone_word(sentiment: Sentiment | None) -> str:
    """The word for a tone; for a comment without a label it is "not read"."""
    return TONES[sentiment or Sentiment.UNCLASSIFIED]


def topic_word(touchpoint: Touchpoint) -> str:
    """The word for a topic."""
    return _TOPICS.get(touchpoint, touchpoint.value)


def side_words(lens: Lens, product: str) -> str:
    """The words for a side: "being a customer", "using Atlas"; safe in mrkdwn and in `text`."""
    return "being a customer" if lens is Lens.CX else f"using {safe(product)}"
