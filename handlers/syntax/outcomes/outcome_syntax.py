"""`/pulse outcome churn 2.1% on 2026-10-31 for customers from Stripe about Atlas`."""

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from handlers.syntax.clauses import ABOUT, MAIN, clauses
from handlers.syntax.product_name import read_subject, spoken_name
from handlers.syntax.since import last_such
from handlers.syntax.syntax_error import CommandSyntaxError, form
from handlers.syntax.typed_words import Word, joined, split, without_marks
from jobs.cadence import MONTHS, quoted
from jobs.messages.wording.escaping import typed_name
from jobs.outcomes.outcome_figure import InvalidOutcome, make_figure, read_iso_day, read_side, read_value
from storage.records import Lens, OutcomeFigure

LIST = "/pulse outcome list"
_WHEN, _SIDE, _SOURCE = "when", "side", "source"
_SIDES = frozenset({"customers", "customer", "users", "user", "buyers", "buyer", "cx", "ux"})
_DAYS = {"today": 0, "yesterday": 1, "tomorrow": -1}
_BEGINS_DATE = frozenset({*_DAYS, "last", "this", "the", "end"})
_MONTH = re.compile(
    rf"(?P<month>{'|'.join(f'{name[:3]}(?:{name[3:]})?' for name in MONTHS)}|sept)(?: (?P<year>20\d\d))?",
    re.ASCII,
)
_ID = re.compile(r"[0-9a-f]{16}")
_LONGEST_VALUE = 4  # words: "4.4 out of 5"
_MOST_PAGES = 9_999


class OutcomeVerb(StrEnum):
    """What is wanted."""

    FORM = "form"
    ENTER = "enter"
    LIST = "list"
    CHANGE = "change"
    REMOVE = "remove"


_VERBS = {
    **dict.fromkeys(("list", "show", "history", "all"), OutcomeVerb.LIST),
    **dict.fromkeys(("change", "edit", "correct"), OutcomeVerb.CHANGE),
    **dict.fromkeys(("remove", "delete"), OutcomeVerb.REMOVE),
    **dict.fromkeys(("add", "new", "set", "enter"), OutcomeVerb.FORM),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeWords:
    """What is wanted; `figure` is what was entered, `id` that of the one that is changed or removed."""

    verb: OutcomeVerb
    figure: OutcomeFigure | None = None
    product: str | None = None
    id: str = ""
    page: int = 1


@dataclass(slots=True, kw_only=True)
class _Said:
    """The parts of a figure as they were typed, and the command that says them."""

    metric: str = ""
    value: str = ""
    date: str = ""
    side: str = ""
    source: str = ""
    product: str = ""

    def nearest(self, month: str) -> str:
        """The command with all that was right, and an example for what is missing."""
        when = self.date or month
        parts = [
            f"/pulse outcome {typed_name(self.metric or 'churn')} {self.value or '2.1%'}",
            f"{'in' if len(when) == len('2026-10') else 'on'} {when}",
            f"for {self.side}" if self.side else "",
            f"from {typed_name(self.source)}" if self.source else "",
            f"about {typed_name(self.product)}" if self.product else "",
        ]
        return " ".join(filter(None, parts))


def read_outcome(text: str, *, now: datetime, zone: str) -> OutcomeWords:
    """The words after `/pulse outcome`; raises CommandSyntaxError."""
    today = now.astimezone(ZoneInfo(zone)).date()
    words = without_marks(split(text))
    verb = _VERBS.get(words[0].key) if words else OutcomeVerb.FORM
    if verb is OutcomeVerb.FORM:
        words = words[1:]
    elif verb and (found := _of_list(verb, words[1:])):
        return found
    said = clauses(words, _heads)
    with form("/pulse outcome churn 2.1% about Atlas"):
        product = read_subject(spoken_name(said[ABOUT])) if ABOUT in said else ""
    if not words or (set(said) == {MAIN, ABOUT} and not said[MAIN]):
        return OutcomeWords(verb=OutcomeVerb.FORM, product=product or None)
    return OutcomeWords(verb=OutcomeVerb.ENTER, figure=_figure(said, product, today), product=product or None)


def _of_list(verb: OutcomeVerb, words: Sequence[Word]) -> OutcomeWords | None:
    """The list or one of its rows; None where the first word is the name of a figure: "list size 40%"."""
    said = clauses(words, _heads)
    main = said[MAIN]
    if main and _value_in(main) and not (len(main) == 1 and main[0].key.isdecimal()):
        return None
    if verb is not OutcomeVerb.LIST:
        found = _ID.fullmatch(joined(words))
        if found is None:
            raise CommandSyntaxError(f"Choose the figure that you want to {verb} in the list.", LIST)
        return OutcomeWords(verb=verb, id=found[0])
    with form(LIST):
        product = read_subject(spoken_name(said[ABOUT])) if ABOUT in said else None
    page = joined(main)
    if page and not (page.isascii() and page.isdecimal() and 0 < int(page) <= _MOST_PAGES):
        raise CommandSyntaxError(f"{quoted(page)} is not a page.", LIST)
    return OutcomeWords(verb=verb, product=product, page=int(page or 1))


def _heads(at: str, key: str, following: Word) -> str | None:
    if key == ABOUT:
        return ABOUT
    if at == ABOUT and following.key not in _SIDES and not _begins_date(following):
        return None
    if key in {"on", "in", "of", "for", "at"} and _begins_date(following):
        return _WHEN
    if key == "for":
        return _SIDE if following.key in _SIDES else ABOUT
    return _SOURCE if key == "from" else None


def _begins_date(word: Word) -> bool:
    key = word.key
    return (
        (key[:1].isdecimal() and not key.endswith("%") and key != "5")
        or key in _BEGINS_DATE
        or bool(_MONTH.fullmatch(key))
    )


def _figure(said: dict[str, list[Word]], product: str, today: date) -> OutcomeFigure:
    main, when, source = said[MAIN], said.get(_WHEN, []), joined(said.get(_SOURCE, []))
    if source and not when and _day(source, today):
        when, source = said[_SOURCE], ""
    month = (today.replace(day=1) - timedelta(days=1)).isoformat()[:7]
    if not when:
        main, when = _date_at_end(main, today)
    if not when and _value_in(main) is None:
        main, when = _behind_value(main)
    typed = _Said(date=joined(when), side=joined(said.get(_SIDE, [])), source=source, product=product)
    if found := _value_in(main):
        typed.metric, typed.value = found
    else:
        typed.metric = joined(main)
        raise CommandSyntaxError("Say the value too, such as 94% or 4.4.", typed.nearest(month))
    if not typed.date:
        raise CommandSyntaxError("Say of which day or month it is.", typed.nearest(month))
    day = _day(typed.date, today)
    if day is None:
        wrong, typed.date = typed.date, ""
        raise CommandSyntaxError(f"{quoted(wrong)} is not a date.", typed.nearest(month))
    typed.date = day[0].isoformat()[: 7 if day[1] else 10]
    try:
        return make_figure(
            typed.metric,
            typed.value,
            day[0],
            today=today,
            whole_month=day[1],
            lens=read_side(typed.side),
            source=typed.source,
        )
    except InvalidOutcome as invalid:
        setattr(typed, invalid.part, invalid.nearest)
        typed.value = "" if invalid.part == "metric" else typed.value
        raise CommandSyntaxError(str(invalid), typed.nearest(month)) from invalid


def _value_in(words: Sequence[Word]) -> tuple[str, str] | None:
    """The name and the value, which stands behind it or before it; None where there is no number."""
    sizes = range(min(_LONGEST_VALUE, len(words)), 0, -1)
    behind = ((words[:-size], words[-size:]) for size in sizes)
    before = ((words[size:], words[:size]) for size in sizes)
    for name, value in (*behind, *before):
        if name and not any(word.quoted for word in value) and _is_value(joined(value)):
            return joined(name), joined(value)
    return None


def _is_value(text: str) -> bool:
    try:
        return read_value(text) is not None
    except InvalidOutcome:
        return True  # what is wrong with it is said


def _date_at_end(words: list[Word], today: date) -> tuple[list[Word], list[Word]]:
    """The words without the date that ends them: "churn 2.1% 31 oct"; a number alone is a value."""
    for size in (3, 2, 1):
        before, last = words[:-size], words[-size:]
        dated = not _is_value(joined(last)) and _day(joined(last), today)
        if dated and len(last) == size and _value_in(before):
            return before, last
    return words, []


def _behind_value(words: list[Word]) -> tuple[list[Word], list[Word]]:
    """The words up to a value, and those behind it, which can only be meant for its date: "churn 2% soon"."""
    for end in range(len(words) - 1, 1, -1):
        if _value_in(words[:end]):
            return words[:end], words[end:]
    return words, []


def _day(text: str, today: date) -> tuple[date, bool] | None:
    """The day that words say, or the last day of a month and that it is one; None for other words.

    A day or month without a year is the last such.
    """
    said = " ".join(text.casefold().strip(" ,.").split()).removeprefix("the ")
    if said in _DAYS:
        return today - timedelta(days=_DAYS[said]), False
    if said in {"this month", "last month"}:
        day = today if said == "this month" else today.replace(day=1) - timedelta(days=1)
        return _whole(day.year, day.month)
    if found := _MONTH.fullmatch(said):
        month = next(at for at, name in enumerate(MONTHS, 1) if name.startswith(found["month"][:3]))
        return _whole(int(found["year"] or today.year - (month > today.month)), month)
    try:
        return read_iso_day(said)
    except InvalidOutcome:
        last = last_such(said, today)
        return (last, False) if last else None


def _whole(year: int, month: int) -> tuple[date, bool]:
    return date(year, month, monthrange(year, month)[1]), True


def side_typed(lens: Lens) -> str:
    """A side as it is typed."""
    return "customers" if lens is Lens.CX else "users"
