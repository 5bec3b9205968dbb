"""What the model of tone looks at: words and pairs of words, and a few measures of the whole comment.

The trainer and the classifier both come here, so that what is learnt is what is read.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

GRAM_SCALE = 4.0
MEASURES = (
    "polarity", "subjectivity", "no polarity", "balance", "praise", "blame", "last",
    "strongest praise", "strongest blame", "silent", "question", "exclaimed", "length", "short", "negated",
    "asking",
)  # fmt: skip
BEFORE, AFTER = 0.5, 1.5  # what a word counts before and after a "but"
_ASKING = frozenset(
    ["please", "pls", "plz", "should", "wish", "needs", "missing", "lacks", "add", "bring", "hope"]
)
_SHORT = 3
_NO_VALUES = [0.0]


class Placed(NamedTuple):
    """The tone of a word in its place.

    Where it stands, its valence in about [-2, 2], and TextBlob's polarity and subjectivity. A negation before
    the word turns valence and polarity round, "very" raises them.
    """

    at: int
    valence: float
    polarity: float
    subjectivity: float


def share(at: int, turn: int) -> float:
    """What the word at a place counts, where `turn` is the place of the last "but" (0 when there is none)."""
    if not turn:
        return 1.0
    return BEFORE if at < turn else AFTER


def gram_value(words: int) -> float:
    """What each gram of a text of so many words weighs: long comments do not shout louder than short ones."""
    return GRAM_SCALE / math.sqrt(max(2 * words, 1))


def measures(tokens: Sequence[str], under: Sequence[bool], placed: Sequence[Placed]) -> list[float]:
    """The numbers named in MEASURES."""
    polarities = [word.polarity for word in placed if word.polarity or word.subjectivity]
    known = len(polarities) or 1
    polarity = sum(polarities) / known
    values = [word.valence for word in placed if word.valence] or _NO_VALUES
    praise = sum([value for value in values if value > 0])
    blame = praise - sum(values)
    balance = praise - blame
    return [
        polarity,
        sum([word.subjectivity for word in placed]) / known,
        polarity == 0,
        balance / math.sqrt(balance * balance + 1),
        praise / (1 + praise),
        blame / (1 + blame),
        values[-1],
        max(0.0, *values),
        min(0.0, *values),
        not praise and not blame,
        "?" in tokens,
        "!" in tokens,
        math.log1p(len(tokens)) / 3,
        len(tokens) <= _SHORT,
        True in under,
        not _ASKING.isdisjoint(tokens),
    ]
