"""What the model of tone looks at: words and pairs of words, and a few measures of the whole comment.

The trainer and the classifier both come here, so that what is learnt is what is read.
"""

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise

from textblob.en import sentiment as word_list

from jobs.classification.tokens import CONTRASTS, negated

GRAM_SCALE = 4.0
MEASURES = (
    "textblob polarity", "textblob subjectivity", "textblob silent", "balance", "praise", "blame", "last",
    "strongest praise", "strongest blame", "silent", "question", "exclaimed", "length", "short", "negated",
)  # fmt: skip
_FLIP = -0.7
_BEFORE, _AFTER = 0.5, 1.5
_BOOST = 1.3
_BOOSTERS = frozenset(
    ["very", "really", "so", "extremely", "super", "too", "incredibly", "totally", "absolutely", "completely",
     "highly", "quite", "painfully", "far", "way", "such"]
)  # fmt: skip
_SHORT = 3
_TEXTBLOB_SHARE = 0.7


def grams(tokens: Sequence[str]) -> list[str]:
    """The distinct words, those under a negation marked with "!", and the distinct pairs of neighbours."""
    marked = ["!" + token if under else token for token, under in zip(tokens, negated(tokens), strict=True)]
    pairs = map(" ".join, pairwise(["^", *tokens]))
    return list(dict.fromkeys([*marked, *pairs]))


def gram_value(count: int) -> float:
    """What each of `count` grams weighs: long comments do not shout louder than short ones."""
    return GRAM_SCALE / math.sqrt(max(count, 1))


def valences(tokens: Sequence[str], valence: Mapping[str, float]) -> list[float]:
    """The tone of each token in its place, in about [-2, 2]: flipped by a negation, raised by "very" and
    after a "but", lowered before it."""
    found = []
    turn = max((at for at, token in enumerate(tokens) if token in CONTRASTS), default=-1)
    before = ""
    for at, (token, under) in enumerate(zip(tokens, negated(tokens), strict=True)):
        value = valence.get(token, 0.0)
        if value:
            if before in _BOOSTERS:
                value *= _BOOST
            if under:
                value *= _FLIP
            if turn > 0:
                value *= _BEFORE if at < turn else _AFTER
        found.append(value)
        before = token
    return found


def measures(tokens: list[str], placed: Sequence[float]) -> list[float]:
    """The numbers named in MEASURES, given the tokens and their `valences`."""
    polarity, subjectivity = word_list(tokens)
    praise = sum(value for value in placed if value > 0)
    blame = -sum(value for value in placed if value < 0)
    balance = praise - blame
    return [
        polarity,
        subjectivity,
        float(polarity == 0),
        balance / math.sqrt(balance * balance + 1),
        praise / (1 + praise),
        blame / (1 + blame),
        next((value for value in reversed(placed) if value), 0.0),
        max(placed, default=0.0) if praise else 0.0,
        min(placed, default=0.0) if blame else 0.0,
        float(not praise and not blame),
        float(any(token[0] == "?" for token in tokens)),
        float(any(token[0] == "!" for token in tokens)),
        math.log1p(len(tokens)) / 3,
        float(len(tokens) <= _SHORT),
        float(any(token in {"not", "n't", "no", "never"} for token in tokens)),
    ]
