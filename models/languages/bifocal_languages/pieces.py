"""A text as pieces of words: the likeliest cut, by the scores of the pieces (SentencePiece unigram)."""

import math
import re
import unicodedata
from collections.abc import Mapping, Sequence

# A text that is longer keeps its beginning and its end.
MOST, HEAD = 80, 48
BEGIN, PAD, END, UNKNOWN = range(4)
FIRST = 4  # the number of the first piece
_MARK = "\u2581"  # stands for a space
_SPACE = re.compile(r"\s+")
_UNKNOWN_COSTS = 10.0  # more than the least likely piece
_NO_PIECE = (-math.inf, UNKNOWN)


class Pieces:
    """Cuts texts; `scores` are log-likelihoods by piece, which are numbered from 4 in the order given."""

    def __init__(self, scores: Mapping[str, float]) -> None:
        self._pieces = {piece: (score, number) for number, (piece, score) in enumerate(scores.items(), FIRST)}
        self._longest = max(map(len, scores))
        self._unknown = min(scores.values()) - _UNKNOWN_COSTS

    def __call__(self, text: str) -> list[int]:
        """The numbers of the pieces of a text, with those of its begin and its end; at most 80."""
        marked = _MARK + _SPACE.sub(_MARK, unicodedata.normalize("NFKC", text).strip())
        return within([BEGIN, *self._cut(marked), END])

    def _cut(self, text: str) -> list[int]:
        """The likeliest cut; each place is reached from the best place before it (Viterbi)."""
        best = [0.0] + [-math.inf] * len(text)
        came = [(0, UNKNOWN)] * (len(text) + 1)
        for at in range(len(text)):
            reached = best[at]
            if reached + self._unknown > best[at + 1]:
                best[at + 1], came[at + 1] = reached + self._unknown, (at, UNKNOWN)
            for to in range(at + 1, min(at + self._longest, len(text)) + 1):
                score, number = self._pieces.get(text[at:to], _NO_PIECE)
                if reached + score > best[to]:
                    best[to], came[to] = reached + score, (at, number)
        cut: list[int] = []
        at = len(text)
        while at:
            at, number = came[at]
            cut.append(number)
        return cut[::-1]


def within(ids: Sequence[int]) -> list[int]:
    """The ids of a text; of a text that is too long the first 48 and the last 32."""
    return list(ids) if len(ids) <= MOST else [*ids[:HEAD], *ids[HEAD - MOST :]]
