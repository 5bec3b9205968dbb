"""Answers that stand for a mean whose answers are not told: they have its score and its range. Pure.

Of rounds on SUS, UMUX-Lite and SEQ a file tells people, score and range as they are printed. What stands for
them has half of the people as far above the mean as the others are below it, just so far that score and range
are printed as they were.
"""

from collections.abc import Iterator
from dataclasses import replace

from jobs.instruments import Instrument, printed
from jobs.scoring.likely_range import likely
from storage.records.round_records import Round

_HALVINGS = 40
_MEANS = 6  # on each side of the printed one


def stand_in(
    instrument: Instrument, one: Round, *, score: float, low: float, high: float
) -> dict[float, int] | None:
    """The people at each score, for `one.n` people; None where no answers have such a range."""
    for mean in _near(instrument, score):
        found = _with_range(instrument, one, mean, low, high)
        if found:
            return found
    return None


def _near(instrument: Instrument, score: float) -> Iterator[float]:
    """Means that are printed as this one, itself first."""
    step = 0.5 * 10.0**-instrument.decimals / (_MEANS + 1)
    yield score
    for place in range(1, _MEANS + 1):
        yield from (score + place * step, score - place * step)


def _with_range(
    instrument: Instrument, one: Round, mean: float, low: float, high: float
) -> dict[float, int] | None:
    """The answers around a mean whose range is printed so: the wider they lie, the wider it is."""
    lowest, highest = instrument.bounds
    near, far = 0.0, highest - lowest
    for _ in range(_HALVINGS):
        reach = (near + far) / 2
        answers = _around(mean, reach, one.n)
        range_ = likely(instrument, [replace(one, histogram=answers)])
        ends = float(printed(instrument, range_.low)), float(printed(instrument, range_.high))
        wider, narrower = ends[0] > low or ends[1] < high, ends[0] < low or ends[1] > high
        if wider and narrower:
            return None
        if not wider and not narrower:
            return answers
        near, far = (reach, far) if wider else (near, reach)
    return None


def _around(mean: float, reach: float, n: int) -> dict[float, int]:
    half, odd = divmod(n, 2)
    middle = {mean: odd} if odd else {}
    return {mean - reach: half, **middle, mean + reach: half}
