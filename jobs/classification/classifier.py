"""The one door to classification: a comment in, a label out."""

import gc
from pathlib import Path
from typing import Self

from jobs.classification.caution import Caution, most_against, too_close
from jobs.classification.lexicon import Lexicon
from jobs.classification.model.findings import Findings, look_up
from jobs.classification.model.linear import LinearModel
from jobs.classification.model.word_index import WordIndex
from jobs.classification.model.word_tones import word_tones
from jobs.classification.sentiment import TONES, SecondReader, Tone, ToneAnalyzer
from jobs.classification.touchpoint import TouchpointReader
from jobs.classification.words import packaged
from jobs.classification.words.cleanup import plain
from jobs.classification.words.emoji import Emoji
from jobs.classification.words.language import English
from jobs.classification.words.spelling import Spelling
from jobs.classification.words.tokens import is_word, words
from storage.records import Label, Sentiment

# Raised by hand when the code reads comments differently; the word lists and the model are in the version by
# themselves.
RULES = 3

_NOTHING = dict.fromkeys(TONES, 0.0)
# Looked up once: an enum's members are slow to reach, and this is done for every comment.
_NEGATIVE, _UNSURE, _UNCLASSIFIED, _EMPTY = (
    Sentiment.NEGATIVE, Sentiment.UNSURE, Sentiment.UNCLASSIFIED, Sentiment.EMPTY,
)  # fmt: skip


class Classifier:
    """Reads the tone and the touchpoints of a comment. Made by `load`; safe to share between tasks."""

    def __init__(
        self,
        *,
        tone: ToneAnalyzer,
        touchpoints: TouchpointReader,
        lexicon: Lexicon,
        english: English,
        caution: Caution,
        emoji: Emoji,
        spelling: Spelling,
        index: WordIndex,
        version: str,
    ) -> None:
        self.version = version
        self._tone = tone
        self._touchpoints = touchpoints
        self._lexicon = lexicon
        self._english = english
        self._caution = caution
        self._emoji = emoji
        self._spelling = spelling
        self._index = index

    @classmethod
    def load(cls, lexicon: Path | None = None, accurate: SecondReader | None = None) -> Self:
        """A classifier from the packaged files, with a team's own lexicon on top if given.

        `accurate` gives a second, slower opinion on the tone (see the module `accurate`); the default needs
        none.

        Raises:
            LexiconError: the team's file cannot be read or is not of the lexicon's form.
            ModelError: the packaged model is damaged.
        """
        # What is read here lives as long as the process: to look for garbage in it takes a third of the time.
        collecting = gc.isenabled()
        gc.disable()
        try:
            return cls.of(LinearModel.load(), Lexicon.load(lexicon), accurate)
        finally:
            if collecting:
                gc.enable()

    @classmethod
    def of(cls, model: LinearModel, lexicon: Lexicon, accurate: SecondReader | None = None) -> Self:
        """A classifier from a model and a lexicon that are loaded already."""
        emoji, caution = Emoji.load(), Caution.load()
        english = English.load(model.words, model.valence)
        index = WordIndex(
            model.words,
            word_tones(model.valence),
            strange=english.is_strange,
            topics=model.touchpoints["stems"],
            pairs=model.touchpoints["pairs"],
            named=lexicon.anchored,
            warned=caution.anchored,
        )
        version = packaged.digest(model.version, lexicon.content)
        return cls(
            tone=ToneAnalyzer(model, emoji, accurate, index),
            touchpoints=TouchpointReader(lexicon, model.touchpoints),
            lexicon=lexicon,
            english=english,
            caution=caution,
            emoji=emoji,
            spelling=Spelling(model.words, model.valence),
            index=index,
            version=f"{RULES}-{version}{f'+{accurate.version}' if accurate else ''}",
        )

    def classify(self, comment: str) -> Label:
        """The label of one comment. Never raises for a str, whatever is in it; the time is bounded."""
        text = plain(comment, self._emoji)
        tokens = words(text)
        index = self._index
        if not any(map(is_word, tokens)):
            return self._blank(_EMPTY)
        found = look_up(tokens, index)
        if found.strange:
            if not self._english.reads(text, tokens, found.strange):
                return self._blank(_UNCLASSIFIED)
            mended = self._spelling.mended(tokens, found.strange)
            if mended is not tokens:
                tokens, found = mended, look_up(mended, index)
        spoken = self._lexicon.without_names(tokens, found.stems)
        own = self._lexicon.own_tone(found.stems)
        tone = self._tone.read(spoken, own, text, found if spoken is tokens else None)
        sentiment, reasons = self._judged(tone, tokens, found)
        return Label(
            version=self.version,
            sentiment=sentiment,
            polarity=tone.polarity,
            probabilities=dict(zip(TONES, tone.probabilities, strict=True)),
            touchpoints=self._touchpoints.read(found),
            reasons=reasons,
        )

    def _judged(self, tone: Tone, tokens: list[str], found: Findings) -> tuple[Sentiment, tuple[str, ...]]:
        """The tone as told, with its reasons; or `unsure`, with the reason for that."""
        beside = (
            self._caution.praise_beside_bad_event(tokens, found.stems, found.warned)
            if found.warned and tone.sentiment is not _NEGATIVE
            else None
        )
        if beside:
            return _UNSURE, ("praise beside a bad event", *beside)
        if too_close(*tone.probabilities, most=most_against(tokens)):
            return _UNSURE, ("too close to call", *tone.reasons)
        return tone.sentiment, tone.reasons

    def _blank(self, why: Sentiment) -> Label:
        return Label(
            version=self.version, sentiment=why, polarity=0.0, probabilities=_NOTHING, touchpoints=()
        )
