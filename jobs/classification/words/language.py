"""Whether a comment is English. Of a comment that is not, no tone is told."""

import re
from collections.abc import Container, Mapping, Sequence
from typing import Self

from jobs.classification.words import packaged
from jobs.classification.words.emoji import BAD, GOOD, SHRUG
from jobs.classification.words.ratings import SIGNS
from jobs.classification.words.tokens import is_word

_OTHER_SCRIPT = re.compile(r"[^\W\d_\u0000-\u024f\u1e00-\u1eff]")
_LETTER = re.compile(r"[^\W\d_]")
SHORT = 3
KNOWN_SHARE = 0.4
# So few strange words are never too many, however short the comment.
_FEW = int((1 - KNOWN_SHARE) * (SHORT + 1))
OTHER_SCRIPT_SHARE = 0.2


class English:
    """Tells English by its everyday words, against those of six neighbours, and by its script."""

    def __init__(
        self,
        everyday: frozenset[str],
        foreign: Mapping[str, frozenset[str]],
        known: Sequence[Container[str]],
    ) -> None:
        self._only_english = everyday - foreign.keys()
        self._only_foreign = {word: languages for word, languages in foreign.items() if word not in everyday}
        self._known = (*known, everyday, (GOOD, BAD, SHRUG), SIGNS)

    @classmethod
    def load(cls, *known: Container[str]) -> Self:
        """The packaged word lists; `known` hold more words that are at home in English comments."""
        table = packaged.table("languages.toml")
        everyday = frozenset(table.pop("en").split())
        foreign: dict[str, set[str]] = {}
        for language, listed in table.items():
            for word in listed.split():
                foreign.setdefault(word, set()).add(language)
        return cls(
            everyday,
            {word: frozenset(languages) for word, languages in foreign.items()},
            known,
        )

    def is_strange(self, token: str) -> bool:
        """Whether the token is a word that is not at home in English comments."""
        return is_word(token) and not any(token in known for known in self._known)

    def reads(self, text: str, tokens: Sequence[str], strange: Sequence[str]) -> bool:
        """Whether the text can be read as English; `tokens` are its own, `strange` the strange ones of these.

        Up to three words are taken for English unless every one of them is foreign.
        """
        if not strange:
            return True
        if not text.isascii() and _other_script(text):
            return False
        if len(strange) <= _FEW and self._only_foreign.keys().isdisjoint(tokens):
            return True
        words = [token for token in tokens if is_word(token)]
        known = len(words) - len(strange)
        abroad = self._strongest_neighbour(words)
        if len(words) <= SHORT:
            return known > 0 or abroad == 0
        if abroad and abroad > sum(map(self._only_english.__contains__, words)):
            return False
        return known >= KNOWN_SHARE * len(words)

    def _strongest_neighbour(self, words: Sequence[str]) -> int:
        """How many of the words belong to the one neighbour that has most of them."""
        if self._only_foreign.keys().isdisjoint(words):
            return 0
        found = [language for word in words for language in self._only_foreign.get(word, ())]
        return max(map(found.count, set(found)), default=0)


def _other_script(text: str) -> bool:
    return len(_OTHER_SCRIPT.findall(text)) > OTHER_SCRIPT_SHARE * len(_LETTER.findall(text))
