"""The trained model in the file beside this module: weights for the tone, and the table of touchpoints."""

import bz2
import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import mul
from pathlib import Path
from typing import Any, NamedTuple, Self

from jobs.classification.model.features import gram_value, share

HOME = Path(__file__).parent
FILE = "model.json.bz2"
CHECKSUM = "model.sha256.txt"

Tones = tuple[float, float, float]  # negative, neutral, positive
PLAIN, NEGATED, PAIR = 0, 1, 2  # the word, the word under a negation, the pair with the word before
# A word in the model file: its weights for negative and for positive as PLAIN and as NEGATED, 0 where it has
# none, and those as a PAIR by the word after.
Word = Sequence[Any]
NO_WORD: Word = (0, 0, {})

START = "^"


class Weights(NamedTuple):
    """What a gram weighs for negative and for positive, in steps; for neutral it is their negative sum."""

    negative: int
    positive: int


class Gram(NamedTuple):
    """A gram of a comment that the model knows: its weights, the place of its word, its kind (as PAIR)."""

    negative: int
    positive: int
    at: int
    kind: int


class ModelError(RuntimeError):
    """The model file is not the one that was trained."""


@dataclass(frozen=True, slots=True)
class LinearModel:
    """A linear model of negative and positive; neutral has what makes the sum of the three 0.

    A gram's weights are whole numbers of `step`; `down` and `up` are the measures' weights,
    for negative and for positive.
    """

    version: str
    step: float
    words: Mapping[str, Word]
    down: Sequence[float]
    up: Sequence[float]
    intercept: Tones
    temperature: float
    valence: Mapping[str, float]
    touchpoints: Mapping[str, Any]

    @classmethod
    def load(cls) -> Self:
        """The packaged model.

        Raises:
            ModelError: the file's SHA-256 is not the one written down beside it.
        """
        packed = (HOME / FILE).read_bytes()
        digest = hashlib.sha256(packed).hexdigest()
        if digest != (HOME / CHECKSUM).read_text("ascii").strip():
            raise ModelError(f"{FILE} is damaged: install Bifocal again, or run `make train`")
        return cls.read(json.loads(bz2.decompress(packed)), digest[:8])

    @classmethod
    def read(cls, table: Mapping[str, Any], version: str) -> Self:
        """The model of a parsed file."""
        return cls(
            version=version,
            step=table["step"],
            words=table["words"],
            down=table["down"],
            up=table["up"],
            intercept=tuple(table["intercept"]),
            temperature=table["temperature"],
            valence=table["valence"],
            touchpoints=table["touchpoints"],
        )

    def score(self, known: Sequence[Gram], turn: int, words: int, measures: Sequence[float]) -> Tones:
        """The three scores of a text of so many words before they are probabilities."""
        value = gram_value(words) * self.step
        down, up = _sums(known, turn)
        down = down * value + sum(map(mul, measures, self.down))
        up = up * value + sum(map(mul, measures, self.up))
        negative, neutral, positive = self.intercept
        return negative + down, neutral - down - up, positive + up


def _sums(known: Sequence[Gram], turn: int) -> tuple[float, float]:
    """What the grams add to negative and to positive, in steps: less before a "but", more after it."""
    down = sum([gram.negative * share(gram.at, turn) for gram in known])
    up = sum([gram.positive * share(gram.at, turn) for gram in known])
    return down, up


def softmax(scores: Sequence[float], temperature: float) -> list[float]:
    """Probabilities in the order of the scores, to three places."""
    top = max(scores)
    grown = [math.exp((score - top) / temperature) for score in scores]
    share = 1000 / sum(grown)
    return [int(value * share + 0.5) / 1000 for value in grown]
