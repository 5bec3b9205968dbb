"""The tone of a comment: TextBlob's words and a small trained model, behind TextBlob's extension point."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

from textblob.base import CONTINUOUS, BaseSentimentAnalyzer

from jobs.classification.model.features import measures
from jobs.classification.model.findings import Findings, look_up
from jobs.classification.model.linear import LinearModel, Tones, softmax
from jobs.classification.model.reasons import deciding
from jobs.classification.model.word_index import WordIndex
from jobs.classification.model.word_tones import word_tones
from jobs.classification.words.cleanup import plain
from jobs.classification.words.emoji import BAD, GOOD, Emoji
from jobs.classification.words.tokens import words
from storage.records import Sentiment

# The scores of both models count alike. Together they are slow to say neutral: with this shift they beat the
# small model alone on each of nine sets that neither had learnt from (`tests.bench.bench_accurate`).
_NEUTRAL_SHIFT = 0.4

TONES = (Sentiment.NEGATIVE, Sentiment.NEUTRAL, Sentiment.POSITIVE)

# Emoji hardly occur in the labelled sets, so their weight is set, not learnt: one decides a comment of up to
# two other words, and leans on a longer one. A team's own words of praise and blame weigh as much.
_LEAN, _DECIDE = 1.5, 4.0
_FEW = 2
_EMOJI = frozenset({GOOD, BAD})


class SecondReader(Protocol):
    """A second, slower opinion: gives the scores of negative, neutral and positive of a cleaned text."""

    version: str

    def __call__(self, text: str, /) -> Tones:
        """The scores, before they are probabilities."""


class Tone(NamedTuple):
    """What a text sounds like.

    Its likeliest tone, the polarity in [-1, 1], the probabilities of negative, neutral and positive, and the
    words that decided.
    """

    sentiment: Sentiment
    polarity: float
    probabilities: Sequence[float]
    reasons: tuple[str, ...]


class ToneAnalyzer(BaseSentimentAnalyzer):  # type: ignore[misc]  # TextBlob ships no types
    """TextBlob's extension point: `TextBlob(text, analyzer=ToneAnalyzer(...)).sentiment` is a Tone."""

    kind = CONTINUOUS

    def __init__(
        self,
        model: LinearModel,
        emoji: Emoji,
        accurate: SecondReader | None = None,
        index: WordIndex | None = None,
    ) -> None:
        super().__init__()
        self._accurate = accurate
        self._model = model
        self._emoji = emoji
        self._index = WordIndex(model.words, word_tones(model.valence)) if index is None else index

    def analyze(self, text: str, keep_assessments: bool = False) -> Tone:  # noqa: FBT001, FBT002, ARG002 - TextBlob's signature
        """The tone of the text."""
        cleaned = plain(text, self._emoji)
        return self.read(words(cleaned), text=cleaned)

    def read(
        self,
        tokens: Sequence[str],
        own: Mapping[int, int] | None = None,
        text: str = "",
        found: Findings | None = None,
    ) -> Tone:
        """The tone of a cleaned text and its tokens.

        `own` says where a team's own words of tone stand, `found` what was found in the tokens if somebody
        has looked already.
        """
        spoken = tokens if _EMOJI.isdisjoint(tokens) else [token for token in tokens if token not in _EMOJI]
        if found is None or spoken is not tokens:
            found = look_up(spoken, self._index)
        negative, neutral, positive = self._model.score(
            found.known, found.turn, len(spoken), measures(spoken, found.under, found.placed)
        )
        if self._accurate:
            first = (negative, neutral, positive)
            negative, neutral, positive = _together(first, self._accurate(text or " ".join(tokens)))
        lean = _lean(tokens, spoken, own or {}) if own or spoken is not tokens else 0.0
        chances = softmax((negative - lean, neutral - abs(lean), positive + lean), self._model.temperature)
        likeliest = chances.index(max(chances))
        side = likeliest - 1
        return Tone(
            sentiment=TONES[likeliest],
            polarity=round(chances[2] - chances[0], 3),
            probabilities=chances,
            reasons=deciding(side, spoken, found.placed, found.known, emoji=lean * side > 0),
        )


def _together(first: Tones, second: Tones) -> Tones:
    """The scores of the small model and of the accurate one as one."""
    negative, neutral, positive = ((a + b) / 2 for a, b in zip(first, second, strict=True))
    return negative, neutral + _NEUTRAL_SHIFT, positive


def _lean(tokens: Sequence[str], spoken: Sequence[str], own: Mapping[int, int]) -> float:
    """What emoji and a team's own words add to positive and take from negative."""
    signs = [1 if token == GOOD else -1 for token in tokens if token in _EMOJI] + list(own.values())
    if not sum(signs):
        return 0.0
    words_beside = sum(token[0].isalnum() for token in spoken)
    strength = _DECIDE if words_beside <= _FEW else _LEAN
    return strength if sum(signs) > 0 else -strength
