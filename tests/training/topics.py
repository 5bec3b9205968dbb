"""Learning the model of touchpoints: which words speak for which side and which touchpoint."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression

from jobs.classification.cleanup import plain
from jobs.classification.emoji import Emoji
from jobs.classification.lexicon import NAMED, Lexicon
from jobs.classification.phrases import stems
from jobs.classification.tokens import words
from jobs.classification.touchpoint import balance, stem_value
from storage.records import Lens, Touchpoint
from tests.training.readings import of
from tests.training.sets import Example

STRENGTH, SIDE_STRENGTH = 0.3, 0.5  # inverses of the penalties on weights
SIDE_SHIFT = -0.3  # in most feedback the product side is the likelier one
STEP = 0.01
SEEN = 4
SHORTEST = 2
LOUD = 5.0  # the lexicon's balance is penalised less than a word that the model has to learn
SMALLEST = 15  # a weight of fewer steps is left out
# Words that are about nothing: what they would learn is chance.
_GRAMMAR = frozenset(
    ["the", "a", "an", "it", "is", "was", "were", "are", "be", "been", "being", "am", "i", "my", "me",
     "we", "our", "us", "you", "your", "they", "them", "their", "he", "she", "his", "her", "this", "that",
     "these", "those", "there", "here", "and", "or", "but", "if", "so", "as", "at", "by", "for", "from",
     "in", "of", "on", "to", "with", "not", "n't", "no", "do", "does", "did", "have", "has", "had", "will",
     "would", "can", "could", "should", "may", "might", "must", "very", "too", "just", "than", "then",
     "when", "what", "which", "who", "how", "why", "all", "any", "some", "more", "most"]
)  # fmt: skip
_LEXICON = Lexicon.load()
_EMOJI = Emoji.load()


class Topic(NamedTuple):
    """The stems of a text, how the lexicon's words in it lean, and what it is about."""

    stems: frozenset[str]
    balance: float
    touchpoint: Touchpoint


def topics(own: Sequence[Example], sets: Mapping[str, Sequence[Example]]) -> list[Topic]:
    """What there is to learn from: our own lines that are not held out, and the texts that were read."""
    about = [(line.text, Touchpoint(line.topic)) for line in own if not line.held_out]
    about += [
        (row.text, reading.touchpoints[0])
        for rows in sets.values()
        for row in rows
        if (reading := of(row.text))
    ]
    return [_topic(text, touchpoint) for text, touchpoint in about if touchpoint.lens]


def _topic(text: str, touchpoint: Touchpoint) -> Topic:
    found = stems(words(plain(text, _EMOJI)))
    return Topic(frozenset(found), balance(_LEXICON.evidence(found)), touchpoint)


def fit(lessons: Sequence[Topic]) -> dict[str, Any]:
    """The touchpoint part of the model file: a stem's weights for the customer side, and for each name."""
    counts = Counter(stem for lesson in lessons for stem in lesson.stems)
    kept = sorted(stem for stem, n in counts.items() if n >= SEEN and _tells(stem))
    index = {stem: at for at, stem in enumerate(kept)}
    side = _fitted(lessons, index, [lesson.touchpoint.lens is Lens.CX for lesson in lessons], SIDE_STRENGTH)
    named = _fitted(lessons, index, [NAMED.index(lesson.touchpoint) for lesson in lessons], STRENGTH)
    return {
        "names": [str(name) for name in NAMED],
        "step": STEP,
        "balance": round(LOUD * float(side.coef_[0, -1]), 3),
        "intercept": [
            round(float(side.intercept_[0]) + SIDE_SHIFT, 3),
            *(round(float(value), 3) for value in named.intercept_),
        ],
        "stems": _rows(kept, np.vstack([side.coef_[:, :-1], named.coef_[:, :-1]])),
    }


def _tells(stem: str) -> bool:
    """Whether a stem can be about something."""
    return len(stem) > SHORTEST and stem not in _GRAMMAR


def _rows(kept: Sequence[str], weights: Any) -> dict[str, list[int]]:
    """Weights by stem as whole numbers of a step; those that hardly weigh are 0, and stems without any go."""
    steps = np.rint(weights / STEP).astype(int).T
    steps *= abs(steps) >= SMALLEST
    return {stem: list(map(int, row)) for stem, row in zip(kept, steps, strict=True) if row.any()}


def _fitted(
    lessons: Sequence[Topic], index: Mapping[str, int], classes: Sequence[int], strength: float
) -> Any:
    """A regression on stems and, last, the lexicon's balance; each class has the same total weight."""
    cells = [
        (row, index[stem], stem_value(len(lesson.stems)))
        for row, lesson in enumerate(lessons)
        for stem in sorted(lesson.stems)
        if stem in index
    ]
    rows, columns, values = zip(*cells, strict=True)
    x = sp.hstack(
        [
            sp.csr_matrix((values, (rows, columns)), shape=(len(lessons), len(index))),
            sp.csr_matrix([[LOUD * lesson.balance] for lesson in lessons]),
        ]
    ).tocsr()
    y = np.array(classes, dtype=int)
    weights = 1 / np.bincount(y)[y]
    weights *= len(lessons) / weights.sum()
    return LogisticRegression(C=strength, max_iter=400).fit(x, y, sample_weight=weights)
