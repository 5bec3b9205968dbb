"""Scores in people's words: the number, how sure it is, how many chose what, what it was before."""

import math
from datetime import date

from jobs.contrast import Side
from jobs.instruments import INSTRUMENTS, AnswerClass, Instrument, Scoring
from jobs.messages.wording.voice import MONTHS, Voice, answered, capital, count, spelled
from jobs.privacy.clip_rule import HIDDEN
from jobs.scoring import Score, sus_grade
from storage.records import Lean

LIKELY = "Likely: the true score is in this range 19 times in 20."
"""What "likely" means; said once in each message that uses the word."""

_LEANS = {
    Lean.GOOD: "leaning good",
    Lean.POOR: "leaning poor",
    Lean.NEITHER: "leaning neither way",
}
_GRADED_FROM = 20  # answers: conclusions from fewer SUS forms did not hold often enough
_ALMOST_A_YEAR = 330  # days after which a month is told with its year


def number(voice: Voice, instrument: Instrument, value: float) -> str:
    """A score as it is printed: "+32", "50%", "69", "5.5"."""
    return voice.number(
        value, digits=instrument.decimals, signed=instrument.signed, percent=instrument.percent
    )


def value(voice: Voice, score: Score) -> str:
    """The score's own number: "+32", "about +62", "+75 or more"; empty where there is none."""
    instrument = INSTRUMENTS[score.instrument]
    if score.between:
        low, high = (
            end if end is None else number(voice, instrument, _outwards(instrument, end, up=up))
            for end, up in ((score.between.low, False), (score.between.high, True))
        )
        if low and high:
            return f"{low} to {high}"
        return f"{low} or more" if low else f"{high} or less"
    if score.value is None:
        return ""
    return ("about " if score.about else "") + number(voice, instrument, score.value)


def _outwards(instrument: Instrument, end: float, *, up: bool) -> float:
    """An end of a range, rounded so that the range stays true."""
    step = 10.0**instrument.decimals
    exact = round(end * step, 6)
    return float(math.ceil(exact) if up else math.floor(exact)) / step


def likely(voice: Voice, score: Score) -> str:
    """The range that is printed with a score; empty where there is none."""
    if score.likely is None:
        return ""
    instrument = INSTRUMENTS[score.instrument]
    return voice.between(*(number(voice, instrument, end) for end in (score.likely.low, score.likely.high)))


def word(score: Score | None) -> str:
    """The word of a score: "mixed to good", "poor", "unclear", "leaning good"; empty where there is none."""
    if score is None or not score.says_something:
        return ""
    if score.lean is not None:
        return _LEANS[score.lean]
    if not score.can_tell:
        return "unclear"
    return " to ".join(dict.fromkeys((score.bands[0], score.bands[-1])))


def classes(voice: Voice, score: Score) -> str:
    """How many chose what: "14 chose 9 or 10, ..."; of a clipped round only what nearly all chose.

    Empty where that may not be shown.
    """
    instrument = INSTRUMENTS[score.instrument]
    if score.clipped is not None:
        return _nearly_all(voice, instrument, score.n, score.clipped)
    counts = (score.favourable, score.middle, score.unfavourable)
    if None in counts or instrument.scoring in (Scoring.MEAN, Scoring.SUM):
        return ""
    return ", ".join(
        f"{f'{people:,}' if people else 'nobody'} chose {_points(_points_of(instrument, name))}"
        for name, people in zip(AnswerClass, counts, strict=True)
    )


def _nearly_all(voice: Voice, instrument: Instrument, n: int, clipped: float) -> str:
    who = f"at least {n - HIDDEN:,} of {n:,}"
    if instrument.has_form:
        return f"{who} scored {number(voice, instrument, clipped)}"
    points = [point for point in instrument.scale.points if instrument.as_scored(point) == clipped]
    return f"{who} chose {_points(points)}"


def _points_of(instrument: Instrument, name: AnswerClass) -> list[int]:
    return [point for point in instrument.scale.points if instrument.class_of(point) is name]


def _points(points: list[int]) -> str:
    if len(points) == 1:
        return str(points[0])
    return f"{points[0]} {'or' if len(points) == 2 else 'to'} {points[-1]}"  # noqa: PLR2004 - two points


def items(voice: Voice, score: Score) -> str:
    """The means of the statements of UMUX-Lite, where they may be shown; else empty."""
    if score.instrument != "umux_lite" or not score.items:
        return ""
    useful, easy = (voice.number(mean) for mean in score.items)
    return f"Useful: {useful} of 100. Easy: {easy} of 100."


def grade(score: Score) -> str:
    """The grade with both its ends, where the instrument has one: "grade C, between D and B"."""
    if not INSTRUMENTS[score.instrument].graded or score.n < _GRADED_FROM or score.value is None:
        return ""
    ends = [sus_grade(end) for end in (score.likely.low, score.likely.high)] if score.likely else []
    between = f", between {ends[0]} and {ends[1]}" if len(set(ends)) > 1 else ""
    return f"grade {sus_grade(score.value)}{between}"


def standing(score: Score) -> str:
    """Grade and published average, in sentences: "Grade C, between D and B. Average product: 68."."""
    known = INSTRUMENTS[score.instrument].average if score.n >= _GRADED_FROM else None
    parts = [grade(score), f"average product: {known}" if known and score.value is not None else ""]
    return " ".join(f"{capital(part)}." for part in parts if part)


def before(voice: Voice, side: Side) -> str:
    """The score before, which stands under each score without a claim: "October: +33, 24 answers"."""
    score = side.before
    if score is None or score.last_day is None:
        return ""
    shown = value(voice, score) or word(score)
    return f"{_name_of(voice, side, score.last_day)}: {shown}, {base_in_answers(score)}"


def _name_of(voice: Voice, side: Side, day: date) -> str:
    """The month if that says which round is meant, with its year if that is long ago; else the day."""
    newest = side.score.last_day if side.score else None
    old = newest is not None and (newest - day).days > _ALMOST_A_YEAR
    same_month = newest is not None and (newest.year, newest.month) == (day.year, day.month)
    if not side.before_in_month or same_month:
        return voice.day(day, year=old)
    month = MONTHS[day.month - 1]
    return f"{month if voice.aloud else month[:3]} {day.year}" if old else month


def base(side: Side) -> str:
    """How many answered: "28 of 61 answered", "148 answers, 6 rounds"."""
    score = side.score
    if score is None:
        return ""
    if score.rounds > 1:
        return base_in_answers(score)
    if score.askings > 1:
        return f"{count(score.n, 'person', 'people')} answered, in {spelled(score.askings)} askings joined"
    return answered(score.n, side.invited)


def base_in_answers(score: Score) -> str:
    """How many answers there are: "24 answers", "148 answers, 6 rounds"."""
    rounds = f", {score.rounds} rounds" if score.rounds > 1 else ""
    return f"{count(score.n, 'answer')}{rounds}"
