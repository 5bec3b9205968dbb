"""Comments in other languages than English. Only this module looks for their package, `models/languages`."""

import importlib
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol
from zipfile import BadZipFile

from jobs.classification.caution import too_close
from jobs.classification.lexicon import NAMED, Lexicon
from jobs.classification.model.findings import Findings
from jobs.classification.model.linear import Tones, softmax
from jobs.classification.sentiment import MARKS, TONES, Tone, lean
from jobs.classification.touchpoint import BESIDE, MOST
from jobs.classification.words.emoji import BAD, GOOD
from jobs.classification.words.tokens import is_word
from storage.records import Sentiment, Touchpoint

PACKAGE = "bifocal_languages"
# What a file that is cut off, empty or of another version ends in, and a package that is older than this.
NOT_WHOLE = (
    OSError, ValueError, KeyError, EOFError, AttributeError, TypeError, IndexError, BadZipFile, zlib.error,
)  # fmt: skip

# How likely it must be that a comment is in one of the languages: more where it may be English too.
LEAST, LEAST_BESIDE_ENGLISH = 0.5, 0.85
# In a text of so few words a word of praise or blame, or a saying, tells its language better than letters.
FEW = 3
# How likely the opposite of a tone may be for the tone to be told.
AGAINST = 0.32
# What the network's probability of a topic counts beside a strong word for it, and how likely the topic must
# be where no word speaks.
NETWORK_SHARE, ALONE = 1.5, 0.5


class LanguagesError(RuntimeError):
    """Other languages than English cannot be read; the message says what to do."""


class Scores(Protocol):
    """Scores before they are probabilities: of negative, neutral and positive, and of each topic."""

    @property
    def tone(self) -> Tones: ...  # noqa: D102 - as the class says
    @property
    def topics(self) -> Mapping[str, float]: ...  # noqa: D102 - as the class says


class LanguageReader(Protocol):
    """What the package gives: it reads a cleaned text, and knows `languages` by their codes."""

    version: str
    languages: Mapping[str, str]

    def tell(self, text: str) -> tuple[str, float]:
        """The likeliest of the languages by its code, and how likely the text is in any of them."""

    def listed(self, text: str, strange: str) -> str:
        """The language that lists a word of praise or blame among the strange ones, or a saying; or none."""

    def read(self, text: str, language: str) -> Scores:
        """The scores of the tone and of the topics."""

    def named(self, text: str, language: str) -> Mapping[str, float]:
        """How much the words speak for each topic: 1 a strong word, 0.5 a weak one."""


def load(folder: Path | None = None) -> LanguageReader:
    """What reads the languages, from its package, or from a folder that the trainer wrote.

    Raises:
        LanguagesError: the package or a library of it is not installed or of another version, or a file is
            missing or damaged. One text is read to know.
    """
    try:
        package = importlib.import_module(PACKAGE)
    except ImportError as error:
        raise LanguagesError(
            "other languages than English need their package: pip install -e models/languages"
        ) from error
    try:
        reader: LanguageReader = package.load(folder or package.HOME)
        _try(reader)
    except NOT_WHOLE as error:
        raise LanguagesError(f"the package of languages is not whole, install it again: {error}") from error
    return reader


def _try(reader: LanguageReader) -> None:
    """Read one text: what is missing in a file or in the package shows now, not at every comment."""
    code, _ = reader.tell("ja")
    reader.listed("ja", "ja")
    reader.read("ja", code)
    reader.named("ja", code)


def _as_read(text: str) -> str:
    """A text without our own words in it: emoji are themselves again, what a mark says leans the scores."""
    for mark, sign in {GOOD: "👍", BAD: "👎", **dict.fromkeys(MARKS - {GOOD, BAD}, "")}.items():
        text = text.replace(mark, sign)
    return text


class OtherLanguages:
    """The tone and the touchpoints of a comment in one of the languages; `own` are a team's own words."""

    def __init__(self, reader: LanguageReader, own: Lexicon) -> None:
        self.version = reader.version
        self._reader = reader
        self._own = own

    def read(self, text: str, tokens: Sequence[str], found: Findings, *, english: bool) -> Tone | None:
        """What is told of a cleaned text, None when it is in none of the languages.

        `english` says whether it could be read as English: then the language must be all but certain.
        """
        said = [token for token in tokens if token not in MARKS]
        code, chance = self._told_language(said, found.strange)
        if chance < (LEAST_BESIDE_ENGLISH if english else LEAST):
            return None
        scores = self._reader.read(_as_read(text), code)
        leaning, even = lean(tokens, said, self._own.own_tone(found.stems), turn=0)
        return self._told(scores.tone, leaning, even)._replace(
            reasons=(f"read as {self._reader.languages[code]}",),
            touchpoints=self._touchpoints(scores.topics, self._named(text, code, found)),
        )

    def _told_language(self, said: Sequence[str], strange: Sequence[str]) -> tuple[str, float]:
        """The language by its code, and how likely it is; certain where one lists a word of a short text.

        Beside a word that English knows only a saying makes it certain ("merci, all good" is English).
        """
        words = sum(map(is_word, said))
        if words <= FEW:
            code = self._reader.listed(" ".join(said), " ".join(strange) if len(strange) == words else "")
            if code:
                return code, 1.0
        return self._reader.tell(" ".join(said))

    def _told(self, scores: Tones, leaning: float, even: float) -> Tone:
        """The likeliest tone, `unsure` where its opposite is near."""
        negative, neutral, positive = scores
        chances = softmax((negative - leaning, neutral - abs(leaning) + even, positive + leaning), 1.0)
        close = too_close(*chances, most=AGAINST)
        return Tone(
            sentiment=Sentiment.UNSURE if close else TONES[chances.index(max(chances))],
            polarity=round(chances[2] - chances[0], 3),
            probabilities=chances,
            reasons=(),
            found=None,
        )

    def _named(self, text: str, code: str, found: Findings) -> dict[Touchpoint, float]:
        """How much words speak for each touchpoint, those of the language and a team's own."""
        sums: dict[Touchpoint, float] = self._own.evidence(found.stems)
        for topic, weight in self._reader.named(text, code).items():
            sums[Touchpoint(topic)] = sums.get(Touchpoint(topic), 0.0) + weight
        return sums

    def _touchpoints(
        self, scores: Mapping[str, float], words: Mapping[Touchpoint, float]
    ) -> tuple[Touchpoint, ...]:
        """Up to three touchpoints, strongest first: by words and network, by the network alone, or none."""
        chances = dict(zip(scores, softmax(list(scores.values()), 1.0), strict=True))
        speaks = {name: words.get(name, 0.0) + NETWORK_SHARE * chances.get(name, 0.0) for name in NAMED}
        first = max(speaks, key=speaks.__getitem__)
        if not words and chances.get(first, 0.0) < ALONE:
            return (Touchpoint.OTHER,)
        least = max(BESIDE * words.get(first, 0.0), 1.0)
        beside = [name for name in NAMED if name != first and words.get(name, 0.0) >= least]
        return (first, *sorted(beside, key=lambda name: -speaks[name]))[:MOST]
