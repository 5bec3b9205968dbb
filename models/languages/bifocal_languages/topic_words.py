"""The words of a language that speak for a topic, out of the files in `topics`."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator
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


class TopicWords:
    """The list of one language."""

    def __init__(self, file: Path) -> None:
        weights: dict[str, dict[str, float]] = {}
        for topic, lists in tomllib.loads(file.read_text("utf-8")).items():
            for strength in ("weak", "strong"):
                for entry in lists.get(strength, ()):
                    weights.setdefault(_pattern(entry), {})[topic] = WEIGHTS[strength]
        self._entries = [(re.compile(pattern), topics) for pattern, topics in weights.items()]

    def evidence(self, text: str) -> dict[str, float]:
        """How much speaks for each topic that anything speaks for; each entry counts once."""
        bare = _bare(text)
        sums: dict[str, float] = {}
        for pattern, topics in self._entries:
            if pattern.search(bare):
                for topic, weight in topics.items():
                    sums[topic] = sums.get(topic, 0.0) + weight
        return sums


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
