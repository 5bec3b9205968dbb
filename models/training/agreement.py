"""How far two independent readings of the same lines agree, and how far others agree with them.

`two-readings.txt` has the readings of 300 lines, 50 of each of six sets. The two readers saw the lines only,
not the given labels and not what the other one said.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import permutations
from pathlib import Path
from typing import NamedTuple, TypeVar

from models.training.evaluate import Judged, macro_f1
from models.training.teacher_labels import key

FILE = Path(__file__).parent / "two-readings.txt"
TONES = {"N": -1, "Z": 0, "P": 1}
SIDES = {"c": "CX", "u": "UX", "b": "BOTH", "-": "NONE"}


class Said(NamedTuple):
    """What one reader says of a line: its tone (-1, 0, 1) and side (CX, UX, BOTH or NONE); "" is not said."""

    tone: int
    side: str = ""


@cache
def all_of_them() -> Mapping[str, tuple[Said, Said]]:
    """What the two readers said, by the digest of the line."""
    lines = (line.split() for line in FILE.read_text("ascii").splitlines() if not line.startswith("#"))
    return {
        digest: (Said(TONES[first[0]], SIDES[first[1]]), Said(TONES[second[0]], SIDES[second[1]]))
        for digest, first, second in lines
    }


def read_twice(text: str) -> bool:
    """Whether a line is one of those."""
    return key(text) in all_of_them()


def both(text: str) -> tuple[Said, Said]:
    """What the two readers said of a line.

    Raises:
        KeyError: they did not read it.
    """
    return all_of_them()[key(text)]


class Agreement(NamedTuple):
    """How far somebody agrees with a reading: shares that are equal, alpha, and macro-F1 of tones."""

    tones: float
    tone_alpha: float
    tone_f1: float
    sides: float
    side_alpha: float


def agreement(said: Sequence[Said], reading: Sequence[Said]) -> Agreement:
    """How far somebody agrees with one reading of the same lines; there is at least one.

    Tones are ordered, sides are not.
    """
    pairs = list(zip(said, reading, strict=True))
    tones = [(one.tone, other.tone) for one, other in pairs]
    sides = [(one.side, other.side) for one, other in pairs]
    return Agreement(
        share_equal(tones),
        alpha(tones, ordinal),
        macro_f1([Judged(other, one, 1.0, told=True) for one, other in tones]),
        share_equal(sides),
        alpha(sides, nominal),
    )


Value = TypeVar("Value", int, str)
Distance = Callable[[Counter[Value], Value, Value], float]


def share_equal(pairs: Sequence[tuple[Value, Value]]) -> float:
    """The share of pairs whose two values are the same."""
    return sum(one == other for one, other in pairs) / len(pairs)


def alpha(units: Sequence[Sequence[Value]], distance: Distance[Value]) -> float:
    """Krippendorff's alpha: 1 is agreement, 0 what chance gives. A unit has the values of those who read it.

    A unit that fewer than two have read counts nothing. Where all values are the same it is 1.
    """
    read = [unit for unit in units if len(unit) > 1]
    counts = Counter(value for unit in read for value in unit)
    observed = sum(
        distance(counts, one, other) / (len(unit) - 1)
        for unit in read
        for one, other in permutations(unit, 2)
    )
    expected = sum(
        counts[one] * counts[other] * distance(counts, one, other) for one, other in permutations(counts, 2)
    )
    return 1 - (counts.total() - 1) * observed / expected if expected else 1.0


def nominal(_counts: Counter[Value], one: Value, other: Value) -> float:
    """Two values are the same, or they are not."""
    return float(one != other)


def ordinal(counts: Counter[int], one: int, other: int) -> float:
    """Two values are as far apart as many values lie between them."""
    low, high = sorted((one, other))
    between = sum(count for value, count in counts.items() if low <= value <= high)
    return (between - (counts[low] + counts[high]) / 2) ** 2 if low != high else 0.0
