"""What is known of the words of a comment, for each part of the classifier."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from jobs.classification.model.features import Placed, share
from jobs.classification.model.linear import NEGATED, PAIR, PLAIN, Gram
from jobs.classification.model.word_index import NO_PAIRS, WordIndex
from jobs.classification.model.word_tones import WordTone
from jobs.classification.words.phrases import Anchored, Stems
from jobs.classification.words.tokens import negated, turn

_FLIP = -0.7
_TEXTBLOB_FLIP = -0.5  # TextBlob's own rule for "not good"
_BOOST = 1.3
_BOOSTERS = frozenset(
    ["very", "really", "so", "extremely", "super", "too", "incredibly", "totally", "absolutely", "completely",
     "highly", "quite", "painfully", "far", "way", "such"]
)  # fmt: skip


class Findings(NamedTuple):
    """What was found in the tokens of a comment; a place is the number of a token.

    `strange` are the words that are not at home in English comments. `under` says of each token whether a
    negation reaches it, `turn` is the place of the last "but" (0 when there is none). `known` are the grams
    that the model of tone knows, `placed` the words that have a tone.
    `topics` are the rows of the model of touchpoints by stem, `beside` what pairs of stems add for the
    customer side. `named` are the places where phrases of the lexicon may stand, `warned` those of phrases
    to be cautious of.
    """

    stems: Stems
    strange: Sequence[str]
    under: Sequence[bool]
    turn: int
    known: Sequence[Gram]
    placed: Sequence[Placed]
    topics: Mapping[str, Sequence[int]]
    beside: int
    named: Sequence[tuple[int, Anchored]]
    warned: Sequence[tuple[int, Anchored]]


def look_up(tokens: Sequence[str], index: WordIndex) -> Findings:
    """Look every token up, and gather what is known of it in its place.

    A word after "very" has a stronger tone and one that a negation reaches the opposite; what stands after a
    "but" counts more than what stands before it.
    """
    under, at_turn = negated(tokens), turn(tokens)
    stems: list[str] = []
    strange: list[str] = []
    known: list[Gram] = []
    placed: list[Placed] = []
    topics: dict[str, Sequence[int]] = {}
    named: list[tuple[int, Anchored]] = []
    warned: list[tuple[int, Anchored]] = []
    beside = 0
    after, stems_after = index.start, NO_PAIRS
    for at, entry in enumerate(map(index.__getitem__, tokens)):
        stem, odd, gram, plain, denied, pairs, tone, row, stem_pairs, lexical, cautious = entry
        stems.append(stem)
        if odd:
            strange.append(tokens[at])
        if gram in after:
            known.append(Gram(*after[gram], at, PAIR))
        after = pairs
        weights = denied if under[at] else plain
        if weights:
            known.append(Gram(*weights, at, NEGATED if under[at] else PLAIN))
        if tone:
            boosted = at > 0 and tokens[at - 1] in _BOOSTERS
            placed.append(_in_place(at, tone, share(at, at_turn), boosted=boosted, denied=under[at]))
        if row:
            topics[stem] = row
        if stem in stems_after:
            beside += stems_after[stem]
        stems_after = stem_pairs
        if lexical:
            named.append((at, lexical))
        if cautious:
            warned.append((at, cautious))
    return Findings(tuple(stems), strange, under, at_turn, known, placed, topics, beside, named, warned)


def _in_place(at: int, tone: WordTone, counts: float, *, boosted: bool, denied: bool) -> Placed:
    """The tone of a word as it is meant where it stands."""
    valence, polarity, subjectivity = tone
    if boosted:
        valence *= _BOOST
        polarity *= _BOOST
    if denied:
        valence *= _FLIP
        polarity *= _TEXTBLOB_FLIP
    return Placed(at, valence * counts, polarity, subjectivity)
