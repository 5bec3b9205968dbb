"""The rounds of a product as an answer to one person: a row a round, what changed, and the picture."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from jobs.contrast import Side
from jobs.instruments import INSTRUMENTS
from jobs.messages.layout.blocks import Message, context, image, message, section
from jobs.messages.report import score_words
from jobs.messages.report.small_print import outcome_day, outcome_source, outcome_value
from jobs.messages.report.thread import BASE, row_score, story
from jobs.messages.report.topic_table import WRITERS
from jobs.messages.wording.escaping import safe, typed_name
from jobs.messages.wording.vocabulary import side_words
from jobs.messages.wording.voice import MRKDWN, Voice, capital, count, in_both_voices, spelled, spoken
from jobs.messages.wording.waiting_words import waiting
from storage.records import Lens, OutcomeFigure, Period, Picture
from storage.records.name_folding import fold

_FEWEST = 2  # rounds of a trend
_MOST_KINDS, _MOST_DAYS = 5, 6  # of figures from elsewhere


def trend_answer(
    sides: Sequence[Side],
    product: str,
    *,
    next_asked: Mapping[Lens, date],
    period: Period | None = None,
    picture: Picture | None = None,
    plain: bool = False,
    zone: str | None = None,
    earlier: int = 0,
    outcomes: Sequence[OutcomeFigure] = (),
    today: date | None = None,
) -> Message:
    """The story of these sides; where none has two rounds, what there is and when the next is asked.

    `period` is the one that was asked for, if any. With `plain` the rounds stand in words, without a table.
    `earlier` is how many rounds of a side have no room. The `outcomes`, newest first, stand below, each kind
    with its own history; `today` is where it is read.
    """
    elsewhere = list(_elsewhere(outcomes, product, today))
    told = [spoken(each.replace("\n", ". ")) + "." for each in elsewhere]
    rows = story(sides, plain=plain) if any(len(side.history) >= _FEWEST for side in sides) else None
    if rows is None:
        aloud, shown = in_both_voices(
            lambda voice: voice.lines(
                *(
                    _alone(voice, side, product, next_on=next_asked.get(side.lens), period=period, zone=zone)
                    for side in sides
                )
            )
        )
        return message(" ".join([aloud, *told]), section(shown), *map(section, elsewhere))
    head_aloud, head = in_both_voices(lambda voice: _head(voice, sides, product, period, zone))
    small = _small(sides)
    left_aloud, left = in_both_voices(lambda voice: _left_out(voice, earlier, product, period))
    return message(
        " ".join(filter(None, [head_aloud, rows["text"], left_aloud, small, *told])),
        section(head),
        *([image(picture)] if picture else []),
        *rows["blocks"],
        context(" ".join(filter(None, [left, small]))),
        *map(section, elsewhere),
    )


def _elsewhere(outcomes: Sequence[OutcomeFigure], product: str, today: date | None) -> Iterator[str]:
    """The history of each figure from elsewhere, as mrkdwn: a line a day with value and source."""
    kinds: dict[tuple[Lens, str], list[OutcomeFigure]] = {}
    for each in outcomes:
        kinds.setdefault((each.lens, fold(each.metric)), []).append(each)
    for (lens, _), rows in sorted(kinds.items())[:_MOST_KINDS]:
        lines = (
            [f"{outcome_day(each, today)}: {outcome_value(each)}", outcome_source(each)]
            for each in rows[:_MOST_DAYS]
        )
        head = f"{capital(safe(rows[0].metric))}, {WRITERS[lens]}"
        yield "\n".join([MRKDWN.bold(head), *(", ".join(filter(None, line)) for line in lines)])
    if len(kinds) > _MOST_KINDS or any(len(rows) > _MOST_DAYS for rows in kinds.values()):
        typed = MRKDWN.code(f"/pulse outcome list about {typed_name(product)}")
        yield f"More figures from elsewhere: {typed}"


def _head(voice: Voice, sides: Sequence[Side], product: str, period: Period | None, zone: str | None) -> str:
    most = max(len(side.history) for side in sides)
    which = voice.period(period, year=True) if period else f"last {spelled(most)} rounds"
    title = voice.bold(f"{safe(product)}, {which}")
    return voice.lines(
        f"{title}." if voice.aloud else title,
        *(_about(voice, side, product, zone) for side in sides if _is_in(period, side)),
    )


def _is_in(period: Period | None, side: Side) -> bool:
    """Whether what is said of a side's newest rounds is about the period that was asked for."""
    if period is None or side.score is None or side.score.last_day is None:
        return True
    first = side.change.since if side.change else side.score.last_day
    return period.start.date() <= first and side.score.last_day <= period.end.date()


def _about(voice: Voice, side: Side, product: str, zone: str | None) -> str:
    """What may be said of a change of one side; of one without a round, what stands before it."""
    who = capital(side_words(side.lens, product))
    if side.score is None:
        return f"{who}: {' '.join(waiting(voice, side.progress, zone)) or 'no round yet.'}"
    if side.before is None:
        return ""
    if side.change is None:
        return f"{who}: too few answers to say if anything changed."
    turn = score_words.turn(side)
    if not turn:
        return f"{who}: no clear change {score_words.since(voice, side)}."
    since, now = voice.day(side.change.since), voice.day(side.score.last_day or side.change.since)
    return f"{who}: {voice.bold(turn)} between {since} and {now}."


def _alone(
    voice: Voice,
    side: Side,
    product: str,
    *,
    next_on: date | None,
    period: Period | None,
    zone: str | None,
) -> str:
    name = voice.bold(f"{safe(product)}, {INSTRUMENTS[side.instrument or ''].name}{side.imported}:")
    if not side.history:
        if period and side.score:
            return f"{name} nothing was counted {voice.within(period)}."
        return f"{name} {' '.join(waiting(voice, side.progress, zone)) or 'no round yet.'}"
    rows = [f"{row_score(voice, side, row)}, {count(row.n, 'answer')}" for row in side.history]
    many = f"{spelled(len(rows))} round{'' if len(rows) == 1 else 's'}"  # of one day, in several channels
    in_it = f"{many} {voice.within(period)}" if period else f"{many} so far"
    needed = "two" if len(rows) == 1 else "rounds of two days"
    following = (
        f"The next is asked {voice.day(next_on, weekday=True)}." if next_on else "No next one is planned."
    )
    day = voice.day(side.history[0].last_day)
    return f"{name} {in_it}, {day}: {'; '.join(rows)}. A trend needs {needed}. {following}"


def _left_out(voice: Voice, earlier: int, product: str, period: Period | None) -> str:
    """How many rounds are not shown, and how to see them; empty where all are."""
    if not earlier:
        return ""
    are = f"{count(earlier, 'earlier round')} {'is' if earlier == 1 else 'are'} not shown"
    if period:
        return f"{are}: name an earlier or a shorter period."
    typed = voice.code(f"/pulse trend 24m about {typed_name(product)}")
    return f"{are}: {typed}."


def _small(sides: Sequence[Side]) -> str:
    need = max(side.score_from for side in sides)
    words = any(row.lean is not None for side in sides for row in side.history)
    people = f"; a number needs {need} people" if words else f" with {need} people or more"
    what = [
        *(["one or more closed questions"] if any(not side.imported for side in sides) else []),
        *(["a month or more of imported answers"] if any(side.imported for side in sides) else []),
    ]
    return f"{BASE} A round is {' or '.join(what)}{people}. It is counted once and stays as it is."
