"""Where in a sentence the words of a schedule begin: "Atlas mon and wed 9am", "Atlas twice a week"."""

import re
from collections.abc import Sequence

from handlers.syntax.schedule_syntax import RHYTHM
from handlers.syntax.typed_words import Word
from jobs.cadence import NOISE, CadenceError, looks_like_time, read_weekday

_KINDS = {
    # One letter a word, so that patterns can be read over a sentence; a word of none of these is "x".
    "w": "hourly nightly yearly annually bimonthly semiweekly semimonthly bi-weekly bi-monthly semi-weekly "
    "semi-monthly twice thrice once weekday weekdays workday workdays weekend weekends mornings evenings "
    "today tomorrow yesterday tonight until till til",
    "o": "first second third fourth fifth last next this other 1st 2nd 3rd",
    "p": "each per a an",
    "h": "the",
    "u": "day days week weeks month months quarter quarters year years morning evening afternoon night noon "
    "hour hours fortnight fortnights",
    "n": "x times two three four",
    "e": "end start beginning middle",
    "i": "on at in by for during before after",
    "g": "and or & + of then only starting since to through",
    "f": "from about",
}
_KIND = {word: kind for kind, words in _KINDS.items() for word in words.split()}
_BETWEEN_DAYS = re.compile(r"[,/&+-]")
_OF_MONTH = re.compile(r"\d{1,2}(?:st|nd|rd|th)")
_NUMBER = re.compile(r"\d{1,2}(?:x|st|nd|rd|th|\.)?")
_SURE = re.compile(r"r|t|d(?=[ghpi]*(?:d[ghpi]*)*t)")
_LAST = re.compile(r"d(?=[ghpi]*(?:d[ghpi]*)*(?:$|[fc]))")
_SMALL = re.compile(
    r"w|d(?=[gi]?[hpo]*[duwrz]|$|[fc])|o[ghpo]*[du]|(?:ih?|h)o(?=$|[fcrwdgt])|pu|i?n[np]*u|ih?[uo]?[ue](?!x)|eg?h?u|ue(?!x)"
)  # written in small letters, these are no name
_BEFORE = frozenset({*NOISE, "and", "&", "each", "next", "this", "by", "before", "after", "starting", "only"})


def schedule_start(words: Sequence[Word]) -> int:
    """The place of the first word of a schedule, right or wrong; their number where there is none.

    What stands in quotes is none, nor what is written like a name: "Last Mile", "Until Dawn".
    """
    kinds = "".join(map(_kind, words))
    loud = not any(character.islower() for word in words for character in word.text)
    places = [found.start() for found in _SURE.finditer(kinds)]
    if not places:
        places = [found.start() for found in _LAST.finditer(kinds)]
    places += [
        found.start()
        for found in _SMALL.finditer(kinds)
        if loud or all(not word.text[:1].isupper() for word in words[found.start() : found.end()])
    ]
    start = min(places, default=len(words))
    while 0 < start < len(words) and words[start - 1].key in _BEFORE:
        start -= 1
    return start


def with_rhythm(words: list[Word]) -> list[Word]:
    """The words of a schedule with the "weekly" that people leave out: "mon 09:00", "on Mondays at 9:00"."""
    words = [part for word in words for part in _days_apart(word)]
    said = [word.key for word in words if word.key not in NOISE]
    if not said or set(said) & RHYTHM:
        return words
    is_day = looks_like_day(said[0])
    plain = looks_like_time(said[0]) or (is_day and (len(said) == 1 or looks_like_time(said[1])))
    if _OF_MONTH.fullmatch(said[0]):
        return [Word("monthly"), *words]
    return [Word("weekly"), *words] if plain and "-" not in said[0] else words


def names_after(at: str, key: str, following: Word) -> bool:
    """Whether a word after a schedule begins what it is about: "about", or "for" and "of" before a name."""
    if key in {"for", "of"} and not at:
        return following.quoted or following.text[:1].isupper()
    return key == "about"


def looks_like_day(word: str) -> bool:
    """Whether a word is a day of the week, or several: "mon", "mondays", "mon,wed", "mon-fri"."""
    return all(map(_is_weekday, _BETWEEN_DAYS.split(word)))


def _days_apart(word: Word) -> list[Word]:
    """The days of "mon/wed" as words of their own."""
    parts = re.split("[/&+]", word.key)
    return [Word(part) for part in parts] if len(parts) > 1 and all(map(_is_weekday, parts)) else [word]


def _kind(word: Word) -> str:
    key = word.key
    if not key:
        return "c" if word.channel else "x"
    if looks_like_time(key):
        return "t"
    if looks_like_day(key):
        return "d"
    if _NUMBER.fullmatch(key):
        return "o" if key[-1] in "tdh." else "n"
    other = "z" if "/" in key and key[0].isalpha() else "x"
    return "r" if key in RHYTHM else _KIND.get(key, other)


def _is_weekday(text: str) -> bool:
    try:
        read_weekday(text)
    except CadenceError:
        return False
    return True
