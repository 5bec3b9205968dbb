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
_CUSTOMER_SIDE = frozenset(place for place, name in enumerate(NAMED) if name.lens is Lens.CX)
_PRODUCT_SIDE = frozenset(place for place, name in enumerate(NAMED) if name.lens is Lens.UX)
# What the model's log-odds count among touchpoints of one side, and how far they must lean to a side where no
# strong word speaks. Measured on sides of unseen sets, see docs/model-card.md.
MODEL_SHARE = 0.4
ALONE = 0.9
CLEAR = 1.0  # a strong word: one touchpoint that has one needs no model
BESIDE = 0.5  # a touchpoint with this share of the first one's evidence is named too
_HALF_A_WORD = 0.5


class TouchpointReader:
    """Ranks touchpoints by the lexicon's words and the model's weights of stems and pairs of stems.

    Touchpoints are numbers in here, their places in NAMED: an enum's members are slow to look up.
    """

    def __init__(self, lexicon: Lexicon, table: Mapping[str, Any]) -> None:
        if tuple(table["names"]) != NAMED:
            raise ValueError("the model was trained for other touchpoints")
        self._lexicon = lexicon
        self._intercept: Sequence[float] = table["intercept"]
        self._balance: float = table["balance"]
        self._stems: Mapping[str, Sequence[int]] = table["stems"]
        self._pairs: Mapping[str, Mapping[str, int]] = table["pairs"]
        self._step: float = table["step"]
        self._nothing = [0] * len(self._intercept)

    def read(self, stemmed: Stems) -> tuple[Touchpoint, ...]:
        """Up to three touchpoints, strongest first; `other` alone when there is no evidence."""
        words = self._lexicon.evidence(stemmed)
        if len(words) == 1:
            place, weight = next(iter(words.items()))
            if weight >= CLEAR:
                return (NAMED[place],)
        different = set(stemmed)
        value = self._step * stem_value(len(different))
        known = [self._stems[stem] for stem in different if stem in self._stems]
        lean = self._lean(words, stemmed, known, value)
        if abs(lean) < ALONE and max(words.values(), default=0.0) < CLEAR:
            return (Touchpoint.OTHER,)
        side = _CUSTOMER_SIDE if lean > 0 else _PRODUCT_SIDE
        # Where no word speaks for this side, the model chooses among all its touchpoints.
        first = self._strongest(
            [place for place in words if place in side] or sorted(side), words, known, value
        )
        least = BESIDE * words.get(first, 0.0)
        beside = [place for place in words if place != first and words[place] >= least]
        if len(beside) > 1:
            beside.sort(key=lambda place: (-words[place], place))
        return tuple([NAMED[place] for place in (first, *beside)][:MOST])

    def _lean(
        self, words: Mapping[int, float], stemmed: Stems, known: Sequence[Sequence[int]], value: float
    ) -> float:
        """The log-odds of the customer side."""
        pairs = self._pairs
        firsts = [at for at, stem in enumerate(stemmed[:-1], 1) if stem in pairs]
        neighbours = sum([pairs[stemmed[at - 1]].get(stemmed[at], 0) for at in firsts])
        return (
            self._intercept[_SIDE]
            + self._balance * balance(words)
            + value * (neighbours + sum([row[_SIDE] for row in known]))
        )

    def _strongest(
        self, places: Sequence[int], words: Mapping[int, float], known: Sequence[Sequence[int]], value: float
    ) -> int:
        """The place for which words and model together speak most."""
        if len(places) == 1:
            return places[0]
        ranked = sorted([(words.get(place, 0.0), place) for place in places], reverse=True)
        if ranked[0][0] - ranked[1][0] >= CLEAR:
            return ranked[0][1]
        sums = list(map(sum, zip(*known, strict=True))) or self._nothing
        return max(
            places,
            key=lambda place: (
                words.get(place, 0.0) + MODEL_SHARE * (self._intercept[place + 1] + value * sums[place + 1])
            ),
        )


def balance(words: Mapping[int, float]) -> float:
    """How the lexicon's words lean, from -1 (all product side) to 1 (all customer side)."""
    lean = sum([weight if place in _CUSTOMER_SIDE else -weight for place, weight in words.items()])
    return lean / (sum(words.values()) + _HALF_A_WORD)


def stem_value(count: int) -> float:
    """What each stem of a comment of `count` different stems weighs."""
    return STEM_SCALE / math.sqrt(max(count, 1))
