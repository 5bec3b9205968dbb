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
        self._praise, self._blame = (_any_of(table["sayings"][side]) for side in ("praise", "blame"))

    def evidence(self, text: str) -> dict[str, float]:
        """How much speaks for each topic that anything speaks for; each entry counts once."""
        bare = _bare(text)
        sums: dict[str, float] = {}
        for pattern, topics in self._entries:
            if pattern.search(bare):
                for topic, weight in topics.items():
                    sums[topic] = sums.get(topic, 0.0) + weight
        return sums

    def saying(self, text: str) -> int:
        """1 where a text has more sayings of praise than of blame, -1 where it has fewer, else 0."""
        bare = _bare(text)
        praise, blame = len(self._praise.findall(bare)), len(self._blame.findall(bare))
        return (praise > blame) - (praise < blame)


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
