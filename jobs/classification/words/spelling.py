"""Words of praise and blame, as people misspell them: "horible", "awfull", "confusign"."""

from collections.abc import Iterable, Mapping
from functools import cache, cached_property, lru_cache
from importlib import resources

_SHORTEST = 6  # shorter words differ by one letter too often: "bore" and "born"
_KEPT = 20_000  # strange words whose mending is remembered
_LEAST_TONE = 0.25
_VOWELS = frozenset("aeiouy")


class Spelling:
    """Mends a word that is in no dictionary and one slip away from usual words of one tone.

    A slip is a letter missing or too many, a wrong vowel, or two neighbours swapped; never the first letter.
    """

    def __init__(self, usual: Iterable[str], tones: Mapping[str, float]) -> None:
        self._usual = usual
        self._tones = tones
        self._mended = lru_cache(maxsize=_KEPT)(self._nearest)

    def mended(self, tokens: list[str], strange: Iterable[str]) -> list[str]:
        """The tokens with usual words for the strange ones that are misspelt; the same list if none is."""
        mended = {
            token: usual
            for token in strange
            if len(token) >= _SHORTEST - 1 and token.isalpha() and (usual := self._mended(token)) != token
        }
        return [mended.get(token, token) for token in tokens] if mended else tokens

    def _nearest(self, word: str) -> str:
        """The usual word that is a slip away; the word itself if there is none or they disagree in tone."""
        shorter = self._shorter
        near = [usual for form in _forms(word) if form in shorter for usual in shorter[form]]
        found = [usual for usual in near if _one_slip(word, usual)]
        if len({self._tones[usual] > 0 for usual in found}) != 1 or word in _dictionary():
            return word
        if word.removesuffix("s") in _dictionary():  # "sells" is no slip of "smells"
            return word
        return min(found)

    @cached_property
    def _shorter(self) -> dict[str, tuple[str, ...]]:
        """Usual words by their forms with one letter less; made when first asked for, many never need it."""
        shorter: dict[str, tuple[str, ...]] = {}
        for word in self._usual:
            if abs(self._tones.get(word, 0.0)) >= _LEAST_TONE:
                for form in set(_forms(word)):
                    shorter[form] = (*shorter.get(form, ()), word)
        return shorter


def _forms(word: str) -> list[str]:
    """The word, and it with each letter but the first left out."""
    return [word, *[word[:at] + word[at + 1 :] for at in range(1, len(word))]]


def _one_slip(word: str, other: str) -> bool:
    """Whether a letter more or less, another vowel or two neighbours swapped make one word of the other."""
    if max(len(word), len(other)) < _SHORTEST:
        return False
    start = _alike(word, other)
    end = _alike(word[start:][::-1], other[start:][::-1])
    one, two = word[start : len(word) - end], other[start : len(other) - end]
    return len(one) + len(two) == 1 or {one, two} <= _VOWELS or (len(one) == 2 and one == two[::-1])  # noqa: PLR2004 - two neighbours


def _alike(one: str, two: str) -> int:
    """How many letters two words begin with alike."""
    return next(
        (at for at, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two))
    )


@cache
def _dictionary() -> frozenset[str]:
    """The words of TextBlob's spelling list, which has a word and how often it was seen on each line."""
    listed = (resources.files("textblob.en") / "en-spelling.txt").read_text("utf-8")
    return frozenset(line.partition(" ")[0] for line in listed.splitlines())
