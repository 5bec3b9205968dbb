"""The tone of a comment: TextBlob's word list, read with negations and emoji in mind."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from textblob.base import CONTINUOUS, BaseSentimentAnalyzer
from textblob.en import sentiment as word_list

from jobs.classification.cleanup import plain
from jobs.classification.emoji import BAD, GOOD, Emoji
from jobs.classification.tokens import words
from storage.records import Sentiment

_MARGIN = 0.05
_SHARPNESS = 3.0


@dataclass(frozen=True, slots=True)
class Tone:
    """What a text sounds like: polarity in [-1, 1], the three probabilities, and the words that decided."""

    polarity: float
    probabilities: Mapping[Sentiment, float]
    reasons: tuple[str, ...]

    @property
    def sentiment(self) -> Sentiment:
        """The most probable of the three."""
        return max(self.probabilities, key=lambda tone: self.probabilities[tone])


class ToneAnalyzer(BaseSentimentAnalyzer):  # type: ignore[misc]  # TextBlob ships no types
    """TextBlob's extension point: `TextBlob(text, analyzer=ToneAnalyzer(...)).sentiment` is a Tone."""

    kind = CONTINUOUS

    def __init__(self, emoji: Emoji) -> None:
        super().__init__()
        self._emoji = emoji

    def analyze(self, text: str, keep_assessments: bool = False) -> Tone:  # noqa: FBT001, FBT002, ARG002 - TextBlob's own signature
        """The tone of the text."""
        return self.read(words(plain(text, self._emoji)))

    def read(self, tokens: list[str]) -> Tone:
        """The tone of a text that is taken apart already."""
        score = word_list([token for token in tokens if token not in {GOOD, BAD}])
        assessed = [(" ".join(part[0]), part[1]) for part in score.assessments if part[1]]
        assessed += [(token, 0.8 if token == GOOD else -0.8) for token in tokens if token in {GOOD, BAD}]
        polarity = sum(weight for _, weight in assessed) / (len(assessed) or 1)
        assessed.sort(key=lambda part: -abs(part[1]))
        return Tone(
            polarity, _probabilities(polarity), tuple(dict.fromkeys(part[0] for part in assessed))[:3]
        )


def _probabilities(polarity: float) -> dict[Sentiment, float]:
    lean = {
        Sentiment.NEGATIVE: -_SHARPNESS * polarity,
        Sentiment.NEUTRAL: _SHARPNESS * _MARGIN,
        Sentiment.POSITIVE: _SHARPNESS * polarity,
    }
    total = sum(map(math.exp, lean.values()))
    return {tone: math.exp(value) / total for tone, value in lean.items()}
