"""How well a classifier does on labelled text: the figures of the model card and of the benchmark."""

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

from storage.records import Sentiment

SIGNS = {Sentiment.NEGATIVE: -1, Sentiment.NEUTRAL: 0, Sentiment.POSITIVE: 1}
BINS = 10
_Z = 1.96


class Judged(NamedTuple):
    """One text as it was judged: the given tone, the likeliest one, its probability, and whether it was told.

    A text that is not classified at all counts as neutral with nothing told.
    """

    given: int
    likeliest: int
    probability: float
    told: bool


def macro_f1(judged: Sequence[Judged]) -> float:
    """The mean F1 of the tones that the set knows: on a set of two, an answer of neutral is wrong."""
    return math.fsum(_f1(judged, tone) for tone in {each.given for each in judged}) / len(
        {each.given for each in judged}
    )


def _f1(judged: Sequence[Judged], tone: int) -> float:
    right = sum(each.given == tone == each.likeliest for each in judged)
    wrong = sum((each.given == tone) != (each.likeliest == tone) for each in judged)
    return 2 * right / (2 * right + wrong) if right else 0.0


def interval(
    judged: Sequence[Judged], figure: Callable[[Sequence[Judged]], float], parts: int = 20
) -> tuple[float, float]:
    """A 95 % interval of a figure, by the jackknife: leaving out every `parts`-th text in turn."""
    without = [
        figure([each for at, each in enumerate(judged) if at % parts != part]) for part in range(parts)
    ]
    mean = math.fsum(without) / parts
    error = math.sqrt((parts - 1) / parts * math.fsum((value - mean) ** 2 for value in without))
    whole = figure(judged)
    return max(0.0, whole - _Z * error), min(1.0, whole + _Z * error)


def calibration_error(judged: Sequence[Judged]) -> float:
    """The expected calibration error in ten bins of equal width: how far probability and accuracy differ."""
    bins: dict[int, list[Judged]] = {}
    for each in judged:
        bins.setdefault(min(int(each.probability * BINS), BINS - 1), []).append(each)
    gaps = (
        abs(sum(each.probability for each in held) - sum(each.given == each.likeliest for each in held))
        for held in bins.values()
    )
    return math.fsum(gaps) / len(judged)


def coverage(judged: Sequence[Judged]) -> float:
    """The share of texts whose tone was told, not left at `unsure`."""
    return sum(each.told for each in judged) / len(judged)


def wrong_sign(judged: Sequence[Judged]) -> float:
    """Among the texts whose tone was told, the share told as the opposite of the given one."""
    told = [each for each in judged if each.told]
    return sum(each.given * each.likeliest < 0 for each in told) / max(len(told), 1)
