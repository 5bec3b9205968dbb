"""The words for a side, a tone, a wish, a topic, and how somebody knows a product."""

from jobs.messages.wording.escaping import safe
from storage.records import Lens, Role, Sentiment, Touchpoint

TONES = {
    Sentiment.POSITIVE: "positive",
    Sentiment.NEUTRAL: "neutral",
    Sentiment.NEGATIVE: "negative",
    Sentiment.UNSURE: "not sure",
    Sentiment.UNCLASSIFIED: "not read",
    Sentiment.EMPTY: "no words",
}
ROLES = {
    Role.BUYS: "I choose or pay for it",
    Role.RUNS: "I run it for others",
    Role.USES: "I use it",
    Role.SEVERAL: "More than one of these",
}
"""How somebody knows a product, in their own words."""
PEOPLE_OF = {
    Role.BUYS: "buyers",
    Role.RUNS: "administrators",
    Role.USES: "users",
    Role.SEVERAL: "people with several roles",
    None: "people who have not told",
}
"""The people of a role."""
_TOPICS = {
    Touchpoint.PERFORMANCE: "speed",
    Touchpoint.PURCHASE: "buying",
    Touchpoint.OTHER: "something else",
}


def tone_word(sentiment: Sentiment | None) -> str:
    """The word for a tone; for a comment without a label it is "not read"."""
    return TONES[sentiment or Sentiment.UNCLASSIFIED]


def wish_word(*, is_wish: bool) -> str:
    """Whether a comment asks for something to be added or changed."""
    return "a wish" if is_wish else "no wish"


def topic_word(touchpoint: Touchpoint) -> str:
    """The word for a topic."""
    return _TOPICS.get(touchpoint, touchpoint.value)


def side_words(lens: Lens, product: str) -> str:
    """The words for a side: "being a customer", "using Atlas"; safe in mrkdwn and in `text`."""
    return "being a customer" if lens is Lens.CX else f"using {safe(product)}"
