"""What is typed after `/pulse score`, `/pulse trend`, `/pulse contrast` and `/pulse why`."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from handlers.syntax.clauses import ABOUT, MAIN, about, clauses, take_group
from handlers.syntax.names import one_instrument
from handlers.syntax.period_syntax import says_when, take_period
from handlers.syntax.product_name import read_subject, spoken_name
from handlers.syntax.syntax_error import CommandSyntaxError, form
from handlers.syntax.typed_words import Word, joined, split, without_marks
from jobs.cadence import quoted
from jobs.instruments import find
from storage.records import Period

_SCORE_FORM = "/pulse score nps 30d about Atlas"
_TREND_FORM = "/pulse trend nps 6m about Atlas"
_CONTRAST_FORM = "/pulse contrast 6w about Atlas"
_WHY_FORM = "/pulse why nps about Atlas"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreWords:
    """What figures are wanted; None is what was not said. `instrument` is a key of INSTRUMENTS.

    `group` is the name of a group of channels, as it was typed.
    """

    instrument: str | None = None
    period: Period | None = None
    product: str | None = None
    group: str | None = None


def read_score(text: str, *, now: datetime, zone: str) -> ScoreWords:
    """The words after `/pulse score`, in any order; raises CommandSyntaxError."""
    return _read(text, _SCORE_FORM, now=now, zone=zone)


def read_trend(text: str, *, now: datetime, zone: str) -> ScoreWords:
    """The words after `/pulse trend`, in any order; raises CommandSyntaxError."""
    return _read(text, _TREND_FORM, now=now, zone=zone)


def _read(text: str, nearest: str, *, now: datetime, zone: str) -> ScoreWords:
    main, period, product, group = _figures(text, nearest, now, zone)
    nearest = _of_question(nearest, main)
    _refuse_others(main, nearest)
    instrument = one_instrument(main, nearest) if main else None
    return ScoreWords(instrument=instrument, period=period, product=product, group=group)


def read_contrast(text: str, *, now: datetime, zone: str) -> ScoreWords:
    """The words after `/pulse contrast`, without an instrument; raises CommandSyntaxError."""
    main, period, product, group = _figures(text, _CONTRAST_FORM, now, zone)
    if main:
        raise CommandSyntaxError(f"{quoted(joined(main))} is not a period.", _CONTRAST_FORM)
    return ScoreWords(period=period, product=product, group=group)


def read_why(text: str, *, now: datetime, zone: str) -> ScoreWords:
    """The words after `/pulse why`, in any order and without a period; raises CommandSyntaxError."""
    main, period, product, group = _figures(text, _WHY_FORM, now, zone)
    nearest = _of_question(_WHY_FORM, main)
    if period is not None:
        raise CommandSyntaxError("How it was made is told of the newest score only.", nearest)
    _refuse_others(main, nearest)
    instrument = one_instrument(main, nearest) if main else None
    return ScoreWords(instrument=instrument, product=product, group=group)


def _figures(
    text: str, nearest: str, now: datetime, zone: str
) -> tuple[list[Word], Period | None, str | None, str | None]:
    with form(nearest):
        group, words = take_group(split(text))
        period, words = take_period(words, now=now, zone=zone)
        said = clauses(words, about)
        product = read_subject(spoken_name(said[ABOUT])) if ABOUT in said else None
    return without_marks(said[MAIN]), period and period.seen_in(ZoneInfo(zone)), product, group


def _of_question(nearest: str, main: list[Word]) -> str:
    """The right form with the question that the first of the words name, if they do."""
    sizes = range(len(main), 0, -1)
    found = next((each for size in sizes if (each := find(joined(main[:size])))), None)
    return nearest.replace(" nps ", f" {found.key} ") if found else nearest


def _refuse_others(words: list[Word], nearest: str) -> None:
    """Refuse beside the question what was meant as a period, and a second question."""
    for word in words:
        if word.key[:1].isdigit():
            raise CommandSyntaxError(f"{quoted(word.text)} is not a period.", nearest)
    size = next((size for size in range(len(words), 0, -1) if find(joined(words[:size]))), 0)
    others = words[size:]
    if size and others and find(joined(others)):
        raise CommandSyntaxError("One question at a time.", nearest)
    if others and says_when(others):
        raise CommandSyntaxError(f"{quoted(joined(others))} is not a period.", nearest)
