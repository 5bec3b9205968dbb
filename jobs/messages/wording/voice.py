"""Numbers, dates and counts in words, for two places: the screen (mrkdwn) and a screen reader (`text`)."""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from jobs.cadence import DAYS, CadenceError, in_words, read
from jobs.instruments import half_up
from jobs.messages.wording.escaping import escape, one_line, safe
from jobs.privacy.round_rule import is_small, number_from, word_from
from storage.records import Period, Pulse, aware

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_DATE_TOKEN = re.compile(r"<!date\^\d+\^[^|>]*\|(\w{3}) (\d+) (\w{3}), ([^>]*)>")
_LINK = re.compile(r"<https?://[^|>]*\|([^>]*)>")
_MARKS = re.compile(r"(?<!\w)\*([^*\n]+)\*(?!\w)|`([^`\n]*)`")
MINUS = "−"
LONGEST_CODE = 250  # a command with a product, a schedule and a zone in it
MOST_NAMED = 2  # leads, of whom one is known by name


@dataclass(frozen=True, slots=True)
class Voice:
    """How things are said in one of two places; `aloud` is for a screen reader.

    MRKDWN has marks, date tokens and signs; SPEECH has words for them.
    """

    aloud: bool

    def lines(self, *lines: str) -> str:
        """Lines under each other on the screen, one after another in speech; empty ones are left out."""
        return (" " if self.aloud else "\n").join(filter(None, lines))

    def bold(self, text: str) -> str:
        """Text that stands out on the screen."""
        return text if self.aloud else f"*{text}*"

    def code(self, text: str) -> str:
        """Something to type. Its backticks become apostrophes, since a backtick would end the marking."""
        words = escape(one_line(text.replace("`", "'"), LONGEST_CODE))
        return words if self.aloud else f"`{words}`"

    def when(self, moment: datetime, zone: str | None) -> str:
        """A moment: on the screen in each reader's own time, in speech in `zone` (None: in its own)."""
        local = aware(moment).astimezone(ZoneInfo(zone) if zone else moment.tzinfo)
        day, month, clock = DAYS[local.weekday()], MONTHS[local.month - 1], f"{local:%H:%M}"
        if self.aloud:
            return f"{day} {local.day} {month} at {clock} {_zone_name(local)}"
        shown = f"{day[:3]} {local.day} {month[:3]}, {clock} {_zone_name(local)}"
        return f"<!date^{int(moment.timestamp())}^{{date_short_pretty}} at {{time}}|{shown}>"

    def rhythm(self, rule: str, zone: str, *, inside: bool = False) -> str:
        """How often and at what time, from a schedule's text: "Mondays 09:00 Europe/Berlin".

        `inside` a sentence it begins with a small letter, but for the name of a day.
        """
        try:
            words = in_words(read(rule), zone)
        except CadenceError:  # of an older version, or broken: as it stands
            words = f"{safe(rule)} {zone}"
        if inside and words.startswith(("Every", "Cron")):
            words = words[:1].lower() + words[1:]
        return spoken(words) if self.aloud else words

    def day(self, day: date, *, year: bool = False, weekday: bool = False) -> str:
        """A day: "16 Nov" or "16 November"; its year and the day of the week only where asked for."""
        month, name = MONTHS[day.month - 1], DAYS[day.weekday()]
        said = f"{day.day} {month if self.aloud else month[:3]}" + (f" {day.year}" if year else "")
        return f"{name if self.aloud else name[:3]} {said}" if weekday else said

    def period(self, period: Period, *, year: bool = False) -> str:
        """The first and the last day: "12 Oct to 22 Nov", "9 to 20 Nov"; with years where they differ.

        With `year` its year is named in any case, since it may be another one than the reader's.
        """
        first, last = period.start.date(), (period.end - timedelta(microseconds=1)).date()
        years = first.year != last.year
        end = self.day(last, year=years or year)
        if (first.year, first.month) == (last.year, last.month):
            return end if first == last else f"{first.day} to {end}"
        return f"{self.day(first, year=years)} to {end}"

    def within(self, period: Period) -> str:
        """The time that was asked for, after a verb: "from 9 to 20 Nov 2026", "on 8 Nov 2026"."""
        said = self.period(period, year=True)
        return f"from {said}" if " to " in said else f"on {said}"

    def number(self, value: float, *, digits: int = 0, signed: bool = False, percent: bool = False) -> str:
        """A rounded number: "+32", "0", "−17", "50%", or "plus 32", "0", "minus 17", "50 percent"."""
        rounded = half_up(value, digits)
        size = f"{abs(rounded):.{digits}f}"
        sign = "" if not rounded else "-" if rounded < 0 else "+" if signed else ""
        if self.aloud:
            sign = {"-": "minus ", "+": "plus "}.get(sign, "")
            return sign + size + (" percent" if percent else "")
        return sign.replace("-", MINUS) + size + ("%" if percent else "")

    def between(self, low: str, high: str) -> str:
        """A likely range of two printed numbers."""
        return f"likely {low} to {high}"


MRKDWN = Voice(aloud=False)
SPEECH = Voice(aloud=True)


def in_both_voices(say: Callable[[Voice], str]) -> tuple[str, str]:
    """What `say` gives for a screen reader, and what it gives for the screen, in this order."""
    return say(SPEECH), say(MRKDWN)


def count(number: int, noun: str, nouns: str | None = None) -> str:
    """Such as "1 answer" or "3 answers"."""
    return f"{number:,} {noun if number == 1 else nouns or noun + 's'}"


def capital(words: str) -> str:
    """The words with a capital letter at their beginning, the rest as it is."""
    return words[:1].upper() + words[1:]


def spelled(number: int) -> str:
    """A small number as a word, a larger one in digits."""
    return _SMALL[number] if number < len(_SMALL) else f"{number:,}"


def listed(words: tuple[str, ...] | list[str]) -> str:
    """Words as a list in a sentence: "a", "a and b", "a, b and c"."""
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def channels(known: Sequence[str], hidden: Collection[str] = ()) -> str:
    """Channels in a sentence by their ids; of the `hidden`, which the reader may not know, only how many."""
    said = [f"<#{each}>" for each in known if each not in hidden]
    private = len(known) - len(said)
    if private:
        said.append("a private channel" if private == 1 else f"{private} private channels")
    return listed(said)


def answered(n: int, invited: int | None) -> str:
    """Such as "28 of 61 answered", or "28 answered" where nobody knows how many could."""
    return f"{n:,} of {invited:,} answered" if invited and invited >= n else f"{n:,} answered"


def readers(asked_by: str, leads: int = 1) -> str:
    """Who reads comments: "Priya Nair and workspace admins"; safe in mrkdwn and in `text`.

    Of the `leads` of a question only the one who asked is known by name.
    """
    if leads > MOST_NAMED:
        return f"{leads} leads and workspace admins"
    another = ", another lead" if leads == MOST_NAMED else ""
    return f"{safe(asked_by)}{another} and workspace admins"


def comment_readers(pulse: Pulse) -> str:
    """Who reads what is written to a question, and in one with names also sees who wrote it."""
    return readers(pulse.asked_by, len(pulse.leads))


def promise(*, named: bool, group: int, members: int | None, once: bool, read_by: str | None = None) -> str:
    """What a question promises about names, given the smallest group that it promises.

    In a small channel, by its `members`, and of a question that is asked `once`, fewer people are enough for
    a word. `read_by` says who reads comments, None where that is said elsewhere.
    """
    if named:
        return "Not confidential."
    comments = f"; comments are read by {read_by}" if read_by else ""
    number, word = number_from(group), word_from(group)
    if (once or is_small(members)) and word < number:
        return f"Confidential: a word only from {word} people on, scores from {number}{comments}."
    return f"Confidential: scores only from {number} people on{comments}."


def four_weeks(weeks: int) -> str:
    """The time between two counts of a question, as it is set: "four weeks"."""
    return f"{spelled(weeks)} weeks"


def _zone_name(local: datetime) -> str:
    name = local.tzname() or ""
    return f"UTC{name}" if name.startswith(("+", "-")) else name


def spoken(shown: str) -> str:
    """A mrkdwn sentence of ours for a screen reader: without marks and dots, moments and links in words."""
    for pattern, words in ((_DATE_TOKEN, _date_aloud), (_LINK, r"\1"), (_MARKS, r"\1\2")):
        shown = pattern.sub(words, shown)
    return " ".join(shown.replace(" · ", ", ").split())


def _date_aloud(token: re.Match[str]) -> str:
    day = next((day for day in DAYS if day.startswith(token[1])), token[1])
    month = next((month for month in MONTHS if month.startswith(token[3])), token[3])
    return f"{day} {token[2]} {month} at {token[4]}"
