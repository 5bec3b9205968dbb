"""What a comment is about: the lexicon's words first, a small model where they tie or are silent."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from jobs.classification.lexicon import NAMED, Lexicon
from jobs.classification.phrases import Stems
from storage.records import Lens, Touchpoint

MOST = 3
STEM_SCALE = 2.0
_SIDE = 0  # the column of the customer side in the model's rows; the touchpoints' follow
_CUSTOMER_SIDE = [place for place, name in enumerate(NAMED) if name.lens is Lens.CX]
_PRODUCT_SIDE = [place for place, name in enumerate(NAMED) if name.lens is Lens.UX]
# What the model's log-odds count beside the lexicon's words, and how far they must lean where no word speaks.
# Measured on sides of unseen sets, see docs/model-card.md.
MODEL_SHARE = 0.4
SIDE_SHIFT = -0.2
ALONE = 0.15
CLEAR = 1.0  # one touchpoint with a strong word needs no model
BESIDE = 0.5  # a touchpoint with this share of the first one's evidence is named too


class TouchpointReader:
    """Ranks touchpoints by the lexicon's words and the model's weights of stems.

    Touchpoints are numbers in here, their places in NAMED: an enum's members are slow to look up.
    """

    def __init__(self, lexicon: Lexicon, table: Mapping[str, Any]) -> None:
        if tuple(table["names"]) != NAMED:
            raise ValueError("the model was trained for other touchpoints")
        self._lexicon = lexicon
        self._intercept: Sequence[float] = table["intercept"]
        self._stems: Mapping[str, Sequence[int]] = table["stems"]
        self._step: float = table["step"]

    def read(self, stemmed: Stems) -> tuple[Touchpoint, ...]:
        """Up to three touchpoints, strongest first; `other` alone when there is no evidence."""
        words = self._lexicon.evidence(stemmed)
        lean = sum([weight if place in _CUSTOMER_SIDE else -weight for place, weight in words.items()])
        if len(words) == 1 and abs(lean) >= CLEAR:
            return (NAMED[next(iter(words))],)
        known = [self._stems[stem] for stem in set(stemmed) if stem in self._stems]
        lean += MODEL_SHARE * (self._score(_SIDE, known) + SIDE_SHIFT)
        if not words and (not known or abs(lean) < ALONE):
            return (Touchpoint.OTHER,)
        side = _CUSTOMER_SIDE if lean > 0 else _PRODUCT_SIDE
        # Where no word speaks for this side, the model chooses among all its touchpoints.
        first = self._strongest([place for place in words if place in side] or side, words, known)
        least = BESIDE * words.get(first, 0.0)
        beside = [place for place in words if place != first and words[place] >= least]
        if len(beside) > 1:
            beside.sort(key=lambda place: (-words[place], place))
        return tuple([NAMED[place] for place in (first, *beside)][:MOST])

    def _strongest(
        self, places: Sequence[int], words: Mapping[int, float], known: Sequence[Sequence[int]]
    ) -> int:
        """The place for which words and model together speak most."""
        if len(places) == 1:
            return places[0]
        ranked = sorted([(words.get(place, 0.0), place) for place in places], reverse=True)
        if ranked[0][0] - ranked[1][0] >= CLEAR:
            return ranked[0][1]
        return max(
            places, key=lambda place: words.get(place, 0.0) + MODEL_SHARE * self._score(place + 1, known)
        )

    def _score(self, column: int, known: Sequence[Sequence[int]]) -> float:
        """The model's log-odds in one column, for the stems that it knows."""
        return self._intercept[column] + self._step * stem_value(len(known)) * sum(
            [row[column] for row in known]
        )


def stem_value(count: int) -> float:
    """What each of `count` known stems weighs."""
    return STEM_SCALE / math.sqrt(max(count, 1))
