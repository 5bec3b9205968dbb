"""All that is known of a word in one entry, so that a word of a comment is looked up once."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from jobs.classification.model.linear import NEGATED, NO_WORD, PAIR, PLAIN, START, Weights, Word
from jobs.classification.model.word_tones import WordTone
from jobs.classification.words.phrases import Anchored, stem_of
from jobs.classification.words.tokens import numberless

_KEPT = 20_000  # words: people's slips have no end

_NO_ANCHORS: Anchored = ()
NO_PAIRS: Mapping[str, int] = {}


class Entry(NamedTuple):
    """What each part of the classifier knows of a word; empty or None where it knows nothing.

    `strange`: it is not at home in English comments. For the model of tone `gram` is how it reads the word
    ("0" for a number), `plain` and `negated` are its weights, `after` those of its pairs by the word after.
    For the model of touchpoints `topics` is the row of the stem, `beside` its pairs by the stem after.
    `named` are the phrases of the lexicon that have their anchor here, `warned` those to be cautious of.
    """

    stem: str
    strange: bool
    gram: str
    plain: Weights | None
    negated: Weights | None
    after: Mapping[str, Weights]
    tone: WordTone | None
    topics: Sequence[int] | None
    beside: Mapping[str, int]
    named: Anchored
    warned: Anchored


class WordIndex(dict[str, Entry]):
    """Entries by word, gathered from the tables when a word is first met."""

    def __init__(
        self,
        words: Mapping[str, Word],
        tones: Mapping[str, WordTone],
        *,
        strange: Callable[[str], bool] = lambda _: False,
        topics: Mapping[str, Sequence[int]] | None = None,
        pairs: Mapping[str, Mapping[str, int]] | None = None,
        named: Mapping[str, Anchored] | None = None,
        warned: Mapping[str, Anchored] | None = None,
    ) -> None:
        super().__init__()
        self.start = _pairs(words.get(START, NO_WORD))  # of the start and a first word
        self._words = words
        self._tones = tones
        self._strange = strange
        self._topics = topics or {}
        self._pairs = pairs or {}
        self._named = named or {}
        self._warned = warned or {}

    def __missing__(self, token: str) -> Entry:
        if len(self) >= _KEPT:
            self.clear()
        stem, gram = stem_of(token), numberless([token])[0]
        word = self._words.get(gram, NO_WORD)
        entry = self[token] = Entry(
            stem,
            self._strange(token),
            gram,
            Weights(*word[PLAIN]) if word[PLAIN] else None,
            Weights(*word[NEGATED]) if word[NEGATED] else None,
            _pairs(word),
            self._tones.get(gram),
            self._topics.get(stem),
            self._pairs.get(stem, NO_PAIRS),
            self._named.get(stem, _NO_ANCHORS),
            self._warned.get(stem, _NO_ANCHORS),
        )
        return entry


def _pairs(word: Word) -> Mapping[str, Weights]:
    """The weights of a word's pairs by the word after it."""
    return {after: Weights(*weights) for after, weights in word[PAIR].items()}
