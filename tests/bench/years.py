"""Years of made-up rounds whose truth is known, counted as the product counts them.

"Fresh" people are others in each round; a "panel" is one channel of which 60 % answer each round, with a
correlation of .6 between two answers of a person.
"""

import math
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from jobs.instruments import INSTRUMENTS
from jobs.privacy.look import ClosedWave
from jobs.privacy.round_rule import NumberRound
from jobs.scoring.counted_round import count_round
from storage.records.count_records import EarlierRound
from storage.records.round_records import Question, Round

START = datetime(2025, 1, 6, 9, 15, tzinfo=UTC)
FALL = 36  # the week from which on a true change shows
ANSWERING, ALIKE = (
    0.6,
    0.6,
)  # of a panel: how many answer a round, how far two answers of one person are alike
FEWEST = 5  # who answer a round of a panel
PASSIVES = 0.3  # of all answers to NPS
Numbers = NDArray[np.float64]

_NORMAL = NormalDist()
_GRIDS: Mapping[str, Numbers] = {
    "nps": np.array([-100.0, 0, 100]),
    "csat": np.array([0.0, 100]),
    "ces": np.array([0.0, 100]),
    "umux_lite": np.arange(13.0) * 100 / 12,
    "sus": np.arange(41.0) * 2.5,
    "seq": np.arange(1.0, 8),
}
_SPREADS = {"umux_lite": 20, "sus": 18, "seq": 1.5}
_POINTS = {"nps": {-100: 3, 0: 8, 100: 10}, "csat": {0: 1, 100: 5}, "ces": {0: 1, 100: 6}}


class Structure(NamedTuple):
    """Who is asked, how often, and how many answer."""

    who: str  # fresh or panel
    weeks: int  # between two rounds
    answers: int  # a round, of a panel on average

    def __str__(self) -> str:
        return f"{self.who}, every {self.weeks} weeks, {self.answers} answers"


class Made(NamedTuple):
    """One asking: when, and the score of each person who answered."""

    week: int
    scores: Mapping[str, float]


def truth(key: str, score: float) -> float:
    """The mean of the answers that are made for this score."""
    return float(_shares(key, score) @ _GRIDS[key])


class Years:
    """Draws rounds; with the same seed always the same ones."""

    def __init__(self, seed: int) -> None:
        self._chance = np.random.default_rng(seed)

    def rounds(
        self,
        key: str,
        score: float,
        structure: Structure,
        *,
        weeks: int = 64,
        then: float | None = None,
        channel: str = "a",
        drawn: bool = False,
    ) -> list[Round]:
        """The rounds of one question, oldest first; from week 36 on the score is `then`.

        The panel's own score is the truth, unless its people are `drawn` from many.
        """
        people = round(structure.answers / ANSWERING)
        lasting = self._lasting(people, drawn=drawn)
        made = []
        for week in range(0, weeks, structure.weeks):
            now = score if then is None or week < FALL else then
            made.append(Made(week, self._answers(key, now, structure, lasting, f"{channel}{week}")))
        return counted(key, made, channel)

    def _lasting(self, people: int, *, drawn: bool) -> Numbers:
        """What stays of each person."""
        even = [_NORMAL.inv_cdf((place + 0.5) / people) for place in range(people)]
        found = self._chance.normal(size=people) if drawn else self._chance.permutation(even)
        return math.sqrt(ALIKE) * found

    def _answers(
        self, key: str, score: float, structure: Structure, lasting: Numbers, asking: str
    ) -> dict[str, float]:
        chance = self._chance
        behind = chance.normal(size=structure.answers)
        names = [f"{asking}.{place}" for place in range(structure.answers)]
        if structure.who == "panel":
            who = np.flatnonzero(chance.random(len(lasting)) < ANSWERING)
            if len(who) < FEWEST:
                who = chance.permutation(len(lasting))[:FEWEST]
            behind = lasting[who] + chance.normal(size=len(who)) * math.sqrt(1 - ALIKE)
            names = [f"p{place}" for place in who]
        scores = _GRIDS[key][np.searchsorted(_borders(key, score), behind)]
        return dict(zip(names, map(float, scores), strict=True))


def counted(key: str, made: Sequence[Made], channel: str) -> list[Round]:
    """What the product keeps of these askings, one round each, with how many people they share."""
    instrument, kept = INSTRUMENTS[key], list[EarlierRound]()
    question = Question(
        team_id="T1",
        channel_id=channel,
        product_id="atlas",
        subject_key="atlas",
        lens=instrument.lens,
        instrument=key,
        wording="1",
        named=False,
    )
    for number, (week, scores) in enumerate(made, start=1):
        counted_at, people = START + timedelta(weeks=week), frozenset(scores)
        wave = ClosedWave(
            id=f"w{number}",
            number=number,
            opened_at=counted_at - timedelta(days=2),
            closes_at=counted_at - timedelta(minutes=15),
            promise=FEWEST,
            scheduled=True,
            members=None,
            respondents=people,
        )
        one = count_round(
            instrument,
            NumberRound(waves=(wave,), members=dict.fromkeys(people, wave.id), left_out=frozenset()),
            {person: _points(key, score) for person, score in scores.items()},
            id=f"{channel}{week}",
            question=question,
            counted_at=counted_at,
            earlier=kept,
        )
        kept.append(EarlierRound(one, people))
    return [each.round for each in kept]


@cache
def _points(key: str, score: float) -> Mapping[int, int]:
    """Points on the items that make this score."""
    if key in _POINTS:
        return {1: _POINTS[key][round(score)]}
    instrument = INSTRUMENTS[key]
    low, steps, items = (
        instrument.scale.low,
        instrument.scale.high - instrument.scale.low,
        instrument.item_count,
    )
    if items == 1:
        return {1: round(score)}
    left, points = round(score / 100 * steps * items), {}
    for item in range(1, items + 1):
        good = -(-left // (items - item + 1))  # as even as can be
        left -= good
        points[item] = instrument.scale.high - good if item in instrument.reversed_items else low + good
    return points


@cache
def _shares(key: str, score: float) -> Numbers:
    """Shares of the answers that make this score: NPS with 30 % passives, a bell for means."""
    if key == "nps":
        return np.array([(1 - PASSIVES - score / 100) / 2, PASSIVES, (1 - PASSIVES + score / 100) / 2])
    if key not in _SPREADS:
        return np.array([1 - score / 100, score / 100])
    grid = _GRIDS[key]
    low, high = 2.5 * grid[0] - 1.5 * grid[-1], 2.5 * grid[-1] - 1.5 * grid[0]
    bell = grid
    for _ in range(60):  # which bell has this mean
        middle = (low + high) / 2
        bell = np.exp(-0.5 * ((grid - middle) / _SPREADS[key]) ** 2)
        low, high = (middle, high) if bell @ grid / bell.sum() < score else (low, middle)
    found: Numbers = bell / bell.sum()
    return found


@cache
def _borders(key: str, score: float) -> list[float]:
    """Where a standard normal is cut to give the answers their shares."""
    shares = np.cumsum(_shares(key, score))[:-1]
    return [_NORMAL.inv_cdf(min(max(float(share), 1e-9), 1 - 1e-9)) for share in shares]
