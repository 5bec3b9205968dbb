"""Learning the model of tone: a multinomial logistic regression on what `features` looks at."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression

from jobs.classification.model.features import gram_value, measures, share
from jobs.classification.model.findings import look_up
from jobs.classification.model.word_index import WordIndex
from jobs.classification.model.word_tones import word_tones
from jobs.classification.words.cleanup import plain
from jobs.classification.words.emoji import BAD, GOOD, SHRUG, Emoji
from jobs.classification.words.tokens import numberless, words
from models.training.grams import grams
from models.training.valence import VALENCE

STRENGTH = 0.17  # inverse of the penalty on weights; chosen by cross-validation over families
# Where probability and accuracy differ by .04 at most, both for the pooled families (alone they would have
# 1.1) and for the benchmark, judged by the shipped model (less than 0.95).
TEMPERATURE = 1.0
STEP = 0.04  # finer ones make the file larger and no figure better
SMALLEST, SMALLEST_OF_PAIR = 2, 3  # a gram is kept when one of its weights is at least this many steps
SEEN = 3  # and when it was seen in at least this many texts
TEACHER_SHARE = 0.5  # what the teacher's word counts beside the label
_EMOJI = Emoji.load()
_FACES = {GOOD, BAD, SHRUG}  # their tone is fixed, not learnt
_INDEX = WordIndex({}, word_tones(VALENCE))


class Learnt(NamedTuple):
    """A text as the model sees it."""

    grams: list[str]
    values: list[float]
    measures: list[float]


class Lesson(NamedTuple):
    """A text, the probabilities of negative, neutral and positive that it teaches, and its weight."""

    text: str
    target: Sequence[float]
    weight: float


@cache
def seen(text: str) -> Learnt:
    """The features of a text, computed as the classifier does."""
    tokens = numberless([token for token in words(plain(text, _EMOJI)) if token not in _FACES])
    found = look_up(tokens, _INDEX)
    value = gram_value(len(tokens))
    shares = [share(place, found.turn) * value for place in range(len(tokens))]
    return Learnt(grams(tokens, found.under), [*shares, *shares], measures(tokens, found.under, found.placed))


def mixed(known: Sequence[float], taught: Sequence[float] | None) -> Sequence[float]:
    """What is known of a text, mixed with what the teacher says of it if it was asked."""
    if taught is None:
        return known
    return [(1 - TEACHER_SHARE) * a + TEACHER_SHARE * b for a, b in zip(known, taught, strict=True)]


def fit(lessons: Sequence[Lesson]) -> dict[str, Any]:
    """The tone part of the model file: the same lessons give the same table on the same machine."""
    features = [seen(lesson.text) for lesson in lessons]
    counts = Counter(gram for each in features for gram in set(each.grams))
    index = {gram: at for at, gram in enumerate(sorted(gram for gram, n in counts.items() if n >= SEEN))}
    targets, weights = _balanced(lessons)
    x = sp.hstack(
        [_gram_matrix(features, index), sp.csr_matrix([each.measures for each in features])]
    ).tocsr()
    rows = np.tile(np.arange(len(lessons)), 3)
    tones = np.repeat([-1, 0, 1], len(lessons))
    shares = (targets * weights).T.reshape(-1)
    used = shares > 1e-3 * weights.mean()
    fitted = LogisticRegression(C=STRENGTH, max_iter=200, tol=1e-3).fit(
        x[rows[used]], tones[used], sample_weight=shares[used]
    )
    return _table(index, fitted)


def _balanced(lessons: Sequence[Lesson]) -> tuple[Any, Any]:
    """Targets, and weights such that each tone has the same total: sets differ in what they hold."""
    targets = np.array([lesson.target for lesson in lessons])
    weights = np.array([lesson.weight for lesson in lessons])[:, None]
    totals = (targets * weights).sum(axis=0)
    return targets, weights * (totals.sum() / 3 / totals)


def _gram_matrix(features: Sequence[Learnt], index: Mapping[str, int]) -> Any:
    cells = [
        (row, index[gram], value)
        for row, each in enumerate(features)
        for gram, value in zip(each.grams, each.values, strict=True)
        if gram in index
    ]
    rows, columns, values = zip(*cells, strict=True)
    return sp.csr_matrix((values, (rows, columns)), shape=(len(features), len(index)))


def _table(index: Mapping[str, int], fitted: Any) -> dict[str, Any]:
    """Weights as whole numbers of a step, grams in order, what weighs nothing left out."""
    centred = fitted.coef_ - fitted.coef_.mean(axis=0)
    steps = np.rint(centred[:, : len(index)] / STEP).astype(int)
    of_measures = centred[:, len(index) :]
    negative, positive = steps[0], steps[2]
    kept = [
        (gram, int(negative[at]), int(positive[at]))
        for gram, at in index.items()
        if max(abs(negative[at]), abs(positive[at]), abs(negative[at] + positive[at]))
        >= (SMALLEST_OF_PAIR if " " in gram else SMALLEST)
    ]
    return {
        "step": STEP,
        "words": by_word(kept),
        "down": [round(float(value), 3) for value in of_measures[0]],
        "up": [round(float(value), 3) for value in of_measures[2]],
        "intercept": [round(float(value), 3) for value in fitted.intercept_],
        "temperature": TEMPERATURE,
        "valence": VALENCE,
    }


def by_word(grams: Sequence[tuple[str, int, int]]) -> dict[str, list[Any]]:
    """Grams by their first word, as the model file has them: a text is read with one look-up a word."""
    words: dict[str, list[Any]] = {"^": [0, 0, {}]}
    for gram, down, up in grams:
        first, _, second = gram.partition(" ")
        negated = not second and len(first) > 1 and first[0] == "!" and first[1] not in "!?"
        word = words.setdefault(first[negated:], [0, 0, {}])
        if second:
            word[2][second] = [down, up]
        else:
            word[negated] = [down, up]
    return dict(sorted(words.items()))
