"""The level of a side: what all its rounds together say, the newest counting most. It gives the word. Pure.

The level is replayed from the rounds each time it is asked for; nothing of it is stored.

1. A side starts as five answers of a typical product.
2. Every answer of every round is added to it, and counts half after 13 weeks.
3. The word names the bands that the 80 % range of that average touches.
4. A new band must be reached by the inner half of the range before it is named; an old one stays until the
   80 % range has left it. So the word does not turn at every round.
5. A round that lies 3 standard errors off what the memory of its question foresees, or two running that lie
   2 off in the same way, make that memory start anew: the usual rule of control charts.

The level is never printed as the score. Its range is printed only as it stood when the word was read: the
level just before a small round and the level just after it would tell that round's score.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import NamedTuple

from jobs.inference import Interval, normal_reach
from jobs.inference.distributions import around
from jobs.instruments import Band, Instrument
from jobs.scoring.likely_range import bands_touched, shown_histogram
from storage.records.round_records import Question, Round, RoundKind

_ADDED = 5.0  # typical answers that a side starts as
_HALF_LIFE = 91.0  # days after which an answer counts half
_FAR_OFF, _OFF = 3.0, 2.0  # standard errors off what is foreseen: once, or twice running
_ENTERS, _LEAVES = 0.5, 0.8  # the range that must touch a band to name it, and to go on naming it
_READ_EVERY = 10  # new answers before the word is read again

_UNCLEAR = tuple(Band)


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """The level of a side as it stood when its word was last read.

    `bands` are those that the word names, low to high and without a gap; all three mean "unclear". `mean` and
    `se` are the average and its standard error, `likely` is its 80 % range. `answers` is how many answers are
    remembered, `since` the day on which the first of them were counted.
    """

    bands: tuple[Band, ...]
    mean: float
    se: float
    likely: Interval
    answers: int
    since: date


def level_of(instrument: Instrument, rounds: Iterable[Round]) -> Level | None:
    """The level after the newest of these rounds; None while there are too few answers for a word.

    They are the rounds of one side, in any order; each question in each channel has a memory of its own, and
    the memories are added up. Word rounds and withdrawn rounds are left out. ValueError for a round of
    another instrument.
    """
    return ([None, *levels(instrument, rounds).values()])[-1]


def levels(instrument: Instrument, rounds: Iterable[Round]) -> dict[date, Level | None]:
    """The level after each day on which rounds were counted, oldest first; otherwise as `level_of`."""
    counted = [one for one in rounds if one.kind is RoundKind.NUMBER and not one.withdrawn]
    if any(one.question.instrument != instrument.key for one in counted):
        raise ValueError("a level is of one instrument")
    start, memories = _start(instrument), dict[Question, _Memory]()
    found, level, unread, last = dict[date, Level | None](), None, 0, date.max
    for day, of_day in groupby(sorted(counted, key=_when), key=lambda one: one.counted_on):
        fading = 0.5 ** ((day - last).days / _HALF_LIFE) if memories else 1.0
        memories = {question: memory.faded(fading) for question, memory in memories.items()}
        for one in of_day:
            before = memories.get(one.question, _Memory(since=day))
            memories[one.question] = before.after(_sums(instrument, one), start, day)
            unread += one.n
        if unread >= _READ_EVERY:
            level, unread = _read(instrument, start, list(memories.values()), level), 0
        found[day] = level
        last = day
    return found


class _Sums(NamedTuple):
    """Answers, faded or not: how many, their sum, and the sum of their squares."""

    n: float = 0.0
    total: float = 0.0
    squares: float = 0.0

    def plus(self, other: "_Sums") -> "_Sums":
        return _Sums(self.n + other.n, self.total + other.total, self.squares + other.squares)

    def times(self, factor: float) -> "_Sums":
        return _Sums(self.n * factor, self.total * factor, self.squares * factor)

    @property
    def mean(self) -> float:
        return self.total / self.n

    @property
    def variance(self) -> float:
        return max(self.squares / self.n - self.mean**2, 0.0)


class _Memory(NamedTuple):
    """What is remembered of one question in one channel, and to which side its last round lay off it."""

    since: date
    sums: _Sums = _Sums()
    answers: int = 0
    leaning: int = 0

    def faded(self, factor: float) -> "_Memory":
        return self._replace(sums=self.sums.times(factor))

    def after(self, new: _Sums, start: _Sums, day: date) -> "_Memory":
        """The memory with a round added; it is emptied first where the round lies too far off."""
        off = _standard_errors_off(start.plus(self.sums), new)
        leaning = (off > _OFF) - (off < -_OFF)
        kept = self._replace(leaning=leaning)
        if abs(off) > _FAR_OFF or (leaning and leaning == self.leaning):
            kept = _Memory(since=day)
        return kept._replace(sums=kept.sums.plus(new), answers=kept.answers + round(new.n))


def _start(instrument: Instrument) -> _Sums:
    score, spread = instrument.typical.score, instrument.typical.spread
    return _Sums(1.0, score, score**2 + spread**2).times(_ADDED)


def _sums(instrument: Instrument, one: Round) -> _Sums:
    counts = shown_histogram(instrument, one).items()
    return _Sums(
        one.n,
        math.fsum(people * score for score, people in counts),
        math.fsum(people * score**2 for score, people in counts),
    )


def _standard_errors_off(foreseen: _Sums, new: _Sums) -> float:
    return (new.mean - foreseen.mean) / math.sqrt(foreseen.variance * (1 / foreseen.n + 1 / new.n))


def _read(instrument: Instrument, start: _Sums, memories: Sequence[_Memory], before: Level | None) -> Level:
    """The word read anew. At the first reading each band counts as an old one."""
    side = start
    for memory in memories:
        side = side.plus(memory.sums)
    se = math.sqrt(side.variance / side.n)
    narrow, wide = (around(side.mean, normal_reach(confidence) * se) for confidence in (_ENTERS, _LEAVES))
    inner, outer = bands_touched(instrument, narrow), bands_touched(instrument, wide)
    old = before.bands if before else _UNCLEAR
    places = [_UNCLEAR.index(band) for band in (*inner, *(band for band in old if band in outer))]
    return Level(
        bands=_UNCLEAR[min(places) : max(places) + 1],
        mean=side.mean,
        se=se,
        likely=wide,
        answers=sum(memory.answers for memory in memories),
        since=min(memory.since for memory in memories),
    )


def _when(one: Round) -> tuple[date, str]:
    return one.counted_on, one.id
