"""`/pulse say I never know which invoice is which about Atlas`.

What people say is theirs: only a part in front with a colon is surely no part of it ("about Atlas: ...",
"ux: ..."). What else may name a product is given as a guess, and the words as a whole beside it.
"""

import re
from dataclasses import dataclass
from unicodedata import category

from handlers.syntax.product_name import spoken_name
from handlers.syntax.typed_words import split
from storage.records import Lens

LONGEST_GUESS = 4  # words of a product's name
_SIDE = r"(?:(?P<side>[cu]x)\b[\s,:]*)"
_NAME = r"\"(?P<quoted>[^\"]{1,80})\"|(?P<bare>[^:\"]{1,60}?)"
_HEAD = re.compile(rf"{_SIDE}?about\s+(?:{_NAME})\s*:\s*(?P<text>.+)", re.IGNORECASE | re.DOTALL)
_SIDE_ALONE = re.compile(r"(?P<side>[cu]x)\s*:\s*(?P<text>.+)", re.IGNORECASE | re.DOTALL)
_SMART = str.maketrans(dict.fromkeys("“”„‟«»", '"'))
_BEFORE = re.compile(r"about\s+(?P<rest>.+)", re.IGNORECASE | re.DOTALL)
_BOUND = frozenset(
    {
        *("what", "how", "all", "is", "it's", "be", "nothing", "something", "anything", "everything", "more"),
        *("know", "think", "care", "hear", "heard", "read", "talk", "talking", "worry", "forget", "forgot"),
    }
)
"""What "about" belongs to, so that it cannot be cut off: "what about Atlas?"."""
_AFTER = re.compile(
    r"(?P<text>.*\w.*?)[\s,;:.(—–-]+about\s+(?P<name>(?:(?!\babout\b).)+)", re.IGNORECASE | re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Guess:
    """A name that may be a product's, and what is said if it is one; a colon behind it makes that likely."""

    name: str
    text: str
    colon: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SayWords:
    """The words; `about` is a product that was plainly named, `guesses` those that may have been.

    `text` is without what was plainly named; where a guess is wrong, all of it is said.
    """

    text: str
    lens: Lens | None = None
    about: Guess | None = None
    guesses: tuple[Guess, ...] = ()


def read_say(words: str) -> SayWords:
    """The words after `/pulse say`, without marks of Slack."""
    lens = None
    text = "" if _is_nothing(words) else words.strip()
    quoted = text.translate(_SMART)
    if head := _HEAD.fullmatch(quoted):
        lens = _lens(head["side"])
        said = text[head.start("text") :].strip()
        guess = Guess(head["quoted"] or spoken_name(split(head["bare"])), said, colon=True)
        if head["quoted"]:
            return SayWords(text=said, lens=lens, about=guess)
        return SayWords(text=text, lens=lens, guesses=(guess,))
    if alone := _SIDE_ALONE.fullmatch(text):
        lens, text = _lens(alone["side"]), alone["text"].strip()
    return SayWords(text=text, lens=lens, guesses=tuple(_guesses(text)))


def _is_nothing(words: str) -> bool:
    """Whether nothing is said: no more than punctuation, or a word that would only begin a command."""
    said = "".join(sign for sign in words if category(sign)[0] not in "PZ")
    return said.casefold() in {"", "about", "cx", "ux"}


def _guesses(text: str) -> list[Guess]:
    found = []
    if after := _AFTER.fullmatch(text):
        name = spoken_name(split(after["name"]))
        if name and len(name.split()) <= LONGEST_GUESS:
            said = after["text"].rstrip(" ,;:(—–-")
            found.append(Guess(name, text if said.split()[-1].casefold() in _BOUND else said))
    if before := _BEFORE.fullmatch(text):
        words = before["rest"].split()
        for size in range(min(LONGEST_GUESS, len(words)), 0, -1):
            name = spoken_name(split(" ".join(words[:size])))
            if name:
                found.append(Guess(name, " ".join(words[size:])))
    return found


def _lens(side: str | None) -> Lens | None:
    return Lens(side.upper()) if side else None
