"""The words that speak for a touchpoint, and what a team adds of its own."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Self

from jobs.classification import lexicon_file
from jobs.classification.words.phrases import Anchored, Phrases, Stems, stems_of
from storage.records import Touchpoint

STRONG, WEAK = 1.0, 0.5

# The touchpoints that words can speak for.
NAMED = tuple(touchpoint for touchpoint in Touchpoint if touchpoint is not Touchpoint.OTHER)


class Lexicon:
    """Words and phrases by touchpoint, a team's words of praise and blame, and its product names."""

    def __init__(self, lists: lexicon_file.Lists) -> None:
        self.content = repr(sorted(lists.items()))
        self._weights: dict[Stems, dict[Touchpoint, float]] = {
            stems_of(phrase): {} for phrase in lists.get(("nothing", "phrases"), ())
        }
        for strength, weight in (("weak", WEAK), ("strong", STRONG)):
            for touchpoint in NAMED:
                for phrase in lists.get((f"touchpoints.{touchpoint}", strength), ()):
                    self._weights.setdefault(stems_of(phrase), {})[touchpoint] = weight
        self._phrases = Phrases(self._weights)
        self._tone = {
            **{stems_of(phrase): 1 for phrase in lists.get(("tone", "positive"), ())},
            **{stems_of(phrase): -1 for phrase in lists.get(("tone", "negative"), ())},
        }
        self._tone_phrases = Phrases(self._tone)
        self._names = Phrases(map(stems_of, lists.get(("products", "names"), ())))

    @classmethod
    def load(cls, own: Path | None = None) -> Self:
        """The packaged lexicon, with the words of a team's own file on top.

        Raises:
            LexiconError: the file cannot be read or is not of the lexicon's form.
        """
        lists = lexicon_file.shipped()
        for place, phrases in (lexicon_file.own(own) if own else {}).items():
            lists[place] = [*lists.get(place, ()), *phrases]
        return cls(lists)

    @classmethod
    def own(cls, file: Path | None = None) -> Self:
        """A team's own words alone, none without a file; raises LexiconError as `load` does."""
        return cls(lexicon_file.own(file) if file else {})

    @property
    def anchored(self) -> Mapping[str, Anchored]:
        """The phrases that speak for a touchpoint, by their anchors."""
        return self._phrases.anchored

    def evidence(
        self, stemmed: Stems, anchors: Iterable[tuple[int, Anchored]] | None = None
    ) -> dict[Touchpoint, float]:
        """How much speaks for each touchpoint that anything speaks for; each phrase counts once.

        `anchors` are the phrases that may stand there, if they have been looked up already.
        """
        sums: dict[Touchpoint, float] = {}
        for phrase in {phrase for _, phrase in self._phrases.find(stemmed, anchors)}:
            for touchpoint, weight in self._weights[phrase].items():
                sums[touchpoint] = sums.get(touchpoint, 0.0) + weight
        return sums

    def own_tone(self, stemmed: Stems) -> Mapping[int, int]:
        """Where a team's own words of praise (1) and blame (-1) stand."""
        return {at: self._tone[phrase] for at, phrase in self._tone_phrases.find(stemmed)}

    def without_names(self, tokens: list[str], stemmed: Stems) -> list[str]:
        """The tokens without the team's product names."""
        gone = {place for at, name in self._names.find(stemmed) for place in range(at, at + len(name))}
        return [token for at, token in enumerate(tokens) if at not in gone] if gone else tokens
