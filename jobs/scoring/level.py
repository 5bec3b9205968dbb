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
from collections.abc import Iterable, Iterator, Sequence
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
    start, level = _start(instrument), None
    read = [memories for _, memories in _days(instrument, rounds) if memories]
    places = reversed(range(len(read)))
    first = next((place for place in places if _is_plain(instrument, start, read[place])), 0)
    for memories in read[first:]:  # what was read before has no part in a plain word
        level = _read(instrument, start, memories, level)
    return level


def levels(instrument: Instrument, rounds: Iterable[Round]) -> dict[date, Level | None]:
    """The level after each day on which rounds were counted, oldest first; otherwise as `level_of`."""
    start, level, found = _start(instrument), None, dict[date, Level | None]()
    for day, memories in _days(instrument, rounds):
        if memories:
            level = _read(instrument, start, memories, level)
        found[day] = level
    return found


def _days(instrument: Instrument, rounds: Iterable[Round]) -> Iterator[tuple[date, list["_Memory"]]]:
    """The days on which rounds were counted, with what is remembered then; nothing where no word is read."""
    counted = [one for one in rounds if one.kind is RoundKind.NUMBER and not one.withdrawn]
    if any(one.question.instrument != instrument.key for one in counted):
        raise ValueError("a level is of one instrument")
    start, memories = _start(instrument), dict[Question, _Memory]()
    unread, last = 0, date.max
    for day, of_day in groupby(sorted(counted, key=_when), key=lambda one: one.counted_on):
        fading = 0.5 ** ((day - last).days / _HALF_LIFE) if memories else 1.0
        memories = {question: memory.faded(fading) for question, memory in memories.items()}
        for one in of_day:
            before = memories.get(one.question, _Memory(since=day))
            memories[one.question] = before.after(_sums(instrument, one), start, day)
            unread += one.n
        last = day
        if unread >= _READ_EVERY:
            unread = 0
            yield day, list(memories.values())
        else:
            yield day, []


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
        return _Memory(self.since, self.sums.times(factor), self.answers, self.leaning)

    def after(self, new: _Sums, start: _Sums, day: date) -> "_Memory":
        """The memory with a round added; it is emptied first where the round lies too far off."""
        off = _standard_errors_off(start.plus(self.sums), new)
        leaning = (off > _OFF) - (off < -_OFF)
        if abs(off) > _FAR_OFF or (leaning and leaning == self.leaning):
            return _Memory(day, new, round(new.n))
        return _Memory(self.since, self.sums.plus(new), self.answers + round(new.n), leaning)


def _start(instrument: Instrument) -> _Sums:
    score, spread = instrument.typical.score, instrument.typical.spread
    return _Sums(1.0, score, score**2 + spread**2).times(_ADDED)


def _sums(instrument: Instrument, one: Round) -> _Sums:
    counts = shown_histogram(instrument, one).items()
    parts = [people * score for score, people in counts]
    squares = [people * score * score for score, people in counts]
    return _Sums(one.n, math.fsum(parts), math.fsum(squares))


def _standard_errors_off(foreseen: _Sums, new: _Sums) -> float:
    return (new.mean - foreseen.mean) / math.sqrt(foreseen.variance * (1 / foreseen.n + 1 / new.n))


def _read(instrument: Instrument, start: _Sums, memories: Sequence[_Memory], before: Level | None) -> Level:
    """The word read anew. At the first reading each band counts as an old one."""
    side = _side(start, memories)
    narrow, wide = _ranges(side)
    inner, outer = bands_touched(instrument, narrow), bands_touched(instrument, wide)
    old = before.bands if before else _UNCLEAR
    places = [_UNCLEAR.index(band) for band in (*inner, *(band for band in old if band in outer))]
    return Level(
        bands=_UNCLEAR[min(places) : max(places) + 1],
        mean=side.mean,
        se=math.sqrt(side.variance / side.n),
        likely=wide,
        answers=sum(memory.answers for memory in memories),
        since=min(memory.since for memory in memories),
    )


def _is_plain(instrument: Instrument, start: _Sums, memories: Sequence[_Memory]) -> bool:
    """Whether the word is the same whatever it was before: both ranges touch the same bands."""
    narrow, wide = _ranges(_side(start, memories))
    return bands_touched(instrument, narrow) == bands_touched(instrument, wide)


def _side(start: _Sums, memories: Iterable[_Memory]) -> _Sums:
    for memory in memories:
        start = start.plus(memory.sums)
    return start


def _ranges(side: _Sums) -> tuple[Interval, Interval]:
    """The inner half of the range, and the range."""
    mean, se = side.mean, math.sqrt(side.variance / side.n)
    return around(mean, normal_reach(_ENTERS) * se), around(mean, normal_reach(_LEAVES) * se)


def _when(one: Round) -> tuple[date, str]:
    return one.counted_on, one.id
