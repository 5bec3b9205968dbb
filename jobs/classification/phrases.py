"""Finding listed words and phrases in a comment, in any of their forms."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from jobs.classification.tokens import words

Stems = tuple[str, ...]

_SHORTEST = 4  # shorter words have no ending to lose
_LONG = 5  # "charge" and "charging" are one, but "note" is not "not", nor "theme" "them"
_KEPT = 3  # what an ending must leave
_ENDINGS = (
    *((f"{sound}es", sound) for sound in ("sh", "ch", "ss", "x", "z")),
    ("ies", "y"), ("ied", "y"), ("ing", ""), ("ed", ""), ("s", ""),
)  # fmt: skip
_DOUBLED = "bdgmnprt"


class Phrases:
    """A set of phrases, by the stems of their words."""

    def __init__(self, phrases: Iterable[Stems]) -> None:
        self._phrases = frozenset(phrases)
        self._lengths: dict[str, list[int]] = {}
        for phrase in sorted(self._phrases, key=len, reverse=True):
            lengths = self._lengths.setdefault(phrase[0], [])
            if len(phrase) not in lengths:
                lengths.append(len(phrase))

    def find(self, stemmed: Stems) -> list[tuple[int, Stems]]:
        """Where each phrase begins, and the phrase, in order; the longest at a place wins, none overlap."""
        if not self._lengths:
            return []
        found: list[tuple[int, Stems]] = []
        free = 0
        lengths = self._lengths
        for at in [at for at, stem in enumerate(stemmed) if stem in lengths]:
            for length in lengths[stemmed[at]] if at >= free else ():
                phrase = stemmed[at : at + length]
                if phrase in self._phrases:
                    found.append((at, phrase))
                    free = at + length
                    break
        return found


def stems_of(phrase: str) -> Stems:
    """The stems of a phrase as a person writes it."""
    return stems(words(phrase))


def stems(tokens: Sequence[str]) -> Stems:
    """The words without their endings, so that "crashes" and "crashing" are "crash"."""
    return tuple(map(_stem, tokens))


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    """A light stemmer: plural, past and -ing endings, doubled consonants and final e, nothing else."""
    if len(word) < _SHORTEST or not word.isalpha():
        return word
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _KEPT and not word.endswith("ss"):
            word = word[: -len(ending)] + instead
            break
    if len(word) >= _SHORTEST and word[-1] == word[-2] and word[-1] in _DOUBLED:
        word = word[:-1]
    return word[:-1] if word.endswith("e") and len(word) > _LONG else word
