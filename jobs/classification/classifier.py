"""A comment in, a label out: its tone by TextBlob with our tokenizer and analyzer, and its touchpoints."""

from pathlib import Path
from typing import Self

from textblob import TextBlob

from jobs.classification.caution import Caution
from jobs.classification.lexicon import Lexicon
from jobs.classification.model.linear import LinearModel
from jobs.classification.model.word_index import WordIndex
from jobs.classification.model.word_tones import word_tones
from jobs.classification.other_languages import LanguageReader, OtherLanguages
from jobs.classification.sentiment import TONES, CommentTokenizer, SecondReader, Tone, ToneAnalyzer
from jobs.classification.touchpoint import TouchpointReader
from jobs.classification.wish import WishReader
from jobs.classification.words import packaged
from jobs.classification.words.cleanup import RAW_HEAD, RAW_TAIL, cut
from jobs.classification.words.emoji import Emoji
from jobs.classification.words.language import English
from jobs.classification.words.ratings import Ratings
from jobs.classification.words.sayings import Sayings
from jobs.classification.words.spelling import Spelling
from storage.records import Label

# Raised by hand when the code reads comments differently; the word lists and the model are in the version by
# themselves.
RULES = 5


class Classifier:
    """Reads the tone and the touchpoints of a comment, and whether it is a wish.

    Made by `load`; safe to share between tasks.
    """

    def __init__(self, *, analyzer: ToneAnalyzer, touchpoints: TouchpointReader, version: str) -> None:
        self.version = version
        self._analyzer = analyzer
        self._touchpoints = touchpoints
        self._wishes = WishReader.load()

    @classmethod
    def load(
        cls,
        lexicon: Path | None = None,
        accurate: SecondReader | None = None,
        languages: LanguageReader | None = None,
    ) -> Self:
        """A classifier from the packaged files, with a team's own lexicon on top if given.

        `accurate` gives a second, slower opinion on the tone (see the module `accurate`), `languages` reads
        other languages than English (see `other_languages`); the default needs neither.

        Raises:
            LexiconError: the team's file cannot be read or is not of the lexicon's form.
            ModelError: the packaged model is damaged.
        """
        others = OtherLanguages(languages, Lexicon.own(lexicon)) if languages else None
        return cls.of(LinearModel.load(), Lexicon.load(lexicon), accurate, others)

    @classmethod
    def of(
        cls,
        model: LinearModel,
        lexicon: Lexicon,
        accurate: SecondReader | None = None,
        others: OtherLanguages | None = None,
    ) -> Self:
        """A classifier from a model and a lexicon that are loaded already."""
        version = packaged.digest(model.version, lexicon.content)
        more = [f"+{extra.version}" for extra in (accurate, others) if extra]
        return cls(
            analyzer=analyzer_of(model, lexicon, accurate, others),
            touchpoints=TouchpointReader(lexicon, model.touchpoints),
            version="".join([f"{RULES}-{version}", *more]),
        )

    def classify(self, comment: str) -> Label:
        """The label of one comment. Never raises for a str, whatever is in it; the time is bounded."""
        blob = TextBlob(
            cut(comment, RAW_HEAD, RAW_TAIL), tokenizer=self._analyzer.tokenizer, analyzer=self._analyzer
        )
        tone: Tone = blob.sentiment
        asks = self._wishes.read(blob.tokens) if tone.found else ""
        return Label(
            version=self.version,
            sentiment=tone.sentiment,
            polarity=tone.polarity,
            probabilities=dict(zip(TONES, tone.probabilities, strict=True)),
            touchpoints=self._touchpoints.read(tone.found) if tone.found else tone.touchpoints,
            reasons=(*tone.reasons, f"a wish: {asks}") if asks else tone.reasons,
            wish=bool(asks),
        )


def analyzer_of(
    model: LinearModel,
    lexicon: Lexicon,
    accurate: SecondReader | None = None,
    others: OtherLanguages | None = None,
) -> ToneAnalyzer:
    """The analyzer for TextBlob, from a model and a lexicon that are loaded already."""
    caution, english = Caution.load(), English.load(model.words, model.valence)
    index = WordIndex(
        model.words,
        word_tones(model.valence),
        strange=english.is_strange,
        topics=model.touchpoints["stems"],
        pairs=model.touchpoints["pairs"],
        named=lexicon.anchored,
        warned=caution.anchored,
    )
    return ToneAnalyzer(
        model=model,
        index=index,
        tokenizer=CommentTokenizer(Emoji.load()),
        english=english,
        spelling=Spelling(model.words, model.valence),
        ratings=Ratings.load(),
        sayings=Sayings.load(),
        lexicon=lexicon,
        caution=caution,
        accurate=accurate,
        others=others,
    )
