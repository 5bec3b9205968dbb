"""The words that decided, as a person would read them."""

from collections.abc import Sequence

from jobs.classification.model.features import Placed
from jobs.classification.model.linear import NEGATED, PAIR, PLAIN, Known
from jobs.classification.model.weights import HALF, MASK, pack, unpack

EMOJI = "emoji"
_MOST = 3
_VALENCE = 40  # what the tone of a word counts beside a gram's weight, in the model's steps
_FLOOR = 12
_BLAME = pack(_FLOOR + 1, -HALF)  # the least weights of which negative's is over the floor
_NOT = "n't"


def deciding(
    side: int,
    tokens: Sequence[str],
    placed: Sequence[Placed],
    known: Sequence[Known],
    *,
    emoji: bool,
) -> tuple[str, ...]:
    """Up to three words or pairs that speak most for the side (-1, 0, 1), strongest first.

    `placed` are the words that have a tone, `known` the grams that the model knows.
    """
    weighed = _telling(side, known)
    if side:
        weighed += [(int(abs(word[1]) * _VALENCE), word[0], PLAIN) for word in placed if word[1] * side > 0]
    weighed.sort(reverse=True)
    found = [EMOJI] if emoji else []
    taken: set[int] = set()
    for _, at, gram in weighed:
        if at in taken or (gram == PAIR and at - 1 in taken):
            continue
        said = _as_said(tokens, at, gram)
        if said and said not in found:
            found.append(said)
            taken.update((at - 1, at) if gram == PAIR else (at,))
            if len(found) == _MOST:
                break
    return tuple(found)


def _telling(side: int, known: Sequence[Known]) -> list[Known]:
    """The grams whose weight for the side is over the floor, with that weight."""
    if side < 0:
        return [(unpack(pair)[0], at, gram) for pair, at, gram in known if pair >= _BLAME]
    if side > 0:  # the second half of `unpack`, without a call for each gram
        return [
            (weight, at, gram) for pair, at, gram in known if (weight := (pair + HALF & MASK) - HALF) > _FLOOR
        ]
    found = [(-sum(unpack(pair)), at, gram) for pair, at, gram in known]
    return [each for each in found if each[0] > _FLOOR]


def _as_said(tokens: Sequence[str], at: int, gram: int) -> str:
    """A gram in plain words; one that is only marks says nothing, "n't work" is "not work"."""
    word = tokens[at]
    if gram == NEGATED:
        return f"not {word}"
    if not word[0].isalnum():
        return ""
    before = tokens[at - 1] if gram == PAIR and at else "."
    return (
        f"{'not' if before == _NOT else before} {word}"
        if before[0].isalnum()
        else ""
        if word == _NOT
        else word
    )
