"""Under a contrast: a quotation, figures from elsewhere, who was asked, what "likely" means."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from jobs.cadence import DAYS
from jobs.contrast import Contrast, OpenQuestion, Side
from jobs.messages.layout.blocks import Block, context, quote
from jobs.messages.report.score_words import LIKELY
from jobs.messages.report.side_cards import sides
from jobs.messages.wording.escaping import safe, sentence_of_comment
from jobs.messages.wording.voice import MINUS, MONTHS, MRKDWN, Voice, capital, listed
from jobs.scoring import Score
from storage.records import Lens, OutcomeFigure, People, Quote, Unit

PEOPLE = {
    People.DIFFERENT: "two different groups of people",
    People.SAME: "the same people on both sides",
    People.SOME: "some people were asked both questions",
}
_OF_MANY = {
    People.DIFFERENT: "customers and users are different people",
    People.SAME: "the same people on all sides",
    People.SOME: "some people were asked more than one question",
}
LONGEST_QUOTE = 2_000  # in `text`, which has 4,000 characters for everything
WHO = {None: "Somebody wrote:", Lens.CX: "A customer wrote:", Lens.UX: "A user wrote:"}
"""Nobody is told the side where the same people may have been asked on both."""
WISH_OF = {None: "A wish:", Lens.CX: "A wish of a customer:", Lens.UX: "A wish of a user:"}
MOST_OUTCOMES, ROOM_FOR_OUTCOMES = 5, 600  # in characters
_UNITS = {Unit.PERCENT: "%", Unit.STARS: " stars", Unit.POINTS: " points"}
_SMALL_SHARE = 0.3  # under this share those who answered may not stand for all


def small_print(voice: Voice, contrast: Contrast) -> str:
    """The facts on one line, and below them what "likely" means."""
    likely = any(each.likely for each in _scores(contrast))
    if contrast.only_others:
        return LIKELY if likely else ""
    facts = [voice.period(contrast.period, year=contrast.asked_for) if contrast.period else ""]
    people = _OF_MANY if contrast.beside else PEOPLE
    facts.append(people[contrast.people] if contrast.people else "")
    said = (", " if voice.aloud else " · ").join(filter(None, facts))
    few = any(map(_stands_for_few, sides(contrast)))
    no_room = listed([safe(name) for name in contrast.left_out])
    more = f"No room for the users of {no_room}." if no_room else ""
    return voice.lines(
        more,
        "Few answered: this may not speak for everyone." if few else "",
        f"{capital(said)}." if voice.aloud and said else said,
        LIKELY if likely else "",
    )


def late(due_at: datetime, zone: str) -> str:
    """That an edition was made later than its schedule says, on the digest's clock."""
    local = due_at.astimezone(ZoneInfo(zone))
    return f"This digest is late: it was due {DAYS[local.weekday()][:3]} {local:%H:%M}."


def _scores(contrast: Contrast) -> list[Score]:
    """The scores that the post shows."""
    of_sides = [] if contrast.only_others else [side.score for side in sides(contrast) if side.score]
    return [*of_sides, *(other.score for other in contrast.others)]


def open_question(contrast: Contrast) -> OpenQuestion | None:
    """The question to point to: an open one of a side that shows nothing yet, CX first; or None."""
    wanting = [side for side in sides(contrast) if not side.is_shown]
    return next((side.open_question for side in wanting if side.open_question), None)


def _stands_for_few(side: Side) -> bool:
    score = side.score
    return bool(score and side.is_shown and side.invited and score.n / side.invited < _SMALL_SHARE)


def quotation(quoted: Quote | None, side: Lens | None = None) -> list[Block]:
    """The quotation, of a side where that may be said; nothing where its author has erased it."""
    if quoted is None or quoted.text is None:
        return []
    return [context(_who(quoted, side)), quote(quoted.text)]


def quotation_aloud(quoted: Quote | None, side: Lens | None = None) -> str:
    """The same in a sentence of `text`."""
    if quoted is None or quoted.text is None:
        return ""
    return f"{_who(quoted, side)} {sentence_of_comment(quoted.text, LONGEST_QUOTE)}"


def _who(quoted: Quote, side: Lens | None) -> str:
    return (WISH_OF if quoted.wish else WHO)[side]


def by_hand(contrast: Contrast) -> list[str]:
    """The figures from elsewhere with day and source, a line for those of people and one for those of files.

    Mrkdwn; where there are many, the newest that have room.
    """
    told, room = dict[OutcomeFigure, str](), ROOM_FOR_OUTCOMES
    for each in sorted(contrast.outcomes, key=lambda each: each.day, reverse=True)[:MOST_OUTCOMES]:
        said = outcome(each, contrast.outcomes_on)
        room -= len(said)
        if room >= 0:
            told[each] = said
    lines = []
    for head, of_people in (("Entered by hand", True), ("From a file", False)):
        said = " · ".join(
            told[each] for each in contrast.outcomes if each in told and bool(each.name) is of_people
        )
        lines += [f"{head}: {said}"] if said else []
    more = len(contrast.outcomes) - len(told)
    return [*lines, f"{more} more: {MRKDWN.code('/pulse outcome list')}"] if more else lines


def outcome(figure: OutcomeFigure, today: date | None) -> str:
    """Such as "retention 94% (Oct), from Priya Nair"; safe in mrkdwn and in `text`."""
    said = f"{safe(figure.metric)} {outcome_value(figure)} ({outcome_day(figure, today)})"
    return f"{said}, {whence}" if (whence := outcome_source(figure)) else said


def outcome_source(figure: OutcomeFigure) -> str:
    """Where a figure is from, and who entered it; empty where neither is known."""
    source, name = safe(figure.source) if figure.source else "", safe(figure.name) if figure.name else ""
    if source:
        return f"from {source}, by {name}" if name else f"from {source}"
    return f"from {name}" if name else ""


def outcome_day(figure: OutcomeFigure, today: date | None) -> str:
    """The day or month of a figure, with its year where that is another one than today's."""
    other = today is None or figure.day.year != today.year
    if figure.whole_month:
        return MONTHS[figure.day.month - 1][:3] + (f" {figure.day.year}" if other else "")
    return MRKDWN.day(figure.day, year=other)


def outcome_value(figure: OutcomeFigure) -> str:
    """Such as "94%", "4.4", "€1,200", "1,200 EUR"."""
    whole, point, decimals = figure.value.lstrip("-").partition(".")
    number = f"{int(whole):,}{point}{decimals}{_UNITS.get(figure.unit, '')}"
    sign = MINUS if figure.value.startswith("-") else ""
    if figure.currency.isalpha():
        return f"{sign}{number} {figure.currency}"
    return f"{sign}{figure.currency}{number}"
