"""Whether a side changed: the last six weeks beside the half year before, by one calibrated test. Pure.

It knows totals and how many people two rounds share, not who answered what. Each channel is compared with
itself, so one that joins or leaves is no change. Two answers of one person are taken to be alike to .4 (a
correlation), within each half and across: who answered in both halves cancels in part. A change is claimed
where Student's t would show as much by chance in one of twenty years.

No p, no standard error, no difference and no range of one is ever shown; so a `Change` has none of them.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import NamedTuple

from jobs.inference import normal_reach, t_reach, t_tails
from jobs.instruments import Instrument, Scoring, printed
from jobs.scoring.likely_range import moments
from jobs.scoring.score import add_up
from storage.records.round_records import Question, Round, RoundKind

_NOW = timedelta(days=42)
_BEFORE = timedelta(days=182)
_ALIKE = 0.4  # how far two answers of one person are taken to be alike (a correlation)
_FEWEST_PEOPLE = 10  # in each half
_FALSE_A_YEAR = 0.05  # years in which a side is said to have changed though it did not
_FEWEST_LOOKS = 4.0  # in a year
_MOSTLY_SEEN = normal_reach(0.6)  # .84: a true change of the visible size is seen four times in five
_STEPS = {Scoring.MEAN: 0.5}  # what a visible change is rounded up to, on 1 to 7
_STEP = 5.0  # on every other scale
_DUST = 9  # decimals that hold; what lies behind them is binary rounding


class Direction(StrEnum):
    """What may be said of a side that was tested."""

    BETTER = "better"
    WORSE = "worse"
    NOT_CLEAR = "not_clear"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A side that was tested.

    `visible` is the smallest true change that is mostly seen (four times in five), rounded up for print; None
    where even the whole scale would be too little: then there are too few answers to say anything.

    `before` has the newest round of each question in the half before, `now` that of each in the last weeks.
    `numbers_agree` says that their two printed scores may stand beside what is said: they are of one wording,
    and lie in the order that `direction` says. Where nothing is said of a change they never do.
    """

    direction: Direction
    visible: float | None
    before: tuple[Round, ...]
    now: tuple[Round, ...]
    numbers_agree: bool


def changed(instrument: Instrument, rounds: Iterable[Round], *, of: int = 1) -> Change | None:
    """What may be said of these rounds of one side, given in any order; None: too few to say anything.

    It is one `of` so many sides that are looked at in its place: together they cry wolf no more than one.
    Word rounds and withdrawn rounds are left out. ValueError for a round of another instrument, and where
    answers with names and without are given together.
    """
    counted = [one for one in rounds if one.kind is RoundKind.NUMBER and not one.withdrawn]
    if any(one.question.instrument != instrument.key for one in counted):
        raise ValueError("a change is of one instrument")
    if len({one.question.named for one in counted}) > 1:
        raise ValueError("answers with names and without are never in one figure")
    halves = _halves(counted)
    test = _tested(instrument, _in_both(halves), of)
    if test is None:
        return None
    before, now = (tuple(of[-1] for of in half.values()) for half in (halves.before, halves.now))
    return Change(
        direction=test.direction,
        visible=_rounded_up(instrument, test.visible),
        before=before,
        now=now,
        numbers_agree=test.direction is not Direction.NOT_CLEAR
        and _agree(instrument, test.direction, before, now),
    )


class _Halves(NamedTuple):
    """The rounds of the last six weeks and those of the half year before, by question, oldest first."""

    now: Mapping[Question, Sequence[Round]]
    before: Mapping[Question, Sequence[Round]]


class _Test(NamedTuple):
    """Now less before, on the scale; clear where `p` is below `limit`. A true `visible` change mostly is."""

    difference: float
    p: float
    limit: float
    visible: float

    @property
    def direction(self) -> Direction:
        if self.p >= self.limit:
            return Direction.NOT_CLEAR
        return Direction.BETTER if self.difference > 0 else Direction.WORSE


class _Term(NamedTuple):
    """A round in the difference: the weight of each of its answers, and the spread of one in its half."""

    of: Round
    weight: float
    spread: float

    def with_shared(self, other: "_Term") -> float:
        """What the people whom two rounds share add to the variance."""
        return self.weight * other.weight * self.spread * other.spread * _shared(self.of, other.of)


def _halves(rounds: Sequence[Round]) -> _Halves:
    now: dict[Question, list[Round]] = defaultdict(list)
    before: dict[Question, list[Round]] = defaultdict(list)
    newest = max((one.counted_on for one in rounds), default=None)
    if newest is not None:
        for one in sorted(rounds, key=lambda one: (one.counted_at, one.id)):
            if one.counted_on > newest - _NOW:
                now[one.question].append(one)
            elif one.counted_on > newest - _NOW - _BEFORE:
                before[one.question].append(one)
    return _Halves(now, before)


def _in_both(halves: _Halves) -> _Halves:
    both = [question for question in halves.now if question in halves.before]
    return _Halves(*({question: half[question] for question in both} for half in halves))


def _tested(instrument: Instrument, halves: _Halves, of: int = 1) -> _Test | None:
    """The test of questions that were counted in both halves; None with fewer than ten people in one."""
    people = min(sum(max(one.n for one in of) for of in half.values()) for half in halves)
    if people < _FEWEST_PEOPLE:
        return None
    answers = sum(one.n for of in halves.now.values() for one in of)
    difference, terms = 0.0, list[_Term]()
    for question, rounds in halves.now.items():
        share = sum(one.n for one in rounds) / answers
        for sign, of_half in ((share, rounds), (-share, halves.before[question])):
            n, mean, square = moments(instrument, of_half)
            spread = math.sqrt(max(square - mean**2, 0.0) * n / max(n - 1, 1))
            difference += sign * mean
            terms += [_Term(one, sign / n, spread) for one in of_half]
    variance = sum((1 - _ALIKE) * term.weight**2 * term.spread**2 * term.of.n for term in terms)
    variance += _ALIKE * sum(term.with_shared(other) for term in terms for other in terms)
    by_chance = 2 * (instrument.typical.spread / (2 * people)) ** 2  # that all agree is no certainty
    se, df = math.sqrt(max(variance, 0.0) + by_chance), people - 1
    limit = _FALSE_A_YEAR / (_looks_a_year(halves) * of)
    visible = (t_reach(1 - limit, df) + _MOSTLY_SEEN) * se
    return _Test(difference, t_tails(difference / se, df), limit, visible)


def _shared(one: Round, other: Round) -> int:
    if one.id == other.id:
        return one.n
    return one.shared.get(other.id) or other.shared.get(one.id, 0)


def _looks_a_year(halves: _Halves) -> float:
    """How often a year the test is made: once for each day on which rounds were counted."""
    days = sorted({one.counted_on for half in halves for of in half.values() for one in of})
    return max(365 * (len(days) - 1) / (days[-1] - days[0]).days, _FEWEST_LOOKS)


def _rounded_up(instrument: Instrument, visible: float) -> float | None:
    lowest, highest = instrument.bounds
    step = _STEPS.get(instrument.scoring, _STEP)
    size = math.ceil(round(visible / step, _DUST)) * step
    return size if size <= highest - lowest else None


def _agree(
    instrument: Instrument, direction: Direction, before: Sequence[Round], now: Sequence[Round]
) -> bool:
    """Whether both are of one wording, have a score to print, and lie in the order that is said of them."""
    sums = add_up(instrument, before), add_up(instrument, now)
    scores = [printed(instrument, found.score) for found in sums if found and found.score is not None]
    if len(scores) < len(sums) or len({one.question.wording for one in (*before, *now)}) > 1:
        return False
    earlier, later = scores
    return earlier < later if direction is Direction.BETTER else earlier > later
