"""Scores in people's words: the number, how sure it is, how many chose what, what it was before."""

from dataclasses import replace
from datetime import date

from jobs.contrast import Direction, Side
from jobs.instruments import INSTRUMENTS, AnswerClass, Band, Instrument, Scoring, outwards
from jobs.messages.wording.vocabulary import PEOPLE_OF
from jobs.messages.wording.voice import MONTHS, Voice, answered, capital, count, spelled
from jobs.privacy.clip_rule import HIDDEN, ClippedRange
from jobs.scoring import Part, Score, sus_grade
from storage.records import Lean

LIKELY = "Likely: the true score is in this range 19 times in 20."
"""What "likely" means; said once in each message that uses the word."""

UNCLEAR = "unclear"
_LEANS = {
    Lean.GOOD: "leaning good",
    Lean.POOR: "leaning poor",
    Lean.NEITHER: "leaning neither way",
}
_TURNS = {Direction.BETTER: "got better", Direction.WORSE: "got worse"}
TOO_FEW_TO_SAY = "Too few answers to say if anything changed."
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
        return ends(voice, instrument, score.between)
    if score.value is None:
        return ""
    return ("about " if score.about else "") + number(voice, instrument, score.value)


def ends(voice: Voice, instrument: Instrument, between: ClippedRange) -> str:
    """Where the score of a clipped round lies: "+75 or more"."""
    low, high = (
        end if end is None else number(voice, instrument, outwards(instrument, end, up=up))
        for end, up in ((between.low, False), (between.high, True))
    )
    if low and high:
        return f"{low} to {high}"
    return f"{low} or more" if low else f"{high} or less"


def likely(voice: Voice, score: Score | Part) -> str:
    """The range that is printed with a score, without a percent sign; empty where there is none."""
    if score.likely is None:
        return ""
    instrument = replace(INSTRUMENTS[score.instrument], percent=False)
    return voice.between(*(number(voice, instrument, end) for end in (score.likely.low, score.likely.high)))


def word(side: Side) -> str:
    """The word of a side: "mixed to good", "poor", "unclear", "leaning good"; empty where there is none."""
    if side.score and side.score.lean is not None:
        return _LEANS[side.score.lean]
    return UNCLEAR if is_unclear(side) else " to ".join(dict.fromkeys((*side.bands[:1], *side.bands[-1:])))


def lean(of: Lean) -> str:
    """The word of a word round: "leaning good"."""
    return _LEANS[of]


def is_unclear(side: Side) -> bool:
    """Whether poor, mixed and good are all possible."""
    return side.bands == tuple(Band)


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
        f"{f'{people:,}' if people else 'nobody'} chose {chosen_points(instrument, name)}"
        for name, people in zip(AnswerClass, counts, strict=True)
    )


def _nearly_all(voice: Voice, instrument: Instrument, n: int, clipped: float) -> str:
    who = f"at least {n - HIDDEN:,} of {n:,}"
    if instrument.has_form:
        return f"{who} scored {number(voice, instrument, clipped)}"
    points = [point for point in instrument.scale.points if instrument.as_scored(point) == clipped]
    return f"{who} chose {_points(points)}"


def chosen_points(instrument: Instrument, name: AnswerClass) -> str:
    """The points of a class of answers: "9 or 10", "0 to 6"."""
    return _points([point for point in instrument.scale.points if instrument.class_of(point) is name])


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


def by_role(voice: Voice, score: Score) -> str:
    """The score of each role: "by role: buyers +12 (likely −20 to 44, 14 answers) · users ..."."""
    instrument = INSTRUMENTS[score.instrument]
    said = [
        f"{PEOPLE_OF[part.role]} {number(voice, instrument, part.value)} "
        f"({likely(voice, part)}, {count(part.n, 'answer')})"
        for part in score.parts
    ]
    return f"by role: {('; ' if voice.aloud else ' · ').join(said)}" if said else ""


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
    shown = score_before(voice, side)
    return f"{shown}, {base_in_answers(side.before)}" if side.before and shown else ""


def score_before(voice: Voice, side: Side) -> str:
    """The score before by its name, without its base: "October: +33"; empty where there is none."""
    score = side.before
    if score is None or score.last_day is None:
        return ""
    shown = value(voice, score) or _LEANS[score.lean or Lean.NEITHER]
    return f"{_name_of(voice, side, score.last_day, in_month=side.before_in_month)}: {shown}"


def _name_of(voice: Voice, side: Side, day: date, *, in_month: bool) -> str:
    newest = side.score.last_day if side.score else None
    return day_name(voice, day, in_month=in_month, newest=newest)


def day_name(
    voice: Voice, day: date, *, in_month: bool, newest: date | None, same_month_too: bool = False
) -> str:
    """The month if that says which round is meant, with its year if that is long ago; else the day.

    `newest` is the day that people read it from; the month of that day is no name for another.
    """
    old = newest is not None and (newest - day).days > _ALMOST_A_YEAR
    same_month = newest is not None and (newest.year, newest.month) == (day.year, day.month)
    if not in_month or (same_month and not same_month_too):
        return voice.day(day, year=old)
    month = MONTHS[day.month - 1]
    return f"{month if voice.aloud else month[:3]} {day.year}" if old else month


def since(voice: Voice, side: Side) -> str:
    """Since when a side has changed, or has not: "since October"; empty where nothing is said of it."""
    if side.change is None:
        return ""
    return f"since {_name_of(voice, side, side.change.since, in_month=side.change.since_month)}"


def turn(side: Side) -> str:
    """What a side has done: "got better" or "got worse"; empty where that cannot be said."""
    return _TURNS.get(side.change.direction, "") if side.change else ""


def from_to(voice: Voice, side: Side) -> str:
    """The two scores of a change: "74 to 52"; empty where they may not stand beside it."""
    numbers = side.change.numbers if side.change else None
    return " to ".join(value(voice, score) for score in numbers) if numbers else ""


def change(voice: Voice, side: Side) -> str:
    """What may be said of a change of one side, in sentences; empty where there is no score before."""
    if side.before is None:
        return ""
    if side.change is None:
        return TOO_FEW_TO_SAY
    if not turn(side):
        return " ".join(filter(None, ["No clear change.", _visible(side)]))
    head, numbers = f"{capital(turn(side))} {since(voice, side)}", from_to(voice, side)
    return f"{voice.bold(f'{head}:')} {numbers}." if numbers else voice.bold(f"{head}.")


def _visible(side: Side) -> str:
    """How large a change must be to show mostly."""
    size = side.change.visible if side.change else None
    if size is None:
        return ""
    points = "1 point" if size == 1 else f"{size:g} points"
    return f"With so few answers, only a change of {points} or more would show."


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
