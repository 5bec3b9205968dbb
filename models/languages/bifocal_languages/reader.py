"""All that the package says of a text: which language it is in, its tone, and what it is about."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from bifocal_languages.network import MODEL, Network, Scores
from bifocal_languages.tongue import TABLE, Tongue
from bifocal_languages.word_list import LANGUAGES, WordList

WORDS = "words"
# What a saying adds to the score of its side and takes from the other: more in a short text. What each of up
# to two words of praise or blame adds, and what neutral loses of all that.
SAYING, SAYING_IN_SHORT, WORD = 1.0, 2.0, 0.8
EVEN, EVEN_IN_SHORT = 1.5, 4.0
ALONE, WORD_ALONE = 2, 2.0  # up to so many words a word of praise or blame is the verdict
SHORT, MOST_WORDS = 6, 2
FULL = 12  # words: in a longer text all that counts less, since much is told that is no verdict
NEUTRAL_SHARE = 0.4


class Reader:
    """Reads cleaned texts in one of `languages`; `version` changes with any file of the model."""

    def __init__(self, folder: Path) -> None:
        files = [folder / MODEL, folder / TABLE, *(folder / WORDS / f"{code}.toml" for code in LANGUAGES)]
        for file in files:
            if not file.is_file():
                raise FileNotFoundError(f"{file.relative_to(folder)} is not in {folder}")
        self.languages: Mapping[str, str] = LANGUAGES
        self.version = hashlib.sha256(b"".join(map(Path.read_bytes, files))).hexdigest()[:8]
        self._network, self._tongue = Network(files[0]), Tongue(files[1])
        self._words = {file.stem: WordList(file) for file in files[2:]}

    def tell(self, text: str) -> tuple[str, float]:
        """The likeliest of the languages by its code, and how likely the text is in any of them."""
        chances = self._tongue(text)
        known = {code: chances[code] for code in self.languages}
        return max(known, key=known.__getitem__), sum(known.values())

    def listed(self, text: str, strange: str) -> str:
        """The likeliest language that lists one of the words or a saying, by its code; empty if none does.

        `strange` are the words of the text that are not at home in English: those may be of praise or blame.
        """
        lists = self._words.items()
        codes = [code for code, known in lists if known.has_saying(text) or known.tone(strange)]
        chances = self._tongue(text)
        return max(codes, key=chances.__getitem__, default="")

    def read(self, text: str, language: str) -> Scores:
        """The scores of the tone and of the topics, before they are probabilities."""
        scores = self._network(text)
        known = self._words[language]
        lean, even = self._lean(text, known), self._evenness(text, known)
        negative, neutral, positive = scores.tone
        neutral += even - NEUTRAL_SHARE * abs(lean)
        return scores._replace(tone=(negative - lean, neutral, positive + lean))

    @staticmethod
    def _lean(text: str, known: WordList) -> float:
        """How much the words of a text speak for praise, below 0 for blame."""
        length = len(text.split())
        saying = (SAYING_IN_SHORT if length <= SHORT else SAYING) * known.saying(text)
        weight = WORD_ALONE if length <= ALONE else WORD
        words = weight * max(-MOST_WORDS, min(MOST_WORDS, known.tone(text)))
        return (saying + words) * min(1.0, FULL / max(length, 1))

    @staticmethod
    def _evenness(text: str, known: WordList) -> float:
        """What a saying that is neither praise nor blame adds to neutral."""
        if not known.even(text):
            return 0.0
        return EVEN_IN_SHORT if len(text.split()) <= SHORT else EVEN

    def named(self, text: str, language: str) -> dict[str, float]:
        """How much the words of a text speak for each topic that any of them speaks for."""
        return self._words[language].evidence(text)
