"""The name of a product, and the words that stand in a question."""

import re
from collections.abc import Sequence
from zoneinfo import available_timezones

from handlers.syntax.typed_words import Word, joined
from jobs.cadence import DAYS
from jobs.instruments import INSTRUMENTS
from jobs.messages.wording.escaping import LONGEST_TYPED
from storage.records.name_folding import fold, shown

MARKS = "*_~`"
COMMANDS = (  # of `/pulse`, those that run and those that people expect
    "help", "ask", "schedule", "list", "pause", "resume", "close", "change", "edit", "remove", "delete",
    "end", "takedown", "contrast", "score", "trend", "why", "comments", "answers", "digest", "me", "forget",
    "products", "leads", "outcome", "group", "export", "mute", "unmute", "say", "privacy",
)  # fmt: skip
_DIGEST_WORDS = (
    "on", "off", "now", "preview", "from", "about", "stop", "start", "restart", "show", "status", "cancel",
    "set", "add", "new", "rename", "merge", "undo", "pulse", "digests", "settings", "info",
    "weekly", "monthly", "quarterly", "daily", "biweekly", "fortnightly", "yearly",
    "every", "each", "cron", "today", "tomorrow", "yesterday", "here", "there", "until", "for", "to", "in",
    "at", "of", "and", "or", "with", "all", "none", "this", "that", "it", "yes", "no", "cx", "ux", "day",
    "week", "month", "days", "weeks", "months", "weekdays", "hourly",
)  # fmt: skip
_WEEKDAYS = {form for day in DAYS for form in (day.lower(), f"{day.lower()}s", day[:3].lower())}
_QUESTIONS = {fold(name) for each in INSTRUMENTS.values() for name in (each.key, each.name, *each.aliases)}
RESERVED = frozenset(map(fold, (*COMMANDS, *_DIGEST_WORDS, *_WEEKDAYS))) | _QUESTIONS
"""Words of the command language, folded: none of them is the name of a product."""
_NEAREST = {
    **{word: f"/pulse {word}" for word in ("help", "list", "schedule", "digest", "products", "me", "forget")},
    **dict.fromkeys(("stop", "pause", "cancel", "remove", "delete", "undo"), "/pulse list"),
    **dict.fromkeys(("show", "status", "info", "settings"), "/pulse list"),
    **dict.fromkeys(("on", "off", "now", "preview"), "/pulse digest"),  # which shows it, and changes nothing
    **dict.fromkeys(("weekly", "monthly", "quarterly", "daily", "every", *_WEEKDAYS), "/pulse schedule"),
    **{word: f"/pulse score {word}" for word in INSTRUMENTS},
}
_TIMES = frozenset({"at", "in", "for", "until", "every", "each", "on", "to"})
_ZONE = re.compile(
    r"(?:Africa|America|Asia|Atlantic|Australia|Etc|Europe|Indian|Pacific|US)/\w+", re.IGNORECASE
)
_CLOCK = re.compile(
    r"(?:[01]?\d|2[0-4]):[0-5]\d|(?:1[0-2]|0?[1-9])(?:[:.][0-5]\d)?[ap]m", re.ASCII | re.IGNORECASE
)
_DASHES = "-‐‑‒–—―−~"
_BEFORE = _DASHES + ",;:!?¿¡…|=>·•"
_AFTER = _DASHES + ",;:.?…|=·•"
_BRACKETS = {"(": ")", "[": "]", "{": "}"}
_EMOJI = re.compile(r":[a-z0-9_+'-]+:(?=\s|$)")  # as Slack sends one that is typed
_EMOJI_LAST = re.compile(r"(?:^|\s):[a-z0-9_+'-]+:$")
POLITE = frozenset({"please", "pls", "thanks"})


class InvalidName(ValueError):
    """A name that cannot stand in a question; the message is one plain sentence for a form's field.

    `nearest` is the command that may be meant, where one comes to mind.
    """

    def __init__(self, problem: str, nearest: str | None = None) -> None:
        super().__init__(problem)
        self.nearest = nearest


def read_subject(text: str) -> str:
    """A product's name or a question's subject: 1 to 60 characters on one line, without marks of formatting.

    Spaces are made single and what is drawn as nothing is left out. Raises InvalidName.
    """
    if len(text.strip().splitlines()) > 1:
        raise InvalidName("A name has one line.")
    name = " ".join(shown(text).split())
    if not fold(name):
        raise InvalidName("A name has at least one character.")
    if len(name) > LONGEST_TYPED:
        raise InvalidName(f"A name has at most {LONGEST_TYPED} characters; this one has {len(name)}.")
    for mark in MARKS:
        if mark in name:
            raise InvalidName(f"Leave out the {'backtick' if mark == '`' else mark} in the name.")
    return name


def read_product(text: str) -> str:
    """A product's name: as `read_subject`, and no words of the command language alone. Raises InvalidName."""
    name = read_subject(text)
    if name.startswith("@"):
        raise InvalidName("Leave out the @ before the name.")
    if _ZONE.fullmatch(name) and name.casefold() in map(str.casefold, available_timezones()):
        raise InvalidName(f'"{name}" is a time zone; a product has a name of its own.')
    words = [fold(word) for word in name.split()]
    if words[0] in _TIMES:  # "at 8", "in 3 days"
        words = [word for word in words if not word.isdecimal()]
    reserved = fold(name) in RESERVED or all(word in RESERVED or not word for word in words)
    if reserved or any(map(_CLOCK.fullmatch, words)):
        what = (
            "has a time in it"
            if not reserved
            else "is a word of /pulse"
            if len(name.split()) == 1
            else "are words of /pulse"
        )
        nearest = next((_NEAREST[word] for word in words if word in _NEAREST), None)
        raise InvalidName(f'"{name}" {what}; a product has a name of its own.', nearest)
    return name


def spoken_name(words: Sequence[Word]) -> str:
    """The name in a part of a sentence: without the punctuation that belongs to the sentence.

    What stands inside a name stays, and so do signs with which names begin or end: .NET, C++, Yahoo!, C#.
    """
    kept = list(words)
    while kept and (_is_mark(kept[-1]) or (len(kept) > 1 and kept[-1].key in POLITE)):
        kept.pop()
    while kept and _is_mark(kept[0]):
        kept.pop(0)
    if any(word.quoted for word in kept):
        quoted = [word for word in kept if word.quoted]
        others = [word for word in kept if not word.quoted and word.text.strip(_BEFORE + _AFTER)]
        return quoted[0].text if len(quoted) == 1 and not others else _bare(joined(kept))
    return _bare(joined(kept))


def _bare(name: str) -> str:
    """A name without punctuation of the sentence and brackets around it."""
    before = None
    while before != name:
        before = name
        name = name.strip()
        name = name if _EMOJI.match(name) else name.lstrip(_BEFORE)
        name = name if _EMOJI_LAST.search(name) else name.rstrip(_AFTER).strip()
        if name[:1] in _BRACKETS and name.endswith(_BRACKETS[name[0]]):
            name = name[1:-1]
        if name[:1] == "'" and name.endswith("'") and len(name) > 1:
            name = name[1:-1]
        for opening, closing in _BRACKETS.items():
            if name.endswith(closing) and name.count(closing) > name.count(opening):
                name = name[:-1]
            if name.startswith(opening) and name.count(opening) > name.count(closing):
                name = name[1:]
        if name.startswith(".") and not name[1:2].isalnum():
            name = name[1:]
    return name


def _is_mark(word: Word) -> bool:
    """Whether a word is nothing but punctuation of the sentence; a name such as "?" is in quotes."""
    return not word.quoted and not word.channel and not word.text.strip(_BEFORE + _AFTER)
