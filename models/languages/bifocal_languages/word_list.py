"""The words and sayings of a language, out of the files in `words`."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

LANGUAGES = {
    "de": "German",
    "fr": "French",
    "es": "Spanish",
    "it": "Italian",
    "nl": "Dutch",
    "pt": "Portuguese",
}
WEIGHTS = {"strong": 1.0, "weak": 0.5}
_REACH = 3  # words before one that a negation may stand
_WHOLE = 3  # so short a word stands for itself only
_WORD = re.compile(r"\w+")


class WordList:
    """What words of one language speak for: topics, praise or blame."""

    def __init__(self, file: Path) -> None:
        weights: dict[str, dict[str, float]] = {}
        table = tomllib.loads(file.read_text("utf-8"))
        for topic, lists in table["topics"].items():
            for strength in ("weak", "strong"):
                for entry in lists.get(strength, ()):
                    weights.setdefault(_pattern(entry), {})[topic] = WEIGHTS[strength]
        self._entries = [(re.compile(pattern), topics) for pattern, topics in weights.items()]
        sides = ("praise", "blame", "even")
        self._praise, self._blame, self._even = (_any_of(table["sayings"][side]) for side in sides)
        signs = (("praise", 1), ("blame", -1))
        self._tones = {_bare(word): sign for side, sign in signs for word in table["tone"][side]}
        self._negations = frozenset(map(_bare, table["tone"]["negations"]))

    def evidence(self, text: str) -> dict[str, float]:
        """How much speaks for each topic that anything speaks for; each entry counts once."""
        bare = _bare(text)
        sums: dict[str, float] = {}
        for pattern, topics in self._entries:
            if pattern.search(bare):
                for topic, weight in topics.items():
                    sums[topic] = sums.get(topic, 0.0) + weight
        return sums

    def even(self, text: str) -> bool:
        """Whether a saying tells that it is neither praise nor blame, or only asks for something."""
        return bool(self._even.search(_bare(text)))

    def has_saying(self, text: str) -> bool:
        """Whether a text has a saying of any kind."""
        return self.even(text) or self.saying(text) != 0

    def _told(self, text: str) -> str:
        """A bare text without its sayings that are even: their words are no praise and no blame."""
        return self._even.sub(" ", _bare(text))

    def saying(self, text: str) -> int:
        """1 where a text has more sayings of praise than of blame, -1 where it has fewer, else 0."""
        bare = self._told(text)
        praise, blame = len(self._praise.findall(bare)), len(self._blame.findall(bare))
        return (praise > blame) - (praise < blame)

    def tone(self, text: str) -> int:
        """How many words of praise a text has more than words of blame; a negation before one turns it."""
        words = _WORD.findall(self._told(text))
        total = 0
        for at, word in enumerate(words):
            sign = self._sign(word)
            if sign:
                denied = not self._negations.isdisjoint(words[max(0, at - _REACH) : at])
                total += -sign if denied else sign
        return total

    def _sign(self, word: str) -> int:
        """1 for a word of praise, -1 for one of blame: the longest entry that it is or begins with counts."""
        for length in range(len(word), 0, -1):
            sign = self._tones.get(word[:length])
            if sign and (length == len(word) or length > _WHOLE):
                return sign
        return 0


def _any_of(sayings: Iterable[str]) -> re.Pattern[str]:
    """What finds any of the sayings in a bare text, the longest first."""
    said = sorted((r"\W+".join(_WORD.findall(_bare(saying))) for saying in sayings), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(said)})\b")


def _pattern(entry: str) -> str:
    """What finds an entry in a bare text: its words one after the other, the last may go on."""
    inside = entry.startswith("-")
    words = _WORD.findall(_bare(entry))
    goes_on = "" if len(words[-1]) <= _WHOLE else r"\w*"
    return (r"\b\w*" if inside else r"\b") + r"\W+".join(map(re.escape, words)) + goes_on + r"\b"


def _bare(text: str) -> str:
    """A text in lower case and without accents."""
    return "".join(_letters(text.lower()))


def _letters(text: str) -> Iterator[str]:
    return (letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))
