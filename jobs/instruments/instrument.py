"""What a standard questionnaire is: its items, scale, classes, scoring, and how a score is printed. Pure.

The questionnaires themselves are the literals of `jobs.instruments.published`.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import NamedTuple

from storage.records import Lens

_FLOAT_DUST = 9  # decimals that hold; what lies behind them is binary rounding (71.05 is 71.04999... inside)


class Scoring(StrEnum):
    """How answers become a score."""

    NET = "net"  # 100 (favourable - unfavourable) / n, from -100 to +100
    SHARE = "share"  # 100 favourable / n
    MEAN = "mean"  # the mean point of one item
    SUM = "sum"  # the mean of each person's items, turned so that high is good, on 0 to 100


class Band(StrEnum):
    """How good a score is, by the borders of its own instrument."""

    POOR = "poor"
    MIXED = "mixed"
    GOOD = "good"


class AnswerClass(StrEnum):
    """Which kind of answer one person gave."""

    FAVOURABLE = "favourable"
    MIDDLE = "middle"
    UNFAVOURABLE = "unfavourable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """The points of an item, `low` to `high`, and the words at some or all of them."""

    low: int
    high: int
    labels: Mapping[int, str]

    def __contains__(self, point: object) -> bool:
        return isinstance(point, int) and not isinstance(point, bool) and self.low <= point <= self.high

    @property
    def points(self) -> range:
        """Every point, low to high."""
        return range(self.low, self.high + 1)

    @property
    def words(self) -> str:
        """The line above the numbers: the two ends in a sentence, or every point with its words."""
        if len(self.labels) < len(self.points):
            return f"{self.low} is {self.labels[self.low]}, {self.high} is {self.labels[self.high]}."
        return " · ".join(f"{point} {self.labels[point]}" for point in self.points)


class Typical(NamedTuple):
    """The typical product on an instrument: its score, and the standard deviation of one answer about it.

    `low` is an unhappy answer, which the range of a mean reckons with; None: the lowest that there is.
    """

    score: float
    spread: float
    low: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """A standard questionnaire with fixed wording and its scoring.

    `question` and `items` hold `{subject}` where the subject goes. One item without a form is answered by
    buttons under `question`; several are `items` of a form, and `question` invites to it.
    """

    key: str  # what people type: "nps", "umux_lite"
    name: str  # what people read: "NPS", "UMUX-Lite"
    lens: Lens
    rank: int  # which one speaks for its side when several are asked: the lowest
    question: str
    lead_in: str | None  # a line above the question, for SEQ "The task: {subject}."
    about: str  # the line in the form that asks: "Would you recommend it? (NPS)"
    about_more: str  # its small print
    scale: Scale
    items: tuple[str, ...]  # statements of a form; empty for one question with buttons
    reversed_items: frozenset[int]  # items for which low is good (SUS: the even ones)
    scoring: Scoring
    favourable_from: float  # a response at or above is favourable: a point, or 0 to 100 for SUM
    middle_from: float  # at or above: middle; below: unfavourable
    mixed_from: float  # a score at or above is mixed, below it is poor
    good_from: float  # a score at or above is good
    typical: Typical  # what is expected before anybody has answered
    signed: bool = False  # printed with its sign (NPS)
    percent: bool = False  # printed with a percent sign (shares)
    form_intro: str | None = None  # above the statements; None: what every form says
    effort: str | None = None  # "About 20 seconds."
    pause_days: int = 14  # how long after asking it here again tires people
    most_a_month: int = 0  # how often in 30 days, where the pause is shorter; 0: by the pause alone
    min_answered: int | None = None  # items a person must answer; None: all of them
    credit: str | None = None  # the source line it must carry
    aliases: tuple[str, ...] = ()  # other words that people type for it
    graded: bool = False  # read on the SUS grading scale (jobs.grading)
    average: int | None = None  # the average product's score, where one is published
    in_full: str | None = None  # the name in a list, where the name alone says little

    @property
    def has_form(self) -> bool:
        """Whether it is answered in a form rather than by one click."""
        return bool(self.items)

    @property
    def item_count(self) -> int:
        """How many items a person answers."""
        return len(self.items) or 1

    @property
    def bounds(self) -> tuple[float, float]:
        """The lowest and the highest score there can be."""
        if self.scoring is Scoring.MEAN:
            return self.scale.low, self.scale.high
        return (-100, 100) if self.scoring is Scoring.NET else (0, 100)

    @property
    def decimals(self) -> int:
        """Decimals in print: none, but one for a mean, since whole numbers on 1 to 7 say little."""
        return 1 if self.scoring is Scoring.MEAN else 0

    def as_scored(self, answer: float) -> float:
        """One person's answer as the score adds it: 100, 0 or -100 (net), 100 or 0 (share), or as it is."""
        if self.scoring in (Scoring.MEAN, Scoring.SUM):
            return answer
        found = self.class_of(answer)
        if found is AnswerClass.FAVOURABLE:
            return 100
        return -100 if self.scoring is Scoring.NET and found is AnswerClass.UNFAVOURABLE else 0

    def class_of(self, answer: float) -> AnswerClass:
        """The class of one person's answer: a point, or their own 0 to 100 where items are summed."""
        if answer >= self.favourable_from:
            return AnswerClass.FAVOURABLE
        return AnswerClass.MIDDLE if answer >= self.middle_from else AnswerClass.UNFAVOURABLE

    def question_about(self, subject: str) -> str:
        """The question as people read it."""
        return _about(subject, self.question)

    def lead_in_about(self, subject: str) -> str | None:
        """The line above the question; None where there is none."""
        return self.lead_in and _about(subject, self.lead_in)

    def statements_about(self, subject: str) -> tuple[str, ...]:
        """The statements of the form in their published order, without numbers; empty for one question."""
        return tuple(_about(subject, item) for item in self.items)


_SMALL_FIRST_WORDS = frozenset({"a", "an", "my", "our", "that", "the", "these", "this", "those", "your"})


def _about(subject: str, wording: str) -> str:
    """The wording with the subject in it. A product keeps its own spelling, also in front ("iLog")."""
    if wording.startswith("{subject}") and subject.split(" ", 1)[0] in _SMALL_FIRST_WORDS:
        subject = subject[0].upper() + subject[1:]
    return wording.replace("{subject}", subject)


def half_up(value: float, decimals: int = 0) -> Decimal:
    """The value to so many decimals, half away from zero; zero has no sign."""
    exact = Decimal(repr(round(value, _FLOAT_DUST)))
    return exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP) + 0


def printed(instrument: Instrument, value: float) -> Decimal:
    """A score, or an end of its range, as people read it: a whole number, or one decimal for a mean (SEQ)."""
    return half_up(value, instrument.decimals)


def outwards(instrument: Instrument, end: float, *, up: bool) -> float:
    """An end of where a score lies, rounded as it is printed, so that what is said stays true."""
    step = 10.0**instrument.decimals
    exact = round(end * step, 6)
    return float(math.ceil(exact) if up else math.floor(exact)) / step
