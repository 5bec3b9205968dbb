"""What a comment is about: the lexicon's words first, a small model where they tie or are silent."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from jobs.classification.lexicon import NAMED, Lexicon
from jobs.classification.model.findings import Findings
from storage.records import Lens, Touchpoint

MOST = 3
STEM_SCALE = 2.0
_SIDE = 0  # the column of the customer side in the model's rows; the touchpoints' follow
_CUSTOMER_SIDE = frozenset(place for place, name in enumerate(NAMED) if name.lens is Lens.CX)
_PRODUCT_SIDE = frozenset(place for place, name in enumerate(NAMED) if name.lens is Lens.UX)
_IN_ORDER = {side: sorted(side) for side in (_CUSTOMER_SIDE, _PRODUCT_SIDE)}
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
        self._step: float = table["step"]

    def read(self, found: Findings) -> tuple[Touchpoint, ...]:
        """Up to three touchpoints, strongest first; `other` alone when there is no evidence."""
        words = self._lexicon.evidence(found.stems, found.named) if found.named else {}
        first = _told(words)
        if first is None:
            first = self._likeliest(words, found)
        if first is None:
            return (Touchpoint.OTHER,)
        least = BESIDE * words.get(first, 0.0)
        beside = [place for place in words if place != first and words[place] >= least]
        if len(beside) > 1:
            beside.sort(key=lambda place: (-words[place], place))
        return tuple([NAMED[place] for place in (first, *beside)][:MOST])

    def _likeliest(self, words: Mapping[int, float], found: Findings) -> int | None:
        """The place for which words and model together speak most; None when neither says enough."""
        known = found.topics.values()
        value = self._step * stem_value(len(set(found.stems)))
        side = _agreed(words)
        if side is None:
            lean = (
                self._intercept[_SIDE]
                + self._balance * balance(words)
                + value * (found.beside + sum([row[_SIDE] for row in known]))
            )
            if abs(lean) < ALONE and max(words.values(), default=0.0) < CLEAR:
                return None
            side = _CUSTOMER_SIDE if lean > 0 else _PRODUCT_SIDE
        # Where no word speaks for this side, the model chooses among all its touchpoints.
        places = [place for place in words if place in side] or _IN_ORDER[side]
        if len(places) == 1:
            return places[0]
        return max(
            places,
            key=lambda place: (
                words.get(place, 0.0)
                + MODEL_SHARE * (self._intercept[place + 1] + value * sum([row[place + 1] for row in known]))
            ),
        )


def _agreed(words: Mapping[int, float]) -> frozenset[int] | None:
    """The side for which a strong word speaks and against which none does, None without such a side."""
    if not words or max(words.values()) < CLEAR:
        return None
    if _CUSTOMER_SIDE.isdisjoint(words):
        return _PRODUCT_SIDE
    return _CUSTOMER_SIDE if _PRODUCT_SIDE.isdisjoint(words) else None


def _told(words: Mapping[int, float]) -> int | None:
    """The place that needs no model: its side is agreed and it is a strong word ahead of the others."""
    if len(words) == 1:
        place, weight = next(iter(words.items()))
        return place if weight >= CLEAR else None
    if not words or _agreed(words) is None:
        return None
    second, first = sorted(words.values())[-2:]
    return max(words, key=words.__getitem__) if first - second >= CLEAR else None


def balance(words: Mapping[int, float]) -> float:
    """How the lexicon's words lean, from -1 (all product side) to 1 (all customer side)."""
    lean = sum([weight if place in _CUSTOMER_SIDE else -weight for place, weight in words.items()])
    return lean / (sum(words.values()) + _HALF_A_WORD)


def stem_value(count: int) -> float:
    """What each stem of a comment of `count` different stems weighs."""
    return STEM_SCALE / math.sqrt(max(count, 1))
