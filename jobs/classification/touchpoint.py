"""What a comment is about: the lexicon first, a small model where its words tie or are silent."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from jobs.classification.lexicon import Evidence, Lexicon
from jobs.classification.phrases import Stems
from storage.records import Touchpoint

MOST = 3
# How much a strong word of the lexicon counts beside the model's log-odds, and how sure the model must be where no
# word of the lexicon speaks.
WORD = 2.0
ALONE = 0.6
BESIDE = 0.35  # a touchpoint this likely beside the first one is named too


class TouchpointReader:
    """Ranks touchpoints by the lexicon's words and the model's weights of stems."""

    def __init__(self, lexicon: Lexicon, weights: Mapping[str, Any]) -> None:
        self._lexicon = lexicon
        self._names = [Touchpoint(name) for name in weights["names"]]
        self._intercept: Sequence[float] = weights["intercept"]
        self._stems: Mapping[str, Sequence[int]] = weights["stems"]
        self._step: float = weights["step"]

    def read(self, stemmed: Stems) -> tuple[Touchpoint, ...]:
        """Up to three touchpoints, strongest first; `other` alone when there is no evidence."""
        evidence = self._lexicon.evidence(stemmed)
        likely = self.likelihoods(stemmed, evidence)
        named = {name for name, _ in evidence}
        ranked = sorted(likely, key=lambda name: -likely[name])
        if not named:
            return (ranked[0],) if likely[ranked[0]] >= ALONE else (Touchpoint.OTHER,)
        first, *rest = (name for name in ranked if name in named)
        return (first, *(name for name in rest if likely[name] >= BESIDE * likely[first]))[:MOST]

    def likelihoods(self, stemmed: Stems, evidence: Sequence[Evidence]) -> dict[Touchpoint, float]:
        """The probability of each touchpoint, of lexicon and model together."""
        known = [row for stem in dict.fromkeys(stemmed) if (row := self._stems.get(stem))]
        value = self._step / math.sqrt(len(known) or 1)
        scores = {
            name: start + value * sum(row[at] for row in known)
            for at, (name, start) in enumerate(zip(self._names, self._intercept, strict=True))
        }
        for name, weight in evidence:
            scores[name] += WORD * weight
        top = max(scores.values())
        grown = {name: math.exp(score - top) for name, score in scores.items()}
        total = sum(grown.values())
        return {name: grow / total for name, grow in grown.items()}
