"""The words and pairs of words that the model of tone learns from, spelled out."""

from collections.abc import Sequence
from itertools import pairwise


def grams(tokens: Sequence[str], under: Sequence[bool]) -> list[str]:
    """The words, with "!" when a negation reaches them, and the pairs of neighbours; "^" is the start."""
    marked = ["!" + token if flag else token for token, flag in zip(tokens, under, strict=True)]
    return [*marked, *map(" ".join, pairwise(["^", *tokens]))]
