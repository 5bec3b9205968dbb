"""Pieces of the labelled texts, sentences and clauses: text without labels, for the teacher to label.

A piece says one thing, so the small model learns from it which words carry the tone. Each piece belongs to
the family of the set that it comes from.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from jobs.classification.words.cleanup import plain
from jobs.classification.words.emoji import Emoji
from models.training.sets import Example

LONGEST = 40
SHORTEST = 3
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_CLAUSE = re.compile(
    r"\s*[,;:()]\s+|\s+-+\s+|\s+(?=(?:but|and|because|which|so|although|when|if|however|though)\s)"
)
_EMOJI = Emoji.load()


def fragments(sets: Mapping[str, Sequence[Example]]) -> Iterator[tuple[str, str]]:
    """The name of a set and a piece of one of its texts, each piece once, in the order of the sets."""
    known: set[str] = set()
    for name, examples in sets.items():
        for example in examples:
            for piece in _pieces(plain(example.text, _EMOJI)):
                if piece not in known and SHORTEST <= len(piece.split()) <= LONGEST:
                    known.add(piece)
                    yield name, piece


def _pieces(text: str) -> Iterator[str]:
    sentences = [sentence for sentence in _SENTENCE.split(text) if sentence]
    if len(sentences) > 1:
        yield from sentences
    for sentence in sentences:
        clauses = [clause.strip() for clause in _CLAUSE.split(sentence) if clause]
        clauses = [clause for clause in clauses if len(clause.split()) >= SHORTEST]
        if len(clauses) > 1:
            yield from clauses
