"""How often and at what time a digest comes, as people type it: a schedule and its zone."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from handlers.syntax.syntax_error import CommandSyntaxError
from handlers.syntax.typed_words import Word, split
from jobs.cadence import (
    MONTHS,
    NOISE,
    Cadence,
    CadenceError,
    Cron,
    ZoneError,
    find_zone,
    in_tokens,
    looks_like_time,
    quoted,
    read,
    read_weekday,
)

RHYTHM = frozenset({"weekly", "monthly", "quarterly", "biweekly", "fortnightly", "every", "cron", "daily"})
"""The words with which a schedule begins."""
_SCHEDULE = "weekly mon 09:00"
_CRON_WORDS = 6
_UNTIL = frozenset({"until", "till", "til"})
_FROM = frozenset({"from", "starting", "since"})
_OF_MONTH = frozenset({"first", "last", "of", "month", "quarter", "end", "every", "each", "and"})


def read_schedule(words: Sequence[Word], *, now: datetime, zone: str) -> tuple[Cadence, str | None]:
    """The rule in "weekly mon 09:00 Europe/Berlin", and the zone if one is named; raises CommandSyntaxError.

    Two weeks without a date are counted from today, by the clock of the zone that is named, else of `zone`.
    The form of the error is always read.
    """
    keys = [word.key or quoted(word.text) for word in words]
    keys = keys if keys[0] == "cron" else in_tokens(" ".join(keys))
    cut = _zone_begins(keys)
    named, problem = None, None
    try:
        named = find_zone(" ".join(keys[cut:]), now=now, own=zone) if keys[cut:] else None
    except ZoneError as error:
        named, problem = error.nearest, error.problem
    today = now.astimezone(ZoneInfo(named or zone)).date()
    try:
        cadence = read(" ".join(keys[:cut]), start=today)
    except CadenceError as error:
        nearest = f"/pulse digest {error.nearest or _SCHEDULE} {named or zone}"
        raise CommandSyntaxError(error.problem, nearest) from error
    if problem:
        raise CommandSyntaxError(problem, f"/pulse digest {cadence} {named}")
    return cadence, named


def refuse_end(words: Sequence[Word], *, now: datetime, zone: str) -> None:
    """Refuse "weekly mon 09:00 until dec" and "for 4 weeks", of which nothing is read; CommandSyntaxError.

    Its form is the schedule before it.
    """
    keys = [word.key for word in words]
    ends = (
        place
        for place, key in enumerate(keys)
        if key in _UNTIL or (key == "for" and (" ".join(keys[place + 1 :])[:1].isdigit()))
    )
    if (cut := next(ends, None)) is None:
        return
    right = f"/pulse digest {_SCHEDULE} {zone}"
    if words[:cut]:
        cadence, named = read_schedule(words[:cut], now=now, zone=zone)
        right = f"/pulse digest {cadence} {named or zone}"
    raise CommandSyntaxError("A schedule goes on until somebody ends it.", right)


def read_in_words(text: str, *, now: datetime, zone: str) -> tuple[Cadence, str]:
    """The rule that is typed into the field of a form, and its zone: `zone` unless it names one.

    Raises CadenceError, whose `nearest` can be typed into that field.
    """
    if not (words := split(text)):  # a lone mark, or what nobody sees
        raise CadenceError("These words are not a schedule.", _SCHEDULE)
    try:
        found, named = read_schedule(words, now=now, zone=zone)
    except CommandSyntaxError as error:
        nearest = error.form.removeprefix("/pulse digest ").removesuffix(f" {zone}")
        raise CadenceError(error.problem, nearest) from error
    if isinstance(found, Cron) and (day := _missing_day(found)):
        raise CadenceError(f"There is no {day} in every month: choose Last day of the month.")
    return found, named or zone


def at_field(typed: str, error: CadenceError) -> str:
    """What is wrong with a schedule, with words that can be typed into its field."""
    said = error.problem
    if said.endswith(" is not a schedule."):
        said = f"Not understood: {quoted(typed)[1:-1]}."
    example = (error.nearest or "").partition(" from 20")[0]
    return f"{said} For example: {example}." if example else said


def _missing_day(rule: Cron) -> str | None:
    """The day of every month in a cron that some months have not: "31st"."""
    _, _, day, month, _ = rule.fields.split()
    return {"29": "29th", "30": "30th", "31": "31st"}.get(day) if month == "*" else None


def _zone_begins(keys: list[str]) -> int:
    """Where the zone begins among the words of a schedule; their number where there is none."""
    if keys[0] == "cron":
        # A sixth field is a field too many, not a zone.
        return len(keys) if any(map(_of_cron, keys[_CRON_WORDS:])) else _CRON_WORDS
    timed = dated = False
    for place, key in enumerate(keys):
        if (key[:1].isalpha() and "/" in key) or (timed and not _of_schedule(key, dated=dated)):
            return place
        timed, dated = timed or looks_like_time(key), dated or key in _FROM
    return len(keys)


def _of_schedule(key: str, *, dated: bool) -> bool:
    """Whether a word that follows the time still belongs to the schedule, and after "from" to its date."""
    if key[:1] in {"+", "-"}:
        return False
    if not key[:1].isalpha() or key in _FROM | _OF_MONTH | NOISE:
        return True
    return _is_weekday(key) or (dated and any(month.startswith(key.rstrip(".")) for month in MONTHS))


def _of_cron(key: str) -> bool:
    return (not key[:1].isalpha() and key[:1] not in {"+", "-"}) or _is_weekday(key)


def _is_weekday(key: str) -> bool:
    try:
        read_weekday(key)
    except CadenceError:
        return False
    return True
