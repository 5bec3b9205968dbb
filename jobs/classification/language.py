"""Whether a comment is English: where it is not, nothing is guessed about it."""

import re
import tomllib
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Self

_OTHER_SCRIPT = re.compile(r"[^\W\d_\u0000-\u024f\u1e00-\u1eff]")
_LETTER = re.compile(r"[^\W\d_]")
SHORT = 3
KNOWN_SHARE = 0.4


@dataclass(frozen=True, slots=True)
class English:
    """Tells English by its everyday words, against those of six neighbours, and by its script."""

    everyday: frozenset[str]
    foreign: Mapping[str, frozenset[str]]  # word -> the languages in which it is everyday
    known: tuple[Container[str], ...]

    @classmethod
    def load(cls, *known: Container[str]) -> Self:
        """The packaged word lists, with `known` as further words that are at home in English comments."""
        table = tomllib.loads(resources.files(__package__).joinpath("languages.toml").read_text("utf-8"))
        everyday = frozenset(table.pop("en").split())
        foreign: dict[str, set[str]] = {}
        for language, listed in table.items():
            for word in set(listed.split()):
                foreign.setdefault(word, set()).add(language)
        return cls(everyday, {word: frozenset(langs) for word, langs in foreign.items()}, known)

    def reads(self, text: str, words: Sequence[str]) -> bool:
        """Whether the text, whose lower-case words are given, can be read as English.

        Up to three words are taken for English unless every one of them is foreign.
        """
        if not text.isascii() and _mostly_other_script(text):
            return False
        if not words:
            return True
        home = sum(word in self.everyday and word not in self.foreign for word in words)
        abroad = self._strongest_neighbour(words)
        known = sum(word in self.everyday or any(word in listed for listed in self.known) for word in words)
        if len(words) <= SHORT:
            return known > 0 or abroad == 0
        return abroad <= home and known >= KNOWN_SHARE * len(words)

    def _strongest_neighbour(self, words: Sequence[str]) -> int:
        counts: dict[str, int] = {}
        for word in words:
            if word not in self.everyday:
                for language in self.foreign.get(word, ()):
                    counts[language] = counts.get(language, 0) + 1
        return max(counts.values(), default=0)


def _mostly_other_script(text: str) -> bool:
    return len(_OTHER_SCRIPT.findall(text)) > 0.3 * len(_LETTER.findall(text))
