"""The parts of `/pulse ask` wherever they stand: the question, one name, and what is no part of the name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from handlers.syntax.clauses import said_moment
from handlers.syntax.product_name import POLITE, RESERVED, spoken_name
from handlers.syntax.schedule_start import schedule_start
from handlers.syntax.schedule_syntax import RHYTHM
from handlers.syntax.typed_words import Word, joined, without_marks
from handlers.syntax.until import read_until
from jobs.cadence import CadenceError
from jobs.instruments import find
from jobs.permissions.what_about import is_phrase
from storage.records.name_folding import fold

UNTIL = frozenset({"until", "till", "til"})
_NAMED = frozenset({"named", "anonymous", "anonymously", "confidential", "confidentially"})
_INSTEAD = {
    **dict.fromkeys(("list", "show", "status", "all"), "list"),
    **dict.fromkeys(("stop", "pause", "off", "halt"), "pause"),
    **dict.fromkeys(("remove", "delete", "end", "cancel"), "end"),
    **dict.fromkeys(("resume", "restart", "on"), "resume"),
    **dict.fromkeys(("change", "edit", "update"), "change"),
    "close": "close",
}
_ARTICLES = frozenset({"the", "a", "an", "your", "our", "my", "this", "that", "how"})
_LONGEST_NAME = 4  # words of a question: "umux lite", "customer effort score"
OPEN = frozenset(
    {
        "open",
        "opens",
        "live",
        "running",
        "close",
        "closes",
        "closing",
        "end",
        "ends",
        "ending",
        "due",
        "deadline",
    }
)
_SINCE = frozenset({"from", "to", "since", "for", "till", "through", "thru", "within", *OPEN})
_NOISE = frozenset(
    {"in", "to", "here", "now", "the", "a", "an", "please", "ask", "question", "us", "them", "everybody"}
)
_PAUSES = ",;:.!?…—–-"
_JOINS = frozenset({"and", "or", "&", "+", "plus"})
_BEFORE_NAME = frozenset({"about", "for", "of", "regarding", "concerning"})
_AGAIN = {
    "twice", "thrice", "hourly", "nightly", "yearly", "annually", "each", "per"
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Question:
    """The words that say which question, and the other parts of the sentence without them."""

    words: list[Word]
    parts: dict[str, list[Word]]


def without_noise(words: list[Word]) -> list[Word]:
    """Words without "please" and the like; inside what follows the question they stay: "send an invoice"."""
    asked = next((place for place, word in enumerate(words) if find(word.key)), len(words) - 1) + 1
    kept, rest = [word for word in words[:asked] if word.key not in _NOISE], words[asked:]
    while rest and rest[-1].key in _NOISE:
        rest = rest[:-1]
    while rest and rest[0].key in _NOISE:
        rest = rest[1:]
    return [*kept, *rest]


def find_question(main: list[Word], parts: dict[str, list[Word]]) -> Question:
    """The question, also where it is said after the name or the time: "about Atlas nps", "until fri nps".

    `main` are the words before any part; where there are some, they say it.
    """
    if main:
        return Question(main, parts)
    for part, words in parts.items():
        cut = question_at_end(words)
        if 0 < cut < len(words):
            return Question(_plain(words[cut:]), parts | {part: list(without_marks(words[:cut]))})
        if part == "about" and len(words) > 1 and words[0].text.islower() and find(words[0].key):
            return Question([words[0]], parts | {part: words[1:]})
    return Question(main, parts)


def question_at_end(words: Sequence[Word]) -> int:
    """Where the name of a question begins that ends these words; their number where none does."""
    plain = _plain(words)
    for size in range(min(_LONGEST_NAME, len(plain)), 0, -1):
        if all(word.key for word in plain[-size:]) and find(" ".join(word.key for word in plain[-size:])):
            return _place(words, plain[-size])
    return len(words)


def second_name(words: Sequence[Word]) -> int | None:
    """Where a sentence names a second thing to ask about, "about Atlas: about Beacon"; None without one.

    "All about Us" is one name, as "Mad About You" is.
    """
    first = next((place for place, word in enumerate(words) if word.key == "about"), len(words))
    for place in range(first + 2, len(words)):
        before = words[place - 1]
        apart = before.text[-1:] in _PAUSES and not before.quoted
        so_far = words[first:place]
        ended = any(word.key in UNTIL for word in so_far) or _length(so_far) is not None
        name = words[first + 1 : place]
        other = words[place].text == "about" and fold(joined(name)) not in RESERVED
        other = other and all(word.text[:1].isupper() for word in name)  # not "Borea: what about Atlas"
        if words[place].key == "about" and (apart or before.key in _JOINS or ended or other):
            return place - (before.key in _JOINS)
    return None


def name_said(words: list[Word]) -> list[Word]:
    """The words of a name without a second "about" or "for" before it."""
    while len(words) > 1 and words[0].key in _BEFORE_NAME and words[0].text.islower():
        words = words[1:]
    return words


def command_of_number(words: Sequence[Word]) -> str | None:
    """The command that is meant by "stop 3" or "list" after `/pulse schedule`; None for other words."""
    said = [word.key for word in words]
    if not said or said[0] not in _INSTEAD or not all(key.lstrip("#").isdecimal() for key in said[1:]):
        return None
    return f"/pulse {_INSTEAD[said[0]]} {said[1].lstrip('#')}" if said[1:] else "/pulse list"


def says_names(main: Sequence[Word], product: Sequence[Word]) -> bool:
    """Whether somebody says with the question that answers come with names, or without."""
    last = [word.key for word in [*main[1:], *_plain(product)[1:]] if word.text[:1].islower()]
    return bool(_NAMED & set(last)) or last[-2:] in (["with", "names"], ["without", "names"])


def without_open(words: list[Word]) -> list[Word]:
    """The words of a name without "open" or "closes" after it, where until when follows.

    Words for a question keep them: "the deadline".
    """
    if words[0].key in _ARTICLES or is_phrase(joined(words)):
        return words
    while len(words) > 1 and (words[-1].key in OPEN or not words[-1].text.strip(_PAUSES)):
        if not words[-1].text[:1].islower() and words[-1].key:
            break
        words = words[:-1]
    return words


def when_said(words: Sequence[Word]) -> int:
    """Where a name ends because a day or a schedule follows: "Atlas weekly"; their number where none does.

    Words for a question may say when: "your last order this week".
    """
    start = schedule_start(words)
    if start in {0, len(words)} or not words[start].text[:1].islower() or is_phrase(joined(words)):
        return len(words)
    if any(word.text[-1:] in {",", ":"} for word in words[: start - 1]):
        return len(words)  # "Atlas, the delivery of last week" has words for the question after the name
    while start > 1 and words[start - 1].key in _SINCE:
        start -= 1
    return start


def comes_again(words: Sequence[Word]) -> bool:
    """Whether words say a schedule and not one day."""
    return any(word.key in RHYTHM | _AGAIN or word.key.endswith("days") for word in words)


def is_moment(words: Sequence[Word], now: datetime, zone: str) -> bool:
    """Whether words say until when."""
    try:
        read_until(said_moment(words), now=now, zone=zone)
    except CadenceError:
        return False
    return True


def with_until(words: Sequence[Word], now: datetime, zone: str) -> tuple[list[Word], str] | None:
    """The name in "about Until Dawn until fri", in quotes, and until when; None where no name holds it."""
    start = next((place for place, word in enumerate(words) if word.key == "about"), len(words)) + 1
    heads = [place for place in range(start, len(words)) if words[place].key in UNTIL]
    if not heads or not (words[heads[0]].text[:1].isupper() or heads[0] == start):
        return None
    end = heads[-1]
    if end > heads[0] and is_moment(words[end + 1 :], now, zone):
        return [Word(spoken_name(words[start:end]), quoted=True)], f"until {said_moment(words[end + 1 :])}"
    name = words[start:]
    if (length := _length(name)) is not None:
        name = name[:length]
    return [Word(spoken_name(name), quoted=True)], "until fri 17:00"


def _plain(words: Sequence[Word]) -> list[Word]:
    kept = list(without_marks(words))
    while kept and kept[-1].key in POLITE:
        kept.pop()
    return kept


def _place(words: Sequence[Word], wanted: Word) -> int:
    return max(place for place, word in enumerate(words) if word is wanted)


def _length(words: Sequence[Word]) -> int | None:
    """Where "for 3 days" begins, if anywhere."""
    pairs = enumerate(pairwise(words))
    return next((at for at, (word, then) in pairs if word.key == "for" and then.key[:1].isdigit()), None)
