"""The tone of a comment: TextBlob's word list and a small trained model, behind TextBlob's own extension point."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from textblob.base import CONTINUOUS, BaseSentimentAnalyzer

from jobs.classification.cleanup import plain
from jobs.classification.emoji import BAD, GOOD, Emoji
from jobs.classification.features import grams, measures, valences
from jobs.classification.model import Model, softmax
from jobs.classification.reasons import deciding
from jobs.classification.tokens import words
from storage.records import Sentiment

TONES = (Sentiment.NEGATIVE, Sentiment.NEUTRAL, Sentiment.POSITIVE)

# Emoji hardly occur in the labelled sets, so their weight is set, not learnt: one decides a comment of up to two
# other words, and leans on a longer one. A team's own words of praise and blame weigh as much.
_LEAN, _DECIDE = 1.5, 4.0
_FEW = 2


@dataclass(frozen=True, slots=True)
class Tone:
    """What a text sounds like: polarity in [-1, 1], the three probabilities, and the words that decided."""

    polarity: float
    probabilities: Mapping[Sentiment, float]
    reasons: tuple[str, ...]

    @property
    def sentiment(self) -> Sentiment:
        """The most probable of the three."""
        return max(self.probabilities, key=self.probabilities.__getitem__)


class ToneAnalyzer(BaseSentimentAnalyzer):  # type: ignore[misc]  # TextBlob ships no types
    """TextBlob's extension point: `TextBlob(text, analyzer=ToneAnalyzer(...)).sentiment` is a Tone."""

    kind = CONTINUOUS

    def __init__(self, model: Model, emoji: Emoji) -> None:
        super().__init__()
        self._model = model
        self._emoji = emoji

    def analyze(self, text: str, keep_assessments: bool = False) -> Tone:  # noqa: FBT001, FBT002, ARG002 - TextBlob's signature
        """The tone of the text."""
        return self.read(words(plain(text, self._emoji)))

    def read(self, tokens: Sequence[str], own: Mapping[int, int] | None = None) -> Tone:
        """The tone of a text that is taken apart already; `own` says where a team's own words of tone stand."""
        spoken = [token for token in tokens if token not in {GOOD, BAD}]
        placed = valences(spoken, self._model.valence)
        (negative, neutral, positive), known = self._model.score(grams(spoken), measures(spoken, placed))
        lean = _lean(tokens, spoken, own or {})
        down, middle, up = softmax((negative - lean, neutral - abs(lean), positive + lean), self._model.temperature)
        side = (down, middle, up).index(max(down, middle, up)) - 1
        return Tone(
            polarity=up - down,
            probabilities=dict(zip(TONES, (down, middle, up), strict=True)),
            reasons=deciding(side, spoken, placed, known, emoji=lean * side > 0),
        )


def _lean(tokens: Sequence[str], spoken: Sequence[str], own: Mapping[int, int]) -> float:
    """What emoji and a team's own words add to positive and take from negative."""
    signs = [1 if token == GOOD else -1 for token in tokens if token in {GOOD, BAD}] + list(own.values())
    if not signs or not sum(signs):
        return 0.0
    words_beside = sum(token[0].isalnum() for token in spoken)
    strength = _DECIDE if words_beside <= _FEW else _LEAN
    return strength if sum(signs) > 0 else -strength
