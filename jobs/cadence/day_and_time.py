"""The day and the time of day with which people say until when: "fri 17:00", "1 Dec at noon", "tonight"."""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from difflib import get_close_matches

from jobs.cadence.clock import (
    DAYS,
    CadenceError,
    ends_day,
    looks_like_time,
    quoted,
    read_time,
    read_weekday,
)
from jobs.cadence.dates import take_date
from jobs.cadence.reading import NOISE

END_OF_DAY = time(17)  # "until fri" means the end of the working day; the answer repeats it with its zone
_WEEK = 7
_THIS = re.compile(r"(?:this|coming) (?=[a-z])")
_NEXT = re.compile(r"next ([a-z]+)")
_DAY_OR_TIME = re.compile(r"(\d{1,2})\.(0[1-9]|1[0-2])(?![\d.])", re.ASCII)  # "1.12", "9.10"
_HOUR = re.compile(r"(?:[01]?\d|2[0-3])(?!\S)", re.ASCII)
_EARLY = 7
_MOST_DAYS = 89  # the last whole day until which a question may be open: the nearest to "next year"
_O_CLOCK = re.compile(r"0?([1-9]|1[01])(?:[:.]00)?o'clock", re.ASCII)  # 12 is noon
_HALF_DAY = 12
_ON = re.compile(r"^(?:on|the) ")
_OVER = re.compile(r"\bago$|\byest[ue]r?r?day\b|^(last|past|previous|earlier) \w")
_AT_NIGHT = "tonight"
Moment = Callable[[datetime], datetime]


class DayAndTime:
    """What was said so far; `words` are the words that said it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._day: date | None = None
        self._at: time | None = None
        self._again = 0  # days after which the day comes again; 0: never
        self._midnight = False
        self.words = ""

    def take(self, line: str, today: date) -> str:
        """Take the day and the time with which a line begins; the rest, which names a zone."""
        whole = line
        while line:
            first, _, after = line.partition(" ")
            rest = self._take_day(line, today)
            if rest is None and looks_like_time(first):
                self._take_time(first, after, today)
                rest = after
            elif rest is None and first in NOISE:
                rest = after
            if rest is None:
                break
            line = rest
        self.words = whole.removesuffix(line).strip()
        if self._day is None and self._at is None and not self._midnight:
            raise self._unknown(line)
        if _HOUR.match(line):
            raise self._hour(line.split()[0])
        return line

    def moment(self, at: Moment, here: datetime, now: datetime) -> datetime:
        """The moment that was said, the next one where it comes again."""
        day, again = (self._day, self._again) if self._day else (here.date(), 1)
        clock, over = (time(), 1) if self._midnight else (self._at or END_OF_DAY, 0)
        until = at(datetime.combine(day + timedelta(days=over), clock))
        if until <= now and again:
            until = at(datetime.combine(day + timedelta(days=over + again), clock))
        return until

    def _take_day(self, line: str, today: date) -> str | None:
        line = _THIS.sub("", line) if _THIS.match(line) else line
        first, _, rest = line.partition(" ")
        if found := _NEXT.match(line):
            raise self._next(found[1], today)
        if _DAY_OR_TIME.fullmatch(first) and self._day is None:
            day = self._day_of_numbers(first, rest, today)
            return self._with_day(day, rest)
        if looks_like_time(first):
            return None
        if first == _AT_NIGHT:
            self._midnight = self._at is None and not any(map(looks_like_time, rest.split()))
            return self._with_day(today, rest)
        if found_date := take_date(line, today=today):
            return self._with_day(*found_date)
        try:
            weekday = read_weekday(first)
        except CadenceError:
            return None
        return self._with_day(today + timedelta(days=(weekday - today.weekday()) % 7), rest, _WEEK)

    def _with_day(self, day: date, rest: str, again: int = 0) -> str:
        if self._day is not None and (self._again != _WEEK or self._day.weekday() != day.weekday()):
            raise self._two()  # "fri, 27 Nov" is one day
        self._day, self._again = day, again
        return rest

    def _take_time(self, word: str, after: str, today: date) -> None:
        if self._at or (self._midnight and self._day is None):
            raise self._two()
        if found := _O_CLOCK.fullmatch(word):
            if self._day is None and after:  # "5 o'clock tomorrow"
                with suppress(CadenceError):
                    self._take_day(_ON.sub("", after), today)
            raise self._hour(found[1], f"{found[1]} o'clock")
        if ends_day(word):
            self._midnight = True
        else:
            try:
                self._at = read_time(word)
            except CadenceError as error:
                day = DAYS[self._day.weekday()][:3].lower() if self._day else ""
                nearest = f"{day} {error.nearest or '17:00'}".strip() if day or error.nearest else None
                raise CadenceError(error.problem, nearest) from error

    def _day_of_numbers(self, word: str, rest: str, today: date) -> date:
        """The day in "1.12", where a time of day stands beside it."""
        found = take_date(f"{word}.", today=today)
        if found and (self._at or any(map(looks_like_time, rest.split()))):
            return found[0]
        raise CadenceError(f"{quoted(word)} may be a day or a time.", f"{found[0]} 17:00" if found else None)

    def _next(self, word: str, today: date) -> CadenceError:
        """The refusal of "next fri", which may be two days, and of "next week"."""
        try:
            ahead = (read_weekday(word) - today.weekday()) % 7 or 7
        except CadenceError:
            return CadenceError(f"{quoted(f'next {word}')} is not a day.", f"{_begins(word, today)} 17:00")
        days = [today + timedelta(days=ahead), today + timedelta(days=ahead + 7)]
        return CadenceError(f"{quoted(f'next {word}')} may be {days[0]} or {days[1]}.", f"{days[0]} 17:00")

    def _hour(self, typed: str, said: str = "") -> CadenceError:
        """The refusal of "5" and of "5 o'clock", with the hour of a working day that is meant."""
        hour = int(typed) + (_HALF_DAY if int(typed) < _EARLY else 0)
        says = f"may be {int(typed):02d}:00 or {int(typed) + _HALF_DAY}:00." if said else "is not a time."
        day = self.words or self._day or ""
        return CadenceError(f"{quoted(said or typed)} {says}", f"{day} {hour:02d}:00".strip())

    def _two(self) -> CadenceError:
        return CadenceError(f"{quoted(self._text)} is not a day and a time.")

    def _unknown(self, line: str) -> CadenceError:
        """The refusal of words that name neither a day nor a time, with the day they come nearest to."""
        if _OVER.search(line):
            return CadenceError(f"{quoted(self._text)} is over.")
        first, _, rest = line.partition(" ")
        days = [day.lower() for day in DAYS] + ["today", "tomorrow"]
        near = get_close_matches(first[:40], days, n=1)
        if not near:
            if _HOUR.match(line):
                return self._hour(first)
            return CadenceError(f"{quoted(self._text)} is not a day and a time.")
        which = f"{quoted(first)} is not a day of the week. Did you mean {near[0].capitalize()}?"
        return CadenceError(which, f"{near[0]} {rest}".strip())


def _begins(span: str, today: date) -> date:
    """The first day of the next week, month, quarter or year, as far as a question may be open until then."""
    if span[:4] == "week":
        return today + timedelta(days=7 - today.weekday())
    count = {"mont": 1, "quar": 3, "year": 12}.get(span[:4], 1)
    month = today.year * 12 + (today.month - 1) // count * count + count
    return min(date(month // 12, month % 12 + 1, 1), today + timedelta(days=_MOST_DAYS))
