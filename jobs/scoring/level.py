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
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import groupby
from typing import NamedTuple

from jobs.inference import Interval, normal_reach
from jobs.inference.distributions import around
from jobs.instruments import Band, Instrument
from jobs.scoring.likely_range import band_place, shown_histogram
from storage.records.round_records import OldRound, Question, Round, RoundKind

_ADDED = 5.0  # typical answers that a side starts as
_HALF_LIFE = 91.0  # days after which an answer counts half
_FAR_OFF, _OFF = 3.0, 2.0  # standard errors off what is foreseen: once, or twice running
_ENTERS, _LEAVES = 0.5, 0.8  # the range that must touch a band to name it, and to go on naming it
_READ_EVERY = 10  # new answers before the word is read again

_UNCLEAR = tuple(Band)
_UNSAID = (0, len(_UNCLEAR) - 1)  # at the first reading each band counts as an old one
_Touched = tuple[int, int]  # the places of the first and the last of some bands, low to high

CountedRound = Round | OldRound
"""A round as far as a level is made of it."""


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


def level_of(instrument: Instrument, rounds: Iterable[CountedRound]) -> Level | None:
    """The level after the newest of these rounds; None while there are too few answers for a word.

    They are the rounds of one side, in any order; each question in each channel has a memory of its own, and
    the memories are added up. Word rounds and withdrawn rounds are left out. ValueError for a round of
    another instrument.
    """
    places = _Places(instrument)
    read = [side for _, side in _days(instrument, rounds) if side]
    touched: list[tuple[_Touched, _Touched]] = []
    for side in reversed(read):  # what was read before a plain word has no part in it
        inner, outer = places.touched(side)
        touched.append((inner, outer))
        if inner == outer:
            break
    bands = _UNSAID
    for inner, outer in reversed(touched):
        bands = _named(inner, outer, bands)
    return _level(read[-1], bands) if read else None


def levels(instrument: Instrument, rounds: Iterable[CountedRound]) -> dict[date, Level | None]:
    """The level after each day on which rounds were counted, oldest first; otherwise as `level_of`."""
    places, bands, level, found = _Places(instrument), _UNSAID, None, dict[date, Level | None]()
    for day, side in _days(instrument, rounds):
        if side:
            bands = _named(*places.touched(side), bands)
            level = _level(side, bands)
        found[day] = level
    return found


class _Side(NamedTuple):
    """The answers of a side as they are remembered when its word is read."""

    n: float
    total: float
    squares: float
    answers: int
    since: date

    @property
    def mean_and_error(self) -> tuple[float, float]:
        """Their average, and its standard error."""
        mean = self.total / self.n
        return mean, math.sqrt(max(self.squares / self.n - mean**2, 0.0) / self.n)


def _days(instrument: Instrument, rounds: Iterable[CountedRound]) -> Iterator[tuple[date, _Side | None]]:
    """The days on which rounds were counted, with what is remembered then; None where no word is read."""
    counted = [one for one in rounds if one.kind is RoundKind.NUMBER and not one.withdrawn]
    if any(one.question.instrument != instrument.key for one in counted):
        raise ValueError("a level is of one instrument")
    start, memories = _start(instrument), dict[Question, _Memory]()
    unread, last = 0, date.max
    for day, of_day in groupby(sorted(counted, key=_when), key=_day):
        fading = 0.5 ** ((day - last).days / _HALF_LIFE) if memories else 1.0
        for memory in memories.values():
            memory.fade(fading)
        for one in of_day:
            memory = memories.setdefault(one.question, _Memory(day))
            memory.add(_sums(instrument, one), start, day)
            unread += one.n
        last = day
        if unread >= _READ_EVERY:
            unread = 0
            yield day, _side(start, memories.values())
        else:
            yield day, None


class _Sums(NamedTuple):
    """Answers: how many, their sum, and the sum of their squares."""

    n: float
    total: float
    squares: float


class _Memory:
    """What is remembered of one question in one channel, and to which side its last round lay off it.

    It is changed in place: there may be hundreds of rounds, each of which fades all memories.
    """

    __slots__ = ("answers", "leaning", "n", "since", "squares", "total")

    def __init__(self, since: date) -> None:
        self.since = since
        self.n = self.total = self.squares = 0.0
        self.answers = self.leaning = 0

    def fade(self, factor: float) -> None:
        """Has every answer count less."""
        self.n *= factor
        self.total *= factor
        self.squares *= factor

    def add(self, new: _Sums, start: _Sums, day: date) -> None:
        """Adds a round; the memory is emptied first where the round lies too far off."""
        off = self._standard_errors_off(new, start)
        leaning = (off > _OFF) - (off < -_OFF)
        if abs(off) > _FAR_OFF or (leaning and leaning == self.leaning):
            self.__init__(day)  # type: ignore[misc]  # it starts anew
            leaning = 0
        self.n += new.n
        self.total += new.total
        self.squares += new.squares
        self.answers += round(new.n)
        self.leaning = leaning

    def _standard_errors_off(self, new: _Sums, start: _Sums) -> float:
        n = start.n + self.n
        foreseen = (start.total + self.total) / n
        variance = max((start.squares + self.squares) / n - foreseen**2, 0.0)
        return (new.total / new.n - foreseen) / math.sqrt(variance * (1 / n + 1 / new.n))


def _start(instrument: Instrument) -> _Sums:
    score, spread = instrument.typical.score, instrument.typical.spread
    return _Sums(_ADDED, score * _ADDED, (score**2 + spread**2) * _ADDED)


def _sums(instrument: Instrument, one: CountedRound) -> _Sums:
    parts, squares = [], []
    for score, people in shown_histogram(instrument, one).items():
        part = people * score
        parts.append(part)
        squares.append(part * score)
    return _Sums(one.n, math.fsum(parts), math.fsum(squares))


def _side(start: _Sums, memories: Collection[_Memory]) -> _Side:
    n, total, squares = start
    answers, since = 0, date.max
    for memory in memories:
        n += memory.n
        total += memory.total
        squares += memory.squares
        answers += memory.answers
        since = min(since, memory.since)
    return _Side(n, total, squares, answers, since)


class _Places:
    """Finds the bands that the inner half of a range and the range touch, as places from low to high."""

    def __init__(self, instrument: Instrument) -> None:
        self._instrument = instrument
        self._inner, self._outer = normal_reach(_ENTERS), normal_reach(_LEAVES)

    def touched(self, side: _Side) -> tuple[_Touched, _Touched]:
        """The first and the last band of each."""
        (mean, se), place = side.mean_and_error, partial(band_place, self._instrument)
        inner, outer = self._inner * se, self._outer * se
        lowest, highest = place(mean - outer), place(mean + outer)
        if lowest == highest:
            return (lowest, lowest), (lowest, lowest)
        return (place(mean - inner), place(mean + inner)), (lowest, highest)


def _named(inner: _Touched, outer: _Touched, old: _Touched) -> _Touched:
    """The bands of a word read anew: those of the inner half, and old ones that the range touches still."""
    stays, ends = max(old[0], outer[0]), min(old[1], outer[1])
    return (min(inner[0], stays), max(inner[1], ends)) if stays <= ends else inner


def _level(side: _Side, bands: _Touched) -> Level:
    mean, se = side.mean_and_error
    return Level(
        bands=_UNCLEAR[bands[0] : bands[1] + 1],
        mean=mean,
        se=se,
        likely=around(mean, normal_reach(_LEAVES) * se),
        answers=side.answers,
        since=side.since,
    )


def _when(one: CountedRound) -> tuple[date, str]:
    return one.counted_on, one.id


def _day(one: CountedRound) -> date:
    return one.counted_on
