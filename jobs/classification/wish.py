"""Whether a comment is a wish: whether it asks for something to be added or changed."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Self

from jobs.classification.words import packaged

BEGIN = "^"
_MARKS = frozenset(".,;:!?")
_TURNS = frozenset({"but", "though"})
_WORD = r"[\w']+"
_IN_PHRASE = {
    BEGIN: r" \^",
    "$": r"(?= [.,;:!?^]|$)",
    "..": rf"(?: {_WORD}){{0,3}}?",
}


class WishReader:
    """Knows the phrases of wishes, and those that only look like one. Made by `load`."""

    def __init__(self, lists: Mapping[str, str], wish: Iterable[str], never: Iterable[str]) -> None:
        self._lists = {name: "|".join(map(_word, words.split())) for name, words in lists.items()}
        self._wish, self._never = self._any_of(wish), self._any_of(never)

    @classmethod
    def load(cls) -> Self:
        """The packaged phrases, `wishes.toml`."""
        table = packaged.table("wishes.toml")
        return cls(table["lists"], table["wish"]["phrases"], table["never"]["phrases"])

    def read(self, tokens: Sequence[str]) -> str:
        """The words by which a comment is a wish; empty where it is none."""
        found = self._wish.search(self._never.sub(" ;", _in_clauses(tokens)))
        return " ".join(word for word in found[0].split() if word != BEGIN) if found else ""

    def _any_of(self, phrases: Iterable[str]) -> re.Pattern[str]:
        each = ("".join(map(self._part, phrase.split())) for phrase in phrases)
        return re.compile(f"(?:{'|'.join(each)})(?![\\w'])")

    def _part(self, part: str) -> str:
        """A part of a phrase as a regular expression; the file says what there is."""
        if part in _IN_PHRASE:
            return _IN_PHRASE[part]
        if part.startswith("("):
            return f"(?:{self._part(part[1:-1])})?"
        return f" (?:{'|'.join(map(self._alternative, part.split('/')))})(?![\\w'])"

    def _alternative(self, word: str) -> str:
        if word.startswith("[-"):
            return rf"(?!(?:{self._lists[word[2:-1]]})(?![\w'])){_WORD}"
        return self._lists[word[1:-1]] if word.startswith("[") else _word(word)


def _word(word: str) -> str:
    """A word; `_` is any, `*ed` any that ends so."""
    return _WORD if word == "_" else rf"{_WORD}{word[1:]}" if word.startswith("*") else re.escape(word)


def _in_clauses(tokens: Sequence[str]) -> str:
    """The words with a sign before each clause."""
    parts = [BEGIN]
    for token in tokens:
        mark = token[0] in _MARKS
        parts += [token[0], BEGIN] if mark else [token, BEGIN] if token in _TURNS else [token]
    return "".join(f" {part}" for part in parts)
