"""`/pulse ask nps #channel about Atlas until fri 17:00`, and the same as typed in the form."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from handlers.syntax.clauses import MAIN, about, clauses, one_channel, said_moment, seen_channel
from handlers.syntax.names import one_instrument
from handlers.syntax.product_name import MARKS, InvalidName, read_product, spoken_name
from handlers.syntax.schedule_syntax import read_schedule
from handlers.syntax.syntax_error import CommandSyntaxError, form
from handlers.syntax.typed_words import Word, joined, split, without_marks
from handlers.syntax.until import read_open_for, read_until
from jobs import cadence
from jobs.instruments import INSTRUMENTS, find

_FORM = "/pulse ask nps about Atlas until fri 17:00"
_BY_FORM = "/pulse ask"  # opens the form, where the channel is chosen
_PLAN = "/pulse schedule"
_OFTEN = "every 4 weeks mon 09:00"
_RHYTHM = {
    "every", "each", "weekdays", "hourly", "weekly", "monthly", "quarterly",
    "biweekly", "fortnightly", "daily", "cron",
    *(form for day in cadence.DAYS for form in (day.lower(), f"{day.lower()}s", day[:3].lower()))
}  # fmt: skip
_COUNTS = frozenset({"once", "twice", "thrice", "2x", "3x"})
_IN = frozenset({"a", "per", "every", "each"})
_NOISE = frozenset(
    {"in", "to", "here", "now", "the", "a", "an", "please", "ask", "question", "us", "them", "everybody"}
)
_UNTIL_TOO = frozenset({"till", "til"})
_NUMBERS = frozenset({"a", "an", "one", "two", "three"})


@dataclass(frozen=True, slots=True, kw_only=True)
class AskWords:
    """What was asked for; None is what was not said. All None: the form is wanted.

    `instrument` is a key of INSTRUMENTS, `until` is in UTC. `about` is the name of a product, or the words
    that stand in the question; `quoted` says that it stood in quotes.
    """

    instrument: str | None = None
    channel_id: str | None = None
    about: str | None = None
    quoted: bool = False
    until: datetime | None = None


def read_ask(text: str, *, now: datetime, zone: str) -> AskWords:
    """The words after `/pulse ask`, in any order; raises CommandSyntaxError.

    Names that hold "until" or "for 3 ..." are written in quotes. Times without a zone are in `zone`.
    """
    channel_id, words = one_channel(split(text), _BY_FORM)
    there = seen_channel(text)
    if not words and not channel_id:
        return AskWords()
    said = clauses(words, _head)
    main = [word for word in without_marks(said[MAIN]) if word.key not in _NOISE]
    until, length, product = said.get("until"), said.get("for"), said.get("about")
    nearest = _nearest(main, product, there)
    instrument = one_instrument(main, nearest)
    if until and product == [] and not _is_moment(until, now, zone):
        named = [Word(f"until {joined(until)}", quoted=True)]
        nearest = _nearest(main, named, there).rpartition(" until ")[0] or _BY_FORM
    with form(nearest):
        if until is not None and length is not None:
            until = [*until, Word("for"), *length]  # refused below with both in its sentence
        closes = None if until is None else read_until(said_moment(until), now=now, zone=zone)
        return AskWords(
            instrument=instrument,
            channel_id=channel_id,
            about=None if product is None else read_product(spoken_name(product)),
            quoted=[word.quoted for word in without_marks(product or [])] == [True],
            until=closes if length is None else read_open_for(said_moment(length), now=now, zone=zone),
        )


def read_plan(text: str, *, now: datetime, zone: str) -> tuple[AskWords, str | None, str]:
    """The words after `/pulse schedule`: what is asked, how often, and in which zone.

    The schedule is None where none was said. Raises CommandSyntaxError.
    """
    channel_id, words = one_channel(split(text), _PLAN)
    there = seen_channel(text)
    said = clauses(words, _plan_head, keep="when")
    when = said.get("when", [])
    cut = next((place for place, word in enumerate(when) if find(word.key)), len(when))
    main = [word for word in without_marks([*said[MAIN], *when[cut:]]) if word.key not in _NOISE]
    named: str | None = None
    rule: cadence.Cadence | None = None
    product = said.get("about")
    if when[:cut]:
        try:
            rule, named = read_schedule(when[:cut], now=now, zone=zone)
        except CommandSyntaxError as error:
            often = error.form.removeprefix("/pulse digest ")
            raise CommandSyntaxError(error.problem, _plan(main, product, there, often)) from error
    nearest = _plan(main, product, there, f"{rule or _OFTEN} {named or ''}".strip())
    if "open" in said:
        raise CommandSyntaxError("How long it stays open is chosen in the form.", nearest)
    with form(nearest):
        name = None if product is None else read_product(spoken_name(product))
    asked = AskWords(
        instrument=one_instrument(main, nearest) if main else None, channel_id=channel_id, about=name
    )
    return asked, str(rule) if rule else None, named or zone


def _plan_head(at: str, key: str, following: Word) -> str | None:
    if key == "for" and following.key[:1].isdigit():
        return "open"
    often = (key in _COUNTS and following.key in _IN) or (key.isdecimal() and following.key == "times")
    if at != "when" and (key in _RHYTHM or often or (key == "on" and following.key in _RHYTHM)):
        return "when"
    return about(at, key, following)


def _is_moment(words: Sequence[Word], now: datetime, zone: str) -> bool:
    try:
        read_until(said_moment(words), now=now, zone=zone)
    except cadence.CadenceError:
        return False
    return True


def _plan(main: Sequence[Word], product: Sequence[Word] | None, there: str | None, often: str) -> str:
    """The right form of a schedule with the question, the name and the channel that were typed."""
    asked = _nearest(main, product, there).removeprefix(_BY_FORM).rpartition(" until ")[0]
    return f"{_PLAN}{asked} {often}" if asked else _PLAN


def _nearest(main: Sequence[Word], product: Sequence[Word] | None, there: str | None) -> str:
    """The right form with the question, the name and the channel that were typed, as far as they are read.

    A name stands in it that was not typed only where no channel is named: there it would be another's.
    """
    if there is None:
        return _BY_FORM
    sizes = range(len(main), 0, -1)
    size = next((size for size in sizes if find(joined(main[:size]))), 0)
    found = find(joined(main[:size])) if size else None
    instrument = found.key if found else next(iter(INSTRUMENTS))
    name = "" if there else "Atlas"
    with suppress(InvalidName):
        typed = product if product is not None else main[size:] if size else []
        name = read_product(spoken_name(typed).strip(MARKS))
        if [word.quoted for word in product or []] == [True]:
            name = f'"{name}"'
    alone = name if " " not in name else ""
    words = {"seq": ": send an invoice", "ces": f": the support of {name}"}.get(instrument, "")
    about_it = f"about {name}{words if alone else ''}" if name else ""
    return " ".join(filter(None, [_BY_FORM, instrument, there, about_it, "until fri 17:00"]))


def _head(at: str, key: str, following: Word) -> str | None:
    if key in _UNTIL_TOO and following.text:
        return "until"
    if key == "for" and (following.key[:1].isdigit() or following.key in _NUMBERS):
        return "for"
    return "until" if key == "until" else about(at, key, following)
