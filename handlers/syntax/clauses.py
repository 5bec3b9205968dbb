"""A command's words sorted into clauses: what it is about, from where, until when."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from handlers.syntax.product_name import POLITE, InvalidName
from handlers.syntax.syntax_error import CommandSyntaxError
from handlers.syntax.typed_words import Word, joined, split
from jobs.cadence import quoted

_ENDS = ",;!?)]}…–— "
_DATE_WITH_DOT = re.compile(r"\d\.\d{1,2}\.$|^\d{1,2}\.$")  # "1.12.", which needs its dot
Heads = Callable[[str, str, Word], str | None]
"""The clause that a word begins, or None, from the clause so far, the word's key and the word after it."""

MAIN, ABOUT = "", "about"
_BEFORE_CHANNEL = frozenset(
    {"in", "to", "from", "for", "with", "at", "on", "into", "inside", "via", "of", "and"}
)
_BEFORE_NAMES = frozenset({"about", "of", "for", "on", "to", "into", "with", "rename", "merge", "remove"})
_BEFORE_GROUP = frozenset({"in", "of", "from", "for", "the"})
_ABOUT_TOO = frozenset({"of", "for", "on", "regarding", "concerning", "re"})


def about(at: str, key: str, _following: Word) -> str | None:
    """Whether a word begins what a command is about: "about", or such as "of" before any other part."""
    return ABOUT if key == ABOUT or (at == MAIN and key in _ABOUT_TOO) else None


def clauses(words: Sequence[Word], heads: Heads, *, keep: str | None = None) -> dict[str, list[Word]]:
    """The words of each clause; MAIN has those before the first. Only `keep` holds its first word."""
    sorted_words: dict[str, list[Word]] = {MAIN: []}
    at = MAIN
    for word, following in pairwise([*words, Word("")]):
        head = heads(at, word.key, following) if word.key else None
        if head == at == ABOUT:
            head = None  # "All about Us" is one name
        if head is not None:
            at = head
            sorted_words.setdefault(at, [])
        if head is None or head == keep:
            sorted_words[at].append(word)
    return sorted_words


def take_groups(words: Sequence[Word]) -> tuple[tuple[str, ...], list[Word]]:
    """The names behind the word "group" in small letters, and the other words.

    So a product named "Focus Group" is none of it; one with the word inside it stands in quotes.
    """
    found, rest = list[str](), list[Word]()
    left = list(words)
    while left:
        word = left.pop(0)
        if word.text.strip(":") != "group" or not left or left[0].channel or not left[0].text.strip(",;:.?!"):
            rest.append(word)
            continue
        found.append(left.pop(0).text.strip(",;:.?!"))
        following = left[0] if left else Word("")
        while rest and rest[-1].key in _BEFORE_GROUP and not (following.channel or following.key == "and"):
            rest.pop()
    return tuple(found), rest


def take_group(words: Sequence[Word]) -> tuple[str | None, list[Word]]:
    """As `take_groups`, of one group at most; raises InvalidName for more."""
    found, rest = take_groups(words)
    if len(found) > 1:
        raise InvalidName("One group at a time.")
    return (found[0] if found else None), rest


def one_channel(words: Sequence[Word], form: str) -> tuple[str | None, list[Word]]:
    """The channel that is named, if any, and the other words; a name that Slack did not know is refused."""
    refuse_plain_channel(words, form)
    channels = {word.channel for word in words if word.channel}
    if len(channels) > 1:
        raise CommandSyntaxError("One channel at a time.", form)
    others = [
        word
        for word, following in pairwise([*words, Word("")])
        if not word.channel
        and not (following.channel and word.text.islower() and word.key in _BEFORE_CHANNEL)
    ]
    return (channels.pop() if channels else None), others


def seen_channel(text: str) -> str | None:
    """The channel that is named, as it is typed; None where Slack keeps its name back, empty without one."""
    named = next((word.text for word in split(text) if word.channel), "")
    return None if named == "#channel" else named


def refuse_plain_channel(words: Sequence[Word], form: str) -> None:
    """Refuse "#name" that is only text: Slack sends an id for every channel that the person can see."""
    for word in words:
        if word.key.startswith("#") and not word.key[1:].isdigit():
            raise CommandSyntaxError(f"{quoted(word.text)} is not a channel that you can see here.", form)


def without_please(typed: str) -> str:
    """What was typed without a "please" at its end, unless that is a name: "rename Nova to Please"."""
    words = typed.split()
    while words and words[-1].strip("." + _ENDS).casefold() in POLITE:
        if words[-2:-1] and words[-2].casefold() in _BEFORE_NAMES:
            break
        words.pop()
    return " ".join(words)


def said_moment(words: Sequence[Word]) -> str:
    """The moment or the length that words say, without the end of their sentence: "fri.", "fri, please"."""
    kept = list(words)
    while len(kept) > 1 and (kept[-1].key in POLITE or not kept[-1].text.strip(_ENDS)):
        kept.pop()
    text = joined(kept).rstrip(_ENDS)
    return text if _DATE_WITH_DOT.search(text) else text.rstrip("." + _ENDS)
