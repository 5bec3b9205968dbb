"""The tone of a comment, in TextBlob's two extension points: our own tokenizer and our own analyzer.

`TextBlob(comment, tokenizer=..., analyzer=...)` has our words as its `tokens` and a Tone as its `sentiment`.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from textblob.base import CONTINUOUS, BaseSentimentAnalyzer, BaseTokenizer

from jobs.classification.caution import Caution, asks_back, most_against, too_close
from jobs.classification.lexicon import Lexicon
from jobs.classification.model.features import measures, share
from jobs.classification.model.findings import Findings, look_up
from jobs.classification.model.linear import LinearModel, Tones, softmax
from jobs.classification.model.reasons import EMOJI, deciding
from jobs.classification.model.word_index import WordIndex
from jobs.classification.words.cleanup import plain
from jobs.classification.words.emoji import BAD, GOOD, SHRUG, Emoji
from jobs.classification.words.language import English
from jobs.classification.words.ratings import EVENT, SIGNS, Ratings
from jobs.classification.words.sayings import Sayings
from jobs.classification.words.spelling import Spelling
from jobs.classification.words.tokens import is_word, words
from storage.records import Sentiment, Touchpoint

# The scores of both models count alike. Together they are slow to say neutral: with this shift they beat the
# small model alone on each of nine sets that neither had learnt from (`tests.bench.bench_accurate`).
_NEUTRAL_SHIFT = 0.4

TONES = (Sentiment.NEGATIVE, Sentiment.NEUTRAL, Sentiment.POSITIVE)

# Emoji hardly occur in the labelled sets, so their weight is set, not learnt: one decides a comment of up to
# two other words, and leans on a longer one. A team's own words of praise and blame weigh as much. A rating
# or a saying decides a comment of up to three, and leans less with each word more; how much less is such that
# the probabilities of long texts stay as good as without. An event, told without a word of tone, leans less.
_LEAN, _DECIDE, _EVENT = 1.5, 4.0, 2.5
_FEW = 2
_WHOLE, _FALL = 3, 1.5
_EMOJI = {GOOD: 1, BAD: -1, SHRUG: 0}
MARKS = _EMOJI.keys() | SIGNS.keys()


class SecondReader(Protocol):
    """A second, slower opinion: gives the scores of negative, neutral and positive of a cleaned text."""

    version: str

    def __call__(self, text: str, /) -> Tones:
        """The scores, before they are probabilities."""


class Tone(NamedTuple):
    """What a comment sounds like.

    The tone as it is told (it may be `unsure`, `unclassified` or `empty`), the polarity in [-1, 1], the
    probabilities of negative, neutral and positive, the words that decided, and what was found in the words;
    None where they were not read as English. `touchpoints` are those of a comment in another language.
    """

    sentiment: Sentiment
    polarity: float
    probabilities: Sequence[float]
    reasons: tuple[str, ...]
    found: Findings | None
    touchpoints: tuple[Touchpoint, ...] = ()


class LanguagesReader(Protocol):
    """Reads comments in other languages than English."""

    version: str

    def read(self, text: str, tokens: Sequence[str], found: Findings, *, english: bool) -> Tone | None:
        """What is told of a cleaned text, None when it is in none of the languages.

        `english` says whether it could be read as English.
        """


class CommentTokenizer(BaseTokenizer):  # type: ignore[misc]  # TextBlob ships no types
    """TextBlob's extension point for words: those of a comment without the markup of Slack."""

    def __init__(self, emoji: Emoji) -> None:
        self._emoji = emoji

    def clean(self, comment: str) -> str:
        """The comment as plain text; emoji with a tone are words."""
        return plain(comment, self._emoji)

    def tokenize(self, text: str) -> list[str]:
        """The words, numbers and marks of a comment."""
        return words(self.clean(text))


@dataclass(kw_only=True, eq=False)
class ToneAnalyzer(BaseSentimentAnalyzer):  # type: ignore[misc]  # TextBlob ships no types
    """TextBlob's extension point for the tone of a text: the small trained model, with its guards.

    With `accurate` the scores are the mean of the model's and of this second reader's; `others` reads what is
    in another language.
    """

    model: LinearModel
    index: WordIndex
    tokenizer: CommentTokenizer
    english: English
    spelling: Spelling
    ratings: Ratings
    sayings: Sayings
    lexicon: Lexicon
    caution: Caution
    accurate: SecondReader | None = None
    others: LanguagesReader | None = None

    kind = CONTINUOUS

    def __post_init__(self) -> None:
        super().__init__()

    def analyze(self, text: str, keep_assessments: bool = False) -> Tone:  # noqa: FBT001, FBT002, ARG002 - TextBlob's signature
        """The tone of a comment. Never raises for a str, whatever is in it; the time is bounded."""
        text = self.tokenizer.clean(text)
        marked, rated = self.ratings.marked(text)
        tokens = words(marked)
        if not any(map(is_word, tokens)):
            return _unread(Sentiment.EMPTY)
        found = look_up(tokens, self.index)
        if found.strange:
            english = self.english.reads(text, tokens, found.strange)
            if self.others and (told := self.others.read(text, tokens, found, english=english)):
                return told
            if not english:
                return _unread(Sentiment.UNCLASSIFIED)
            mended = self.spelling.mended(tokens, found.strange)
            if mended is not tokens:
                tokens, found = mended, look_up(mended, self.index)
        meant, sayings, reworded = self.sayings.read(tokens)
        as_meant = found if meant is tokens else look_up(meant, self.index)
        tone = self._likeliest(reworded or text, meant, as_meant, (*rated, *sayings))
        return self._with_caution(tone, meant, as_meant, known=bool(reworded))._replace(found=found)

    def _likeliest(
        self, text: str, tokens: list[str], found: Findings, verdicts: Sequence[tuple[int, str]]
    ) -> Tone:
        """The likeliest of negative, neutral and positive; product names of the team are left out."""
        own = self.lexicon.own_tone(found.stems)
        said = self.lexicon.without_names(tokens, found.stems)
        rest = said if MARKS.isdisjoint(said) else [token for token in said if token not in MARKS]
        rest_found = found if rest is tokens else look_up(rest, self.index)
        negative, neutral, positive = self._scores(text, rest, rest_found)
        leaning, even = lean(said, rest, own, found.turn)
        chances = softmax(
            (negative - leaning, neutral - abs(leaning) + even, positive + leaning), self.model.temperature
        )
        likeliest = chances.index(max(chances))
        side = likeliest - 1
        marks = [EMOJI] * any(_EMOJI.get(token) == side for token in said)
        marks += [words for sign, words in verdicts if sign == side]
        return Tone(
            sentiment=TONES[likeliest],
            polarity=round(chances[2] - chances[0], 3),
            probabilities=chances,
            reasons=deciding(side, rest, rest_found.placed, rest_found.known, marks=marks),
            found=found,
        )

    def _scores(self, text: str, tokens: Sequence[str], found: Findings) -> Tones:
        """The scores of negative, neutral and positive before they are probabilities."""
        measured = measures(tokens, found.under, found.placed)
        first = self.model.score(found.known, found.turn, len(tokens), measured)
        return _together(first, self.accurate(text)) if self.accurate else first

    def _with_caution(self, tone: Tone, tokens: list[str], found: Findings, *, known: bool) -> Tone:
        """The tone as it may be told: `unsure` with the reason where it is better left open.

        `known` says that the comment was read in other words, as a list says that it is meant.
        """
        if found.warned and tone.sentiment is not Sentiment.NEGATIVE:
            beside = self.caution.praise_beside_bad_event(tokens, found.stems, found.warned)
            if beside:
                return tone._replace(
                    sentiment=Sentiment.UNSURE, reasons=("praise beside a bad event", *beside)
                )
        marked = known or not MARKS.isdisjoint(tokens)
        praised = tone.sentiment is Sentiment.POSITIVE
        if praised and not marked and asks_back(tokens):
            return tone._replace(sentiment=Sentiment.UNSURE, reasons=("a question", *tone.reasons))
        if too_close(*tone.probabilities, most=most_against(tokens, praised=praised, marked=marked)):
            return tone._replace(sentiment=Sentiment.UNSURE, reasons=("too close to call", *tone.reasons))
        return tone


def _unread(why: Sentiment) -> Tone:
    return Tone(sentiment=why, polarity=0.0, probabilities=(0.0, 0.0, 0.0), reasons=(), found=None)


def _together(first: Tones, second: Tones) -> Tones:
    """The scores of the small model and of the accurate one as one."""
    negative, neutral, positive = ((a + b) / 2 for a, b in zip(first, second, strict=True))
    return negative, neutral + _NEUTRAL_SHIFT, positive


def lean(
    tokens: Sequence[str], rest: Sequence[str], own: Mapping[int, int], turn: int
) -> tuple[float, float]:
    """What marks and a team's own words add to positive and take from negative, and what they add to neutral.

    `rest` are the other words, `turn` is the place of the last "but".
    """
    marks = [(at, token) for at, token in enumerate(tokens) if token in MARKS]
    if not marks and not own:
        return 0.0, 0.0
    signs = [(_EMOJI | SIGNS)[token] * share(at, turn) for at, token in marks] + list(own.values())
    side = max(-1.0, min(1.0, sum(signs)))
    beside = sum(token[0].isalnum() for token in rest)
    strength = max((_strength(token, beside) for _, token in marks), default=_strength(GOOD, beside))
    is_even = not side and any(not (_EMOJI | SIGNS)[token] for _, token in marks)
    return side * strength, strength * is_even


def _strength(mark: str, beside: int) -> float:
    """How hard a mark leans beside so many other words."""
    if mark in SIGNS:
        strength = _EVENT if mark == EVENT else _DECIDE
        return strength * math.pow(min(1.0, _WHOLE / max(beside, 1)), _FALL)
    if beside <= _FEW:
        return _DECIDE
    return 0.0 if mark == SHRUG else _LEAN
