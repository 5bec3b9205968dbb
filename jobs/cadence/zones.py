"""The time zone that people mean by a name, a city, an abbreviation or a distance from UTC."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from difflib import get_close_matches
from functools import lru_cache
from unicodedata import combining, normalize
from zoneinfo import ZoneInfo, available_timezones

from jobs.cadence.clock import CadenceError, quoted
from jobs.cadence.places import ABBREVIATIONS, OTHER_NAMES, WELL_KNOWN

_AREAS = frozenset(
    [
        "africa",
        "america",
        "antarctica",
        "arctic",
        "asia",
        "atlantic",
        "australia",
        "europe",
        "indian",
        "pacific",
    ]
)
_NO_CITIES = frozenset(
    ["north", "south", "west", "east", "act", "lhi", "nsw"]
)  # below an area, and no cities
_OFFSET = re.compile(
    r"(?P<head>(?:utc|gmt)\s*)?(?P<sign>[+-])\s*(?P<hours>\d{1,2})(?::?(?P<minutes>\d\d)|[.](?P<part>\d{1,2}))?"
    r"\s*h?",
    re.ASCII,
)
_TURNED = re.compile(r"etc/gmt\s*([+-])\s*(\d{1,2})", re.ASCII)
_AT_UTC = frozenset({"utc", "etc/utc", "uct", "universal", "etc/universal", "coordinated universal time"})
_OWN = frozenset({"local", "local time", "my time", "mine", "my zone", "here", "our time"})
_MINUSES = str.maketrans("−–—‐", "----")
_FURTHEST = timedelta(hours=14)
_SOME_DAY = datetime(2026, 1, 1, tzinfo=UTC)  # where nobody says what time it is
_HOUR = 60  # minutes
_SHOWN = 40
_LIKE = 0.8  # of 1: "Mumbay" is like Mumbai, "morning" like no place


class ZoneError(CadenceError):
    """A zone that does not exist, or may be one of several; `nearest` is the one that may be meant."""


class UnknownZone(ZoneError):
    """A zone that is like none; `nearest` is the person's own."""


def find_zone(text: str, *, now: datetime | None = None, own: str | None = None) -> str:
    """The IANA name of a zone; raises ZoneError with the nearest one.

    A name, a city or a usual abbreviation is taken. A distance from UTC ("GMT+1") is that of `own`, the
    person's zone, where its clock is at it `now`; else it is asked back, since it does not say when clocks
    change. So is an abbreviation of several zones, unless `own` is one of them.
    """
    typed = " ".join(text.translate(_MINUSES).lower().split())
    if turned := _TURNED.fullmatch(typed):
        raise _turned(text, turned[1], int(turned[2]), now, own)
    if typed in _AT_UTC:
        return "UTC"
    if own and typed in _OWN:
        return own
    typed = typed.removesuffix(" time") or typed
    distance = offset_of(typed)
    if distance is not None:
        return _at_distance(text, distance, now, own)
    name = _folded(typed)
    if name in _zones():
        return _zones()[name]
    if places := ABBREVIATIONS.get(name):
        return _abbreviated(text, name, places, now, own)
    if place := OTHER_NAMES.get(name) or _cities().get(name):
        return place
    known = [*_zones(), *_cities(), *OTHER_NAMES]
    close = get_close_matches(name[:_SHOWN], known, n=1, cutoff=_LIKE)
    problem = f"{quoted(text)} is not a time zone."
    if close and close[0][0] == name[0]:
        raise ZoneError(problem, _place(close[0]))
    raise UnknownZone(problem, own or "Europe/Berlin")


def offset_of(text: str) -> timedelta | None:
    """How far ahead of UTC is "GMT+1", "UTC+5:30", "+01:00" or "z"; None for what is no such distance.

    That is as people write it: one ahead. In "Etc/GMT+1" the sign is turned round; it is none.
    """
    typed = " ".join(text.translate(_MINUSES).replace("±", "+").lower().split())
    if typed in {"z", "zulu", "gmt", "gmt 0", "gmt0", "utc 0", "utc0"} or typed in _AT_UTC:
        return timedelta()
    found = _OFFSET.fullmatch(typed)
    if found is None:
        return None
    minutes = int(found["minutes"] or 0) + round(60 * float(f"0.{found['part'] or 0}"))
    distance = timedelta(hours=int(found["hours"]), minutes=minutes)
    if distance > _FURTHEST or minutes >= _HOUR:
        return None
    return -distance if found["sign"] == "-" else distance


def _at_distance(text: str, distance: timedelta, now: datetime | None, own: str | None) -> str:
    if own and now and _ahead(own, now) == distance:
        return own
    if not distance:
        return "UTC"
    near = _place_at(distance, now, own)
    if near is None:
        raise ZoneError(f"No place is at {quoted(text)} now.", own or "UTC")
    raise ZoneError(f"{quoted(text)} does not say when clocks change: a place does.", near)


def _turned(text: str, sign: str, hours: int, now: datetime | None, own: str | None) -> ZoneError:
    distance = timedelta(hours=hours if sign == "-" else -hours)
    if own and now and _ahead(own, now) == distance:
        near: str | None = own
    else:
        near = _place_at(distance, now, own)
    return ZoneError(
        f"In {quoted(text)} plus and minus are turned round: name a place.", near or own or "UTC"
    )


def _abbreviated(text: str, name: str, places: tuple[str, ...], now: datetime | None, own: str | None) -> str:
    if own and name.upper() in _names_of(own, now or _SOME_DAY):
        return own
    if len(places) == 1:
        return places[0]
    *first, last = places
    near = next(_of_area(places, own), places[0])
    raise ZoneError(f"{quoted(text)} is the name of several zones: {', '.join(first)} or {last}.", near)


def _names_of(zone: str, now: datetime) -> set[str | None]:
    """The abbreviations that a zone itself has in winter and in summer."""
    return {now.replace(month=month, day=1).astimezone(ZoneInfo(zone)).tzname() for month in (1, 7)}


def _place_at(distance: timedelta, now: datetime | None, own: str | None) -> str | None:
    """A place whose clock is so far ahead of UTC now: in the area of the person's own zone, or well known."""
    at = now or _SOME_DAY
    known = [place for place in WELL_KNOWN if _ahead(place, at) == distance]
    found = next(_of_area(known, own), None) or next(iter(known), None)
    return found or next((place for place in _zones().values() if _ahead(place, at) == distance), None)


def _of_area(places: Iterable[str], own: str | None) -> Iterator[str]:
    area = (own or "").partition("/")[0]
    return (place for place in places if place.partition("/")[0] == area)


def _ahead(zone: str, now: datetime) -> timedelta | None:
    return now.astimezone(ZoneInfo(zone)).utcoffset()


def _place(name: str) -> str:
    return _zones().get(name) or _cities().get(name) or OTHER_NAMES[name]


@lru_cache(maxsize=1)
def _zones() -> dict[str, str]:
    """The IANA names that name a place, and UTC, folded; those of "Etc" name none."""
    places = (name for name in sorted(available_timezones()) if "/" in name and not name.startswith("Etc/"))
    return {_folded(name): name for name in (*places, "UTC")}


@lru_cache(maxsize=1)
def _cities() -> dict[str, str]:
    """The cities of the IANA list, folded."""
    cities = {}
    for name, zone in _zones().items():
        area, _, city = name.partition("/")
        if area in _AREAS and (city := city.rpartition("/")[2]) not in _NO_CITIES:
            cities[city] = zone
    return cities


def _folded(text: str) -> str:
    """Small letters without accents, with "_" for what stands between words."""
    plain = "".join(letter for letter in normalize("NFKD", text.lower()) if not combining(letter))
    return "_".join(re.split(r"[\s_-]+", plain.strip(" .,;")))
