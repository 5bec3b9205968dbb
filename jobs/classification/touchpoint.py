"""What a comment is about: the lexicon's words first, a small model where they tie or are silent."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from jobs.classification.lexicon import Evidence, Lexicon
from jobs.classification.phrases import Stems
from storage.records import Lens, Touchpoint

MOST = 3
STEM_SCALE = 2.0
# What the model's log-odds count beside the lexicon's words, and how far they must lean where no word speaks.
# Measured on sides of unseen sets, see docs/model-card.md.
MODEL_SHARE = 0.4
SIDE_SHIFT = -0.2
ALONE = 0.15
BESIDE = 0.5  # a touchpoint with this share of the first one's evidence is named too


class TouchpointReader:
    """Ranks touchpoints by the lexicon's words and the model's weights of stems."""

    def __init__(self, lexicon: Lexicon, table: Mapping[str, Any]) -> None:
        self._lexicon = lexicon
        self._names = [Touchpoint(name) for name in table["names"]]
        self._intercept: Sequence[float] = table["intercept"]
        self._stems: Mapping[str, Sequence[int]] = table["stems"]
        self._step: float = table["step"]

    def read(self, stemmed: Stems) -> tuple[Touchpoint, ...]:
        """Up to three touchpoints, strongest first; `other` alone when there is no evidence."""
        evidence = self._lexicon.evidence(stemmed)
        customer_side, likely = self._model(stemmed)
        lean = self._lean(evidence, customer_side)
        side = Lens.CX if lean > 0 else Lens.UX
        words = _by_touchpoint(evidence)
        if not words and abs(lean) < ALONE:
            return (Touchpoint.OTHER,)
        strength = {name: words.get(name, 0.0) + MODEL_SHARE * likely[name] for name in words or likely}
        ranked = sorted(strength, key=lambda name: -strength[name])
        first = next((name for name in ranked if name.lens is side), None)
        if first is None:  # the words name the other side only, and the model outweighs them
            first = max((name for name in likely if name.lens is side), key=likely.__getitem__)
        beside = (name for name in ranked if name is not first and words.get(name, 0.0) >= BESIDE * words.get(first, 1.0))
        return (first, *beside)[:MOST] if words else (first,)

    def _lean(self, evidence: Sequence[Evidence], customer_side: float) -> float:
        """How much speaks for the customer side, less what speaks for the product side."""
        words = sum(weight if name.lens is Lens.CX else -weight for name, weight in evidence)
        return words + MODEL_SHARE * (customer_side + SIDE_SHIFT)

    def _model(self, stemmed: Stems) -> tuple[float, dict[Touchpoint, float]]:
        """The model's log-odds of the customer side, and its score of each touchpoint."""
        known = [row for stem in set(stemmed) if (row := self._stems.get(stem))]
        value = self._step * stem_value(len(known))
        side, *scores = (
            start + value * sum(column)
            for start, column in zip(self._intercept, zip(*known, strict=True) if known else self._none(), strict=True)
        )
        return side, dict(zip(self._names, scores, strict=True))

    def _none(self) -> list[tuple[int, ...]]:
        return [()] * len(self._intercept)


def stem_value(count: int) -> float:
    """What each of `count` known stems weighs."""
    return STEM_SCALE / math.sqrt(max(count, 1))


def _by_touchpoint(evidence: Sequence[Evidence]) -> dict[Touchpoint, float]:
    sums: dict[Touchpoint, float] = {}
    for name, weight in evidence:
        sums[name] = sums.get(name, 0.0) + weight
    return sums
