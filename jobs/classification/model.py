"""The trained model of tone and touchpoint, as it lies in a file beside this module."""

import gzip
import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any, Self

from jobs.classification.features import gram_value

FILE = "model.json.gz"
CHECKSUM = "model.sha256.txt"

Tones = tuple[float, float, float]  # negative, neutral, positive


class ModelError(RuntimeError):
    """The model file is not the one that was trained."""


@dataclass(frozen=True, slots=True)
class Model:
    """A linear model: weights of grams and measures for negative, neutral and positive.

    A gram's weights for negative and positive are whole numbers of `step`; the three sum to 0.
    """

    version: str
    step: float
    grams: Mapping[str, tuple[int, int]]
    measures: Sequence[Tones]
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
        folder = resources.files(__package__)
        packed = folder.joinpath(FILE).read_bytes()
        digest = hashlib.sha256(packed).hexdigest()
        if digest != folder.joinpath(CHECKSUM).read_text("ascii").strip():
            raise ModelError(f"{FILE} is damaged: install Bifocal again, or run `make train`")
        return cls.read(json.loads(gzip.decompress(packed)), digest[:8])

    @classmethod
    def read(cls, table: Mapping[str, Any], version: str) -> Self:
        """The model of a parsed file."""
        grams = zip(table["negative"], table["positive"], strict=True)
        words, values = table["valence"]["words"].split(), table["valence"]["values"]
        return cls(
            version=version,
            step=table["step"],
            grams=dict(zip(table["grams"].split("\n"), grams, strict=True)),
            measures=[tuple(weights) for weights in table["measures"]],
            intercept=tuple(table["intercept"]),
            temperature=table["temperature"],
            valence=dict(zip(words, (value / 100 for value in values), strict=True)),
            touchpoints=table["touchpoints"],
        )

    def score(self, grams: Sequence[str], measures: Sequence[float]) -> tuple[Tones, list[tuple[str, float, float]]]:
        """The three scores before they are probabilities, and each known gram with what it adds to negative and positive."""
        value = gram_value(len(grams)) * self.step
        known = [(gram, pair[0] * value, pair[1] * value) for gram in grams if (pair := self.grams.get(gram))]
        negative, neutral, positive = self.intercept
        for _, down, up in known:
            negative += down
            positive += up
            neutral -= down + up
        for measure, (down, middle, up) in zip(measures, self.measures, strict=True):
            if measure:
                negative += measure * down
                neutral += measure * middle
                positive += measure * up
        return (negative, neutral, positive), known


def softmax(scores: Sequence[float], temperature: float) -> list[float]:
    """Probabilities in the order of the scores."""
    top = max(scores)
    grown = [math.exp((score - top) / temperature) for score in scores]
    total = sum(grown)
    return [value / total for value in grown]
