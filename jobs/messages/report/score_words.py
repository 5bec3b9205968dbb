"""Scores in people's words: the number, how sure it is, how many chose what, what it was before."""

from jobs.contrast import Side
from jobs.instruments import INSTRUMENTS, AnswerClass, Instrument
from jobs.messages.wording.voice import Voice, answered, capital, count, weeks
from jobs.scoring import Change, Score, Stage, half_up, sus_grade
from storage.records import Period

CLEAR = 0.01
"""From which p on a difference is "no clear change"; under it no verdict is given here."""

TOO_EARLY = "too early to tell"
_NEXT_TO = 1.5  # days: a period that ends so close to the next one's start is the one before it


def number(voice: Voice, instrument: Instrument, value: float) -> str:
    """A score as it is printed: "+32", "50%", "69", "5.5"."""
    return voice.number(
        value, digits=instrument.decimals, signed=instrument.signed, percent=instrument.percent
    )


def value(voice: Voice, score: Score) -> str:
    """The score's own number; empty where there are too few answers for one."""
    return "" if score.value is None else number(voice, INSTRUMENTS[score.instrument], score.value)


def likely(voice: Voice, score: Score) -> str:
    """The range that is printed with a score, or why there is none."""
    if score.likely is None:
        return "all answers the same, so no range"
    instrument = INSTRUMENTS[score.instrument]
    return voice.between(*(number(voice, instrument, end) for end in (score.likely.low, score.likely.high)))


def anywhere(voice: Voice, score: Score) -> str:
    """The range of an early score, worded so that nobody relies on the number."""
    if score.likely is None:
        return likely(voice, score)
    instrument = INSTRUMENTS[score.instrument]
    low, high = (number(voice, instrument, end) for end in (score.likely.low, score.likely.high))
    return f"the true value could be anywhere from {low} to {high}"


def bands(score: Score) -> str:
    """The verdict in words: "mixed to good", "poor", or that it is too early to tell."""
    if not score.can_tell:
        return TOO_EARLY
    return " to ".join(dict.fromkeys((score.bands[0], score.bands[-1])))


def classes(score: Score) -> str:
    """How many chose what: "14 chose 9 or 10, ...".

    Empty where that may not be shown, and for instruments with a form, whose classes are no single
    points.
    """
    instrument = INSTRUMENTS[score.instrument]
    counts = (score.favourable, score.middle, score.unfavourable)
    if instrument.has_form or None in counts:
        return ""
    points = {
        name: [p for p in instrument.scale.points if instrument.class_of(p) is name] for name in AnswerClass
    }
    parts = [
        f"{f'{number:,}' if number else 'nobody'} chose {_points(points[name])}"
        for name, number in zip(AnswerClass, counts, strict=True)
        if points[name]
    ]
    return ", ".join(parts)


def _points(points: list[int]) -> str:
    if len(points) == 1:
        return str(points[0])
    return f"{points[0]} {'or' if len(points) == 2 else 'to'} {points[-1]}"  # noqa: PLR2004 - two points


def grade(score: Score) -> str:
    """The grade with both its ends, where the instrument has one: "grade C, between D and B"."""
    if not INSTRUMENTS[score.instrument].graded or score.stage is not Stage.FULL or score.value is None:
        return ""
    ends = [sus_grade(end) for end in (score.likely.low, score.likely.high)] if score.likely else []
    between = f", between {ends[0]} and {ends[1]}" if len(set(ends)) > 1 else ""
    return f"grade {sus_grade(score.value)}{between}"


def standing(score: Score) -> str:
    """Grade and published average, in sentences: "Grade C, between D and B. Average product: 68."."""
    known = _average(score)
    parts = [grade(score), f"average product: {known}" if known else ""]
    return " ".join(f"{capital(part)}." for part in parts if part)


def standing_within(score: Score) -> str:
    """The same inside a longer sentence: "grade C, between D and B, average product 68"."""
    known = _average(score)
    return ", ".join(filter(None, [grade(score), f"average product {known}" if known else ""]))


def _average(score: Score) -> int | None:
    return INSTRUMENTS[score.instrument].average if score.stage is Stage.FULL else None


def before(voice: Voice, side: Side, period: Period) -> str:
    """The earlier score with its range and base: "Six weeks before: +17, likely −15 to +45, 24 answers."."""
    score = side.before
    if score is None or side.before_period is None or score.stage is Stage.HIDDEN:
        return ""
    when = _before(voice, side.before_period, period)
    base = count(score.n, "answer")
    if score.value is None:
        return f"{when}: {bands(score)}, {base}."
    return f"{when}: {value(voice, score)}, {likely(voice, score)}, {base}."


def _before(voice: Voice, earlier: Period, period: Period) -> str:
    """When the earlier score was: by its length if it is the period just before, else by its days."""
    gap = abs((period.start - earlier.end).total_seconds()) / 86_400
    return (
        f"{capital(weeks(earlier.end - earlier.start))} before" if gap < _NEXT_TO else voice.period(earlier)
    )


def difference(voice: Voice, instrument: Instrument, change: Change) -> str:
    """The difference of the two printed scores with its range: "15 points more (likely −26 to +54)"."""
    size = half_up(abs(change.difference), instrument.decimals)
    more = "more" if change.difference > 0 else "fewer"
    points = f"{size} {'point' if size == 1 else 'points'} {more}" if size else "The same"
    ends = [_shift(voice, instrument, end) for end in (change.likely.low, change.likely.high)]
    return f"{points}, {voice.between(*ends)}" if voice.aloud else f"{points} ({voice.between(*ends)})"


def _shift(voice: Voice, instrument: Instrument, value: float) -> str:
    if not voice.aloud:
        return voice.number(value, digits=instrument.decimals, signed=True)
    size = half_up(abs(value), instrument.decimals)
    return f"{size} {'more' if value > 0 else 'fewer'}" if size else "0"


def noticeable(voice: Voice, instrument: Instrument, change: Change) -> str:
    """How small a change this comparison could not have shown."""
    shift = voice.number(change.noticeable, digits=instrument.decimals)
    return f"A shift under about {shift} points could not have been noticed."


def base(side: Side) -> str:
    """How many answered: "28 of 61 answered"."""
    return answered(side.n, side.invited)
