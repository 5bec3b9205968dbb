"""The words that decided, as a person would read them."""

from collections.abc import Sequence

from jobs.classification.model.features import Placed
from jobs.classification.model.linear import NEGATED, PAIR, PLAIN, Gram

EMOJI = "emoji"
_MOST = 3
_VALENCE = 10  # what the tone of a word counts beside a gram's weight, in the model's steps
_FLOOR = 3
_NOT = "n't"


def deciding(
    side: int,
    tokens: Sequence[str],
    placed: Sequence[Placed],
    known: Sequence[Gram],
    *,
    marks: Sequence[str],
) -> tuple[str, ...]:
    """Up to three words or pairs that speak most for the side (-1, 0, 1), strongest first.

    `placed` are the words that have a tone, `known` the grams that the model knows. `marks` come first:
    what was said that has its tone by itself.
    """
    spoken = ((_weight(side, gram), gram.at, gram.kind) for gram in known)
    weighed = [each for each in spoken if each[0] > _FLOOR]
    if side:
        told = (word for word in placed if word.valence * side > 0)
        weighed += [(int(abs(word.valence) * _VALENCE), word.at, PLAIN) for word in told]
    weighed.sort(reverse=True)
    found = list(dict.fromkeys(marks))
    taken: set[int] = set()
    for _, at, kind in weighed:
        if at in taken or (kind == PAIR and at - 1 in taken):
            continue
        said = _as_said(tokens, at, kind)
        if said and said not in found:
            found.append(said)
            taken.update((at - 1, at) if kind == PAIR else (at,))
            if len(found) >= _MOST:
                break
    return tuple(found[:_MOST])


def _weight(side: int, gram: Gram) -> int:
    """How much a gram speaks for the side."""
    if not side:
        return -gram.negative - gram.positive
    return gram.positive if side > 0 else gram.negative


def _as_said(tokens: Sequence[str], at: int, kind: int) -> str:
    """A gram in plain words; one that is only marks says nothing, "n't work" is "not work"."""
    word = tokens[at]
    if kind == NEGATED:
        return f"not {word}"
    if not word[0].isalnum():
        return ""
    before = tokens[at - 1] if kind == PAIR and at else "."
    if before[0].isalnum():
        return f"{'not' if before == _NOT else before} {word}"
    return "" if word == _NOT else word
