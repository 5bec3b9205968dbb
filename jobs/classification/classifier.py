"""The one door to classification: a comment in, a label out."""

from pathlib import Path
from typing import Self

from jobs.classification.cleanup import plain
from jobs.classification.emoji import BAD, GOOD, Emoji
from jobs.classification.language import English
from jobs.classification.lexicon import Lexicon
from jobs.classification.sentiment import ToneAnalyzer
from jobs.classification.tokens import words
from storage.records import Label, Sentiment, Touchpoint

VERSION = "0"
_NOTHING = {Sentiment.NEGATIVE: 0.0, Sentiment.NEUTRAL: 0.0, Sentiment.POSITIVE: 0.0}


class Classifier:
    """Reads the tone and the touchpoints of a comment. Made by `load`; safe to share between tasks."""

    def __init__(
        self, *, tone: ToneAnalyzer, lexicon: Lexicon, english: English, emoji: Emoji, version: str
    ) -> None:
        self.version = version
        self._tone = tone
        self._lexicon = lexicon
        self._english = english
        self._emoji = emoji

    @classmethod
    def load(cls, lexicon: Path | None = None) -> Self:
        """A classifier from the packaged files, with a team's own lexicon on top if given.

        Raises:
            LexiconError: the team's file cannot be read or is not of the lexicon's form.
        """
        emoji = Emoji.load()
        return cls(
            tone=ToneAnalyzer(emoji),
            lexicon=Lexicon.load(lexicon),
            english=English.load(),
            emoji=emoji,
            version=VERSION,
        )

    def classify(self, comment: str) -> Label:
        """The label of one comment. Never raises for a str, whatever is in it; the time is bounded."""
        text = plain(comment, self._emoji)
        tokens = words(text)
        spoken = [token for token in tokens if token[0].isalpha()]
        if not spoken:
            return self._blank(Sentiment.EMPTY)
        if not self._english.reads(text, [word for word in spoken if word not in {GOOD, BAD}]):
            return self._blank(Sentiment.UNCLASSIFIED)
        tone = self._tone.read(tokens)
        evidence = self._lexicon.evidence(tokens)
        ranked = sorted(evidence, key=lambda touchpoint: -sum(evidence[touchpoint].values()))
        return Label(
            version=self.version,
            sentiment=tone.sentiment,
            polarity=round(tone.polarity, 3),
            probabilities={name: round(value, 3) for name, value in tone.probabilities.items()},
            touchpoints=tuple(ranked[:3]) or (Touchpoint.OTHER,),
            reasons=tone.reasons,
        )

    def _blank(self, why: Sentiment) -> Label:
        return Label(
            version=self.version, sentiment=why, polarity=0.0, probabilities=_NOTHING, touchpoints=()
        )
