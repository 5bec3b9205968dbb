"""Years of digests over a known truth: what words, titles, changes and ranges say of it. `make bench-year`.

`make bench-year ARGS="--seed 2 --years 40 --only words,ranges"`. Each line gives a mean over years with its
Monte-Carlo error, and FAIL where it misses its bound by more than three of them; then the exit code is 1. The
rounds are counted, their levels replayed, titled and tested, by the product's own code.
"""

import argparse
import math
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from jobs.contrast.build import apart
from jobs.contrast.changed import Direction, changed
from jobs.instruments import INSTRUMENTS, Band
from jobs.messages.report.verdict import NoWord, title_clause
from jobs.scoring.level import level_of, levels
from jobs.scoring.likely_range import likely
from storage.records import Lens
from storage.records.round_records import Round
from tests.bench.years import FALL, START, Structure, Years, truth
from tests.jobs.contrast.sides import side

SIDES = ("nps", "umux_lite")
Bands = tuple[Band, ...]
POOR, MIXED, GOOD = list[Bands]((band,) for band in Band)
CLEAR: dict[tuple[float, float], tuple[Bands, Bands]] = {
    (50, 82): (GOOD, GOOD),
    (50, 55): (GOOD, POOR),
    (-20, 82): (POOR, GOOD),
    (-20, 55): (POOR, POOR),
}
HALF_CLEAR: dict[tuple[float, float], tuple[Bands, Bands]] = {
    (15, 67.6): (MIXED, MIXED),
    (15, 82): (MIXED, GOOD),
    (50, 67.6): (GOOD, MIXED),
    (15, 55): (MIXED, POOR),
}
BORDERS = ((0, 75), (30, 72.6), (30, 62.7), (0, 62.7), (40, 78))
CORNERS = {"csat": (90, 55), "ces": (85, 35), "sus": (82, 55), "seq": (6.4, 4.4)}
RANGES = {"nps": (30, -20, 60), "csat": (50, 80, 90), "umux_lite": (68, 92), "sus": (85,), "seq": (6.4,)}
MONTHLY, FORTNIGHTLY = Structure("panel", 4, 20), Structure("panel", 2, 20)
FRESH, SMALL, LARGE = Structure("fresh", 4, 20), Structure("panel", 4, 12), Structure("panel", 4, 40)
STRUCTURES = (MONTHLY, FRESH, FORTNIGHTLY, SMALL, LARGE, Structure("panel", 4, 80))
WARM = 12  # the week from which on editions are judged
NEVER = 99
PRODUCTS = 4  # of an organisation


class Words(NamedTuple):
    """The bands that the two sides of one edition name; none while there is no word."""

    cx: Bands
    ux: Bands

    @property
    def title(self) -> str:
        """The title after the product's name."""
        return title_clause(self.cx or NoWord.WAITING, self.ux or NoWord.WAITING)


class Bench:
    """Draws years, prints a line for each mean, and counts the bounds that were missed."""

    def __init__(self, seed: int, years: int) -> None:
        self.draw, self.years, self.missed = Years(seed), years, 0

    def line(self, label: str, values: Sequence[float], sign: str, bound: float) -> None:
        """One mean over runs against its bound."""
        value, n = float(np.mean(values)), len(values)
        error = max(float(np.std(values)), 0.5 / math.sqrt(n)) / math.sqrt(n)
        missed = value < bound - 3 * error if sign == ">=" else value > bound + 3 * error
        self.missed += missed
        self.say(f"  {label:58} {value:6.3f} +-{error:.3f} ({sign} {bound}) {'FAIL' * missed}")

    def say(self, words: str) -> None:
        """A line at once, so that a long run can be followed."""
        sys.stdout.write(f"{words.rstrip()}\n")
        sys.stdout.flush()

    def words(self) -> None:
        """Words and titles where nothing changes: how often right, how often wrong, how often they turn."""
        for structure in STRUCTURES:
            self.say(f"words: {structure}")
            right, turns = list[float](), list[float]()
            opposite, plain, half_turns = list[float](), list[float](), list[float]()
            for scores, true in (CLEAR | HALF_CLEAR).items():
                for _ in range(self.years):
                    year = self._editions(scores, structure)
                    sides = [one for pair in year for one in zip(pair, true, strict=True)]
                    opposite.append(_mean([_is_opposite(word, side) for word, side in sides]))
                    if scores in CLEAR:
                        right.append(_mean([pair == true for pair in year]))
                        turns.append(_turns(year))
                    else:
                        plain.append(_mean([_is_too_plain(word, side) for word, side in sides]))
                        half_turns.append(_turns(year))
            border = [
                [_turns(self._editions(scores, structure)) for _ in range(self.years)] for scores in BORDERS
            ]
            enough, often = (0.9, 4) if structure.answers >= 20 else (0.75, 5)
            self.line("truth clear: both words plain and right", right, ">=", enough)
            self.line("a mixed side called plainly good or poor", plain, "<=", 0.02)
            self.line("a side called the opposite of the truth", opposite, "<=", 0.005)
            self.line("title changes a year, truth clear", turns, "<=", 1)
            self.line("title changes a year, a side mixed", half_turns, "<=", 2)
            self.line("title changes a year, the worst border", max(border, key=sum), "<=", often)

    def instruments(self) -> None:
        """Words of the instruments that seldom speak for a side."""
        self.say(f"words of the other instruments: {MONTHLY}")
        for key, scores in CORNERS.items():
            for true, score in zip((GOOD, POOR), scores, strict=True):
                right = [
                    word == true
                    for _ in range(self.years)
                    for word in _words_over_time(key, self.draw.rounds(key, score, MONTHLY))
                ]
                self.line(f"{key} at {score}: plain", right, ">=", 0.85)

    def reaction(self) -> None:
        """How soon the word follows a true fall."""
        for structure in STRUCTURES[:3]:
            self.say(f"a true fall, the word within 8 weeks: {structure}")
            for key, score, then in (("umux_lite", 82, 55), ("nps", 50, -20)):
                found = [
                    _word(key, self.draw.rounds(key, score, structure, weeks=FALL + 8, then=then))
                    for _ in range(4 * self.years)
                ]
                hits = [Band.POOR in word and Band.GOOD not in word for word in found]
                self.line(f"{key} {score} to {then}: poor, or poor to mixed", hits, ">=", 0.95)

    def changed(self) -> None:
        """Years with a change that is said and is none; and how soon a true fall is seen."""
        for structure in (FRESH, FORTNIGHTLY, MONTHLY, SMALL, LARGE):
            for scores in ((30, 72.6), (60, 88)):
                self.say(f"changed: {structure}, at {scores[0]} and {scores[1]}")
                false = []
                for _ in range(3 * self.years):
                    made = [
                        (key, self.draw.rounds(key, score, structure))
                        for key, score in zip(SIDES, scores, strict=True)
                    ]
                    false.append(any(_alarms(key, rounds) for key, rounds in made))
                self.line("years with a false change, both sides together", false, "<=", 0.12)
                for key, score, fall in zip(SIDES, scores, (30, 12), strict=True):
                    years = [self.draw.rounds(key, score, structure, then=score - fall) for _ in false[::2]]
                    weeks = np.array([min(_alarms(key, one, fall=True), default=NEVER) for one in years])
                    seen = " / ".join(f"{np.mean(weeks < limit):.2f}" for limit in (8, 16))
                    self.say(f"  {key} truly falls by {fall}: seen within 8 / 16 weeks {seen}")
        self.say("changed: two channels of unlike level and pace")
        false = []
        for _ in range(3 * self.years):
            for key, score, gap in (("nps", 20, 15), ("umux_lite", 70, 6)):
                other = self.draw.rounds(key, score - gap, MONTHLY, channel="b")
                false.append(bool(_alarms(key, self.draw.rounds(key, score + gap, FORTNIGHTLY) + other)))
        self.line("years with a false change, one side", false, "<=", 0.06)

    def whole(self) -> None:
        """An organisation with four products cries wolf no more than one with one product does."""
        self.say(f"an organisation, its customers and the users of four products: {MONTHLY}")
        false = []
        for _ in range(3 * self.years):
            made = [("nps", self.draw.rounds("nps", 30, MONTHLY), 1)]
            users = [self.draw.rounds("umux_lite", 72.6, MONTHLY) for _ in range(PRODUCTS)]
            made += [("umux_lite", rounds, PRODUCTS) for rounds in users]
            false.append(any(_alarms(key, rounds, of=of) for key, rounds, of in made))
        self.line("years with a false change, all five sides together", false, "<=", 0.12)
        easy, one_hard, border = (
            [self._whole(cx, scores) for _ in range(self.years)]
            for cx, scores in ((50, [82] * PRODUCTS), (50, [55, 82, 82, 82]), (30, [72.6] * PRODUCTS))
        )
        wrong = [_mean([Band.POOR in word for _, word in year]) for year in easy]
        right = [_mean([(place, word) == (0, POOR) for place, word in year]) for year in one_hard]
        self.line("all are easy: the title has a product that is hard", wrong, "<=", 0.005)
        self.line("one is hard: the title has it, and calls it poor", right, ">=", 0.9)
        for label, years, often in (("clear", [*easy, *one_hard], 1), ("at the worst border", border, 4)):
            turns = [sum(one != other for one, other in pairwise(year)) for year in years]
            self.line(f"title changes a year by its users, truth {label}", turns, "<=", often)

    def _whole(self, cx: float, users: Sequence[float]) -> list[tuple[int, Bands]]:
        """Of each edition which product the title has, and the word of its users."""
        customers = _words_over_time("nps", self.draw.rounds("nps", cx, MONTHLY))
        sides = [_words_over_time("umux_lite", self.draw.rounds("umux_lite", one, MONTHLY)) for one in users]
        found, last = list[tuple[int, Bands]](), ""
        for word, *words in zip(customers, *sides, strict=True):
            given = [replace(side(Lens.UX, one), product_id=f"{place}") for place, one in enumerate(words)]
            titled = min(given, key=lambda one: apart(side(Lens.CX, word), one, last))
            last = titled.product_id
            found.append((int(last), words[int(last)]))
        return found

    def ranges(self) -> None:
        """How often the likely range holds the truth."""
        for who, n in [*(("fresh", n) for n in (10, 12, 15, 20, 30, 50)), ("panel", 10), ("panel", 20)]:
            weeks, added = (6, ", six rounds added") if who == "panel" else (1, "")
            self.say(f"ranges: {who}, {n} answers{added}")
            held, printed = list[list[bool]](), list[bool]()
            for key, score in [(key, score) for key, scores in RANGES.items() for score in scores]:
                hits = []
                for _ in range(20 * self.years):
                    made = self.draw.rounds(key, score, Structure(who, 1, n), weeks=weeks, drawn=True)
                    found = likely(INSTRUMENTS[key], made)
                    hits.append(found.low - 1e-9 <= truth(key, score) <= found.high + 1e-9)
                    if len(made) > 1 or made[0].clipped is None:
                        printed.append(hits[-1])
                held.append(hits)
            self.line("holds the truth, mean", [hit for hits in held for hit in hits], ">=", 0.935)
            self.line("holds the truth, worst of ten truths", min(held, key=sum), ">=", 0.87)
            self.say(f"  {'of those that are printed (no clipped round alone)':58} {np.mean(printed):6.3f}")

    def _editions(self, scores: tuple[float, float], structure: Structure) -> list[Words]:
        cx, ux = (
            _words_over_time(key, self.draw.rounds(key, score, structure))
            for key, score in zip(SIDES, scores, strict=True)
        )
        return [Words(*pair) for pair in zip(cx, ux, strict=True)]


def _word(key: str, rounds: Sequence[Round]) -> Bands:
    found = level_of(INSTRUMENTS[key], rounds)
    return found.bands if found else ()


def _words_over_time(key: str, rounds: Sequence[Round]) -> list[Bands]:
    """The word after each round, from week 12 on."""
    first = (START + timedelta(weeks=WARM)).date()
    found = levels(INSTRUMENTS[key], rounds)
    return [level.bands if level else () for day, level in found.items() if day >= first]


def _is_opposite(word: Bands, true: Bands) -> bool:
    """Whether good is said where poor is true, or the other way round."""
    far = {POOR: Band.GOOD, GOOD: Band.POOR}.get(true)
    return far in word and true[0] not in word


def _is_too_plain(word: Bands, true: Bands) -> bool:
    """Whether plainly good or poor is said where mixed is true."""
    return true == MIXED and word in (POOR, GOOD)


def _turns(year: Sequence[Words]) -> int:
    """How often the title changes."""
    return sum(one.title != other.title for one, other in pairwise(year))


def _alarms(key: str, rounds: Sequence[Round], *, fall: bool = False, of: int = 1) -> list[int]:
    """Weeks after week 12 (36 for a true fall) at which a change is said."""
    first, found = START + timedelta(weeks=FALL if fall else WARM), []
    for day in sorted({one.counted_at for one in rounds if one.counted_at >= first}):
        said = changed(INSTRUMENTS[key], [one for one in rounds if one.counted_at <= day], of=of)
        told = {Direction.WORSE} if fall else {Direction.WORSE, Direction.BETTER}
        if said and said.direction in told:
            found.append((day - first).days // 7)
    return found


def _mean(values: Sequence[float]) -> float:
    return float(np.mean(values))


CHECKS = {
    "words": Bench.words,
    "instruments": Bench.instruments,
    "reaction": Bench.reaction,
    "changed": Bench.changed,
    "whole": Bench.whole,
    "ranges": Bench.ranges,
}


def main() -> None:
    """Runs the checks that are asked for; ends with exit code 1 where a bound is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--years", type=int, default=40, help="of each truth")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default=",".join(CHECKS), help="checks, with commas between")
    given = parser.parse_args()
    bench = Bench(given.seed, given.years)
    for name in given.only.split(","):
        CHECKS[name](bench)
    if bench.missed:
        sys.exit(f"{bench.missed} bounds missed")


if __name__ == "__main__":
    main()
