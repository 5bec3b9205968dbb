"""How often and at what time a digest comes, as people type it: a schedule and its zone."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from handlers.syntax.syntax_error import CommandSyntaxError
from handlers.syntax.typed_words import Word
from jobs.cadence import (
    NOISE,
    Cadence,
    CadenceError,
    ZoneError,
    find_zone,
    looks_like_time,
    quoted,
    read,
    read_weekday,
)

_SCHEDULE = "weekly mon 09:00"
_ZONE = "Europe/Berlin"
_CRON_WORDS = 6


def read_schedule(words: Sequence[Word], *, now: datetime, zone: str) -> tuple[Cadence, str | None]:
    """The rule in "weekly mon 09:00 Europe/Berlin", and the zone if one is named; raises CommandSyntaxError.

    Two weeks without a date are counted from today, by the clock of the zone that is named, else of `zone`.
    """
    keys = [word.key or quoted(word.text) for word in words]
    cut = _zone_begins(keys)
    named, problem = None, None
    try:
        named = find_zone(" ".join(keys[cut:])) if keys[cut:] else None
    except ZoneError as error:
        named, problem = error.nearest, error.problem
    today = now.astimezone(ZoneInfo(named or zone)).date()
    try:
        cadence = read(" ".join(keys[:cut]), start=today)
    except CadenceError as error:
        nearest = f"/pulse digest {error.nearest or _SCHEDULE} {named or _ZONE}"
        raise CommandSyntaxError(error.problem, nearest) from error
    if problem:
        raise CommandSyntaxError(problem, f"/pulse digest {cadence} {named}")
    return cadence, named


def _zone_begins(keys: list[str]) -> int:
    """Where the zone begins among the words of a schedule; their number where there is none."""
    if keys[0] == "cron":
        # A sixth field is a field too many, not a zone.
        return len(keys) if any(map(_of_schedule, keys[_CRON_WORDS:])) else _CRON_WORDS
    timed = False
    for place, key in enumerate(keys):
        if timed and not _of_schedule(key):
            return place
        timed = timed or looks_like_time(key)
    return len(keys)


def _of_schedule(key: str) -> bool:
    """Whether a word that follows the time still belongs to the schedule."""
    if not key[:1].isalpha() or key in {"from", "last"} or key in NOISE:
        return True
    try:
        read_weekday(key)
    except CadenceError:
        return False
    return True
