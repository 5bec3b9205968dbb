"""What a comment is about: the lexicon's words first, a small model where they tie or are silent."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from jobs.classification.lexicon import NAMED, Lexicon
from jobs.classification.model.findings import Findings
from storage.records import Lens, Touchpoint

MOST = 3
STEM_SCALE = 2.0
_SIDE = 0  # the column of the customer side in the model's rows; those of the touchpoints follow
_OF_SIDE = {side: tuple(name for name in NAMED if name.lens is side) for side in Lens}
# What the model's log-odds count among touchpoints of one side, and how far they must lean to a side where no
# strong word speaks. Measured on sides of unseen sets, see docs/model-card.md.
MODEL_SHARE = 0.4
ALONE = 0.9
CLEAR = 1.0  # a strong word: one touchpoint that has one needs no model
BESIDE = 0.5  # a touchpoint with this share of the first one's evidence is named too
_HALF_A_WORD = 0.5


class TouchpointReader:
    """Ranks touchpoints by the lexicon's words and the model's weights of stems and pairs of stems.

    The model's table names the touchpoints that it was trained for. For another the lexicon's words speak,
    and one that there is no more is left out.
    """

    def __init__(self, lexicon: Lexicon, table: Mapping[str, Any]) -> None:
        columns = {name: column for column, name in enumerate(table["names"], start=_SIDE + 1)}
        self._columns: dict[Touchpoint, int] = {name: columns[name] for name in NAMED if name in columns}
        self._lexicon = lexicon
        self._intercept: Sequence[float] = table["intercept"]
        self._balance: float = table["balance"]
        self._step: float = table["step"]

    def read(self, found: Findings) -> tuple[Touchpoint, ...]:
        """Up to three touchpoints, strongest first; `other` alone when there is no evidence."""
        words = self._lexicon.evidence(found.stems, found.named) if found.named else {}
        first = _told(words) or self._likeliest(words, found)
        if first is None:
            return (Touchpoint.OTHER,)
        least = BESIDE * words.get(first, 0.0)
        beside = [name for name in NAMED if name != first and words.get(name, -1.0) >= least]
        beside.sort(key=lambda name: -words[name])
        return (first, *beside)[:MOST]

    def _likeliest(self, words: Mapping[Touchpoint, float], found: Findings) -> Touchpoint | None:
        """The touchpoint for which words and model together speak most; None when neither says enough."""
        value = self._step * stem_value(len(set(found.stems)))
        side = _agreed(words)
        if side is None:
            stems = found.beside + sum(row[_SIDE] for row in found.topics.values())
            lean = self._intercept[_SIDE] + self._balance * balance(words) + value * stems
            if abs(lean) < ALONE and max(words.values(), default=0.0) < CLEAR:
                return None
            side = Lens.CX if lean > 0 else Lens.UX
        # Where no word speaks for this side, the model chooses among all its touchpoints that it knows.
        names = [name for name in words if name.lens is side]
        names = names or [name for name in _OF_SIDE[side] if name in self._columns]
        speaks = {
            name: words.get(name, 0.0) + MODEL_SHARE * self._weight(name, value, found) for name in names
        }
        return max(speaks, key=speaks.__getitem__, default=None)

    def _weight(self, name: Touchpoint, value: float, found: Findings) -> float:
        """The model's log-odds of a touchpoint, with stems of this value; 0 for one that it does not know."""
        column = self._columns.get(name)
        if column is None:
            return 0.0
        return self._intercept[column] + value * sum(row[column] for row in found.topics.values())


def _agreed(words: Mapping[Touchpoint, float]) -> Lens | None:
    """The side for which a strong word speaks and against which none does, None without such a side."""
    sides = {name.lens for name in words}
    if len(sides) != 1 or max(words.values()) < CLEAR:
        return None
    return sides.pop()


def _told(words: Mapping[Touchpoint, float]) -> Touchpoint | None:
    """The touchpoint that needs no model: its side is agreed and it is a strong word ahead of the others."""
    if _agreed(words) is None:
        return None
    second, first = sorted([0.0, *words.values()])[-2:]
    return max(words, key=words.__getitem__) if first - second >= CLEAR else None


def balance(words: Mapping[Touchpoint, float]) -> float:
    """How the lexicon's words lean, from -1 (all product side) to 1 (all customer side)."""
    lean = sum(weight if name.lens is Lens.CX else -weight for name, weight in words.items())
    return lean / (sum(words.values()) + _HALF_A_WORD)


def stem_value(count: int) -> float:
    """What each stem of a comment of `count` different stems weighs."""
    return STEM_SCALE / math.sqrt(max(count, 1))
