"""What people see for a side, a tone and a topic."""

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
    """A tone as people read it; what is not classified yet is not read."""
    return TONES[sentiment or Sentiment.UNCLASSIFIED]


def topic_word(touchpoint: Touchpoint) -> str:
    """A topic as people read it."""
    return _TOPICS.get(touchpoint, touchpoint.value)


def side_words(lens: Lens, product: str) -> str:
    """A side by name: "being a customer", "using Atlas"; safe in mrkdwn and in `text`."""
    return "being a customer" if lens is Lens.CX else f"using {safe(product)}"
