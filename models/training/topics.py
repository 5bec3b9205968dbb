"""Learning the model of touchpoints: which words speak for which side and which touchpoint."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression

from jobs.classification.lexicon import NAMED, Lexicon
from jobs.classification.touchpoint import balance, stem_value
from jobs.classification.words.cleanup import plain
from jobs.classification.words.emoji import Emoji
from jobs.classification.words.phrases import Stems, stems
from jobs.classification.words.tokens import words
from models.training.readings import of
from models.training.sets import Example
from storage.records import Lens, Touchpoint

STRENGTH, SIDE_STRENGTH = 0.3, 1.0  # inverses of the penalties on weights
SIDE_SHIFT = -0.3  # in most feedback the product side is the likelier one
STEP = 0.05
SEEN = 2
SHORTEST = 2
LOUD = 5.0  # the lexicon's balance is penalised less than a word that the model has to learn
SMALLEST = 5  # a weight of fewer steps is left out
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

    stems: Stems
    balance: float
    touchpoint: Touchpoint

    @property
    def grams(self) -> list[str]:
        """Its different stems, and its pairs of neighbours."""
        return [*sorted(set(self.stems)), *map(" ".join, pairwise(self.stems))]


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
    return Topic(found, balance(_LEXICON.evidence(found)), touchpoint)


def fit(lessons: Sequence[Topic]) -> dict[str, Any]:
    """The touchpoint part of the model file.

    A stem's weight for the customer side, then for each name; a pair's for the customer side only. The names
    are those of the touchpoints that a text is about.
    """
    counts = Counter(gram for lesson in lessons for gram in set(lesson.grams))
    kept = sorted(gram for gram, n in counts.items() if n >= SEEN and _tells(gram))
    index = {gram: at for at, gram in enumerate(kept)}
    stems_only = {gram: at for at, gram in enumerate(gram for gram in kept if " " not in gram)}
    side = _fitted(lessons, index, [lesson.touchpoint.lens is Lens.CX for lesson in lessons], SIDE_STRENGTH)
    about = {lesson.touchpoint for lesson in lessons}
    names: list[Touchpoint] = [name for name in NAMED if name in about]
    named = _fitted(lessons, stems_only, [names.index(lesson.touchpoint) for lesson in lessons], STRENGTH)
    return {
        "names": [str(name) for name in names],
        "step": STEP,
        "balance": round(LOUD * float(side.coef_[0, -1]), 3),
        "intercept": [
            round(float(side.intercept_[0]) + SIDE_SHIFT, 3),
            *(round(float(value), 3) for value in named.intercept_),
        ],
        "stems": _rows(index, _steps(side.coef_[0]), stems_only, _steps(named.coef_)),
        "pairs": _pairs(index, _steps(side.coef_[0])),
    }


def _tells(gram: str) -> bool:
    """Whether a stem or pair can be about something."""
    return len(gram) > SHORTEST and gram not in _GRAMMAR


def _steps(weights: Any, smallest: int = SMALLEST) -> Any:
    """Weights as whole numbers of a step, those that hardly weigh as 0."""
    steps = np.rint(weights / STEP).astype(int)
    return steps * (abs(steps) >= smallest)


def _rows(index: Mapping[str, int], side: Any, stems_only: Mapping[str, int], named: Any) -> dict[str, Any]:
    """The table of stems, without those that weigh nothing."""
    rows = {stem: [int(side[index[stem]]), *map(int, named[:, at])] for stem, at in stems_only.items()}
    return {stem: row for stem, row in rows.items() if any(row)}


def _pairs(index: Mapping[str, int], side: Any) -> dict[str, dict[str, int]]:
    """The table of pairs, by their first stem."""
    pairs: dict[str, dict[str, int]] = {}
    for gram, at in index.items():
        first, _, second = gram.partition(" ")
        if second and side[at]:
            pairs.setdefault(first, {})[second] = int(side[at])
    return pairs


def _fitted(
    lessons: Sequence[Topic], index: Mapping[str, int], classes: Sequence[int], strength: float
) -> Any:
    """A regression on grams and, last, the lexicon's balance; each class has the same total weight."""
    cells = [
        (row, index[gram], stem_value(len(set(lesson.stems))))
        for row, lesson in enumerate(lessons)
        for gram in lesson.grams
        if gram in index
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
