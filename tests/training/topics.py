"""Learning the model of touchpoints: which words speak for which side and which touchpoint."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression

from jobs.classification.cleanup import plain
from jobs.classification.emoji import Emoji
from jobs.classification.lexicon import NAMED
from jobs.classification.phrases import Stems, stems
from jobs.classification.tokens import words
from jobs.classification.touchpoint import stem_value
from storage.records import Lens, Touchpoint
from tests.training.sets import Example

STRENGTH = 0.3
STEP = 0.01
SEEN = 2
# Words that are about nothing: what they would learn is chance.
_GRAMMAR = frozenset(
    ["the", "a", "an", "it", "is", "was", "were", "are", "be", "been", "being", "am", "i", "my", "me",
     "we", "our", "us", "you", "your", "they", "them", "their", "he", "she", "his", "her", "this", "that",
     "these", "those", "there", "here", "and", "or", "but", "if", "so", "as", "at", "by", "for", "from",
     "in", "of", "on", "to", "with", "not", "n't", "no", "do", "does", "did", "have", "has", "had", "will",
     "would", "can", "could", "should", "may", "might", "must", "very", "too", "just", "than", "then",
     "when", "what", "which", "who", "how", "why", "all", "any", "some", "more", "most"]
)  # fmt: skip
# Our own lines name the touchpoint; the sets of app reviews know only cost against the rest and have few of
# the former.
SET_WEIGHTS = {"aware_app": 0.1, "urr_app_stars": 0.2}
_AWARE = {
    "effectiveness": Touchpoint.FEATURES,
    "usability": Touchpoint.USABILITY,
    "efficiency": Touchpoint.PERFORMANCE,
    "reliability": Touchpoint.RELIABILITY,
    "cost": Touchpoint.BILLING,
    "UI": Touchpoint.DESIGN,
    "ERROR": Touchpoint.RELIABILITY,
    "BATTERY": Touchpoint.PERFORMANCE,
    "PERFORMANCE": Touchpoint.PERFORMANCE,
    "APP USABILITY": Touchpoint.USABILITY,
    "PRICE": Touchpoint.BILLING,
}
_EMOJI = Emoji.load()


class Topic(NamedTuple):
    """The stems of a text, its side, its touchpoint where known, and its weight."""

    stems: Stems
    side: Lens
    touchpoint: Touchpoint | None
    weight: float


def topics(own: Sequence[Example], sets: Mapping[str, Sequence[Example]]) -> list[Topic]:
    """What there is to learn from: our own lines that are not held out, and the sets that know a side."""
    found = [
        Topic(_stems(line.text), side, Touchpoint(line.topic), 1.0)
        for line in own
        if not line.held_out and (side := Touchpoint(line.topic).lens)
    ]
    for name, weight in SET_WEIGHTS.items():
        found += [
            Topic(_stems(row.text), Lens(row.side), _AWARE.get(row.topic), weight)
            for row in sets.get(name, ())
            if row.side in set(Lens)
        ]
    return found


def fit(lessons: Sequence[Topic]) -> dict[str, Any]:
    """The touchpoint part of the model file: a stem's weight for the customer side, then for each name."""
    counts = Counter(stem for lesson in lessons for stem in set(lesson.stems))
    index = {
        stem: at
        for at, stem in enumerate(
            sorted(stem for stem, n in counts.items() if n >= SEEN and len(stem) > 2 and stem not in _GRAMMAR)
        )
    }
    side = _fitted(lessons, index, [lesson.side is Lens.CX for lesson in lessons])
    named = [lesson for lesson in lessons if lesson.touchpoint]
    touchpoint = _fitted(
        named, index, [NAMED.index(lesson.touchpoint) for lesson in named if lesson.touchpoint]
    )
    rows = np.rint(np.vstack([side.coef_, touchpoint.coef_]) / STEP).astype(int).T
    return {
        "names": [str(name) for name in NAMED],
        "step": STEP,
        "intercept": [round(float(value), 3) for value in (*side.intercept_, *touchpoint.intercept_)],
        "stems": {stem: [int(value) for value in rows[at]] for stem, at in index.items() if rows[at].any()},
    }


def _fitted(lessons: Sequence[Topic], index: Mapping[str, int], classes: Sequence[int]) -> Any:
    cells = [
        (row, index[stem], stem_value(len(known)))
        for row, lesson in enumerate(lessons)
        if (known := sorted({stem for stem in lesson.stems if stem in index}))
        for stem in known
    ]
    rows, columns, values = zip(*cells, strict=True)
    x = sp.csr_matrix((values, (rows, columns)), shape=(len(lessons), len(index)))
    y, weights = np.array(classes), np.array([lesson.weight for lesson in lessons])
    for each in np.unique(y):
        weights[y == each] /= weights[y == each].sum()
    weights *= len(lessons) / weights.sum()
    return LogisticRegression(C=STRENGTH, max_iter=300).fit(x, y, sample_weight=weights)


def _stems(text: str) -> Stems:
    return stems(words(plain(text, _EMOJI)))
