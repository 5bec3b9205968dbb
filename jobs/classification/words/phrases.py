"""Finding listed words and phrases in a comment, in any of their forms."""

from collections.abc import Iterable, Sequence

from jobs.classification.words.tokens import words

Stems = tuple[str, ...]

_SHORTEST = 4  # shorter words have no ending to lose
_LONG = 5  # "charge" and "charging" are one, but "note" is not "not", nor "theme" "them"
_KEPT = 3  # what an ending must leave
_ENDINGS = (
    *((f"{sound}es", sound) for sound in ("sh", "ch", "ss", "x", "z")),
    ("ies", "y"), ("ied", "y"), ("ing", ""), ("ed", ""), ("s", ""),
)  # fmt: skip
_DOUBLED = "bdgmnprt"


# A phrase, and where its anchor stands in it.
Anchored = Sequence[tuple[int, Stems]]


class Phrases:
    """A set of phrases, by the stems of their words.

    Each is kept under its longest stem, its anchor: "the booking" is looked for at each "booking", not at
    each "the".
    """

    def __init__(self, phrases: Iterable[Stems]) -> None:
        self.anchored: dict[str, list[tuple[int, Stems]]] = {}
        for phrase in sorted(frozenset(phrases)):
            anchor = max(phrase, key=len)
            self.anchored.setdefault(anchor, []).append((phrase.index(anchor), phrase))

    def find(
        self, stemmed: Stems, anchors: Iterable[tuple[int, Anchored]] | None = None
    ) -> list[tuple[int, Stems]]:
        """Where each phrase begins, and the phrase, in order; the longest at a place wins, none overlap.

        `anchors` are the places of anchors and what hangs there, if they have been looked up already.
        """
        if anchors is None:
            anchored = self.anchored
            if not anchored:
                return []
            anchors = [(at, anchored[stem]) for at, stem in enumerate(stemmed) if stem in anchored]
        found: list[tuple[int, Stems]] = []
        for at, hanging in anchors:
            for before, phrase in hanging:
                start = at - before
                if start >= 0 and stemmed[start : start + len(phrase)] == phrase:
                    found.append((start, phrase))
        return found if len(found) <= 1 else _apart(found)


def _apart(found: list[tuple[int, Stems]]) -> list[tuple[int, Stems]]:
    """Of phrases that overlap the first; of those that begin together the longest."""
    kept: list[tuple[int, Stems]] = []
    free = 0
    for at, phrase in sorted(found, key=lambda each: (each[0], -len(each[1]))):
        if at >= free:
            kept.append((at, phrase))
            free = at + len(phrase)
    return kept


def stems_of(phrase: str) -> Stems:
    """The stems of a phrase as a person writes it."""
    return stems(words(phrase))


def stems(tokens: Sequence[str]) -> Stems:
    """The words without their endings, so that "crashes" and "crashing" are "crash"."""
    return tuple(map(stem_of, tokens))


def stem_of(word: str) -> str:
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
