"""The texts of some sets read anew, sentence by sentence, for this project: `readings.txt`.

A line is the digest of a text, its tone and what it is about. The labels of these sets were given to aspects,
features or whole reviews, not to the sentence; what a person reads in the sentence itself stands here.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from models.training.sets import Example
from models.training.teacher_labels import Probabilities, key
from storage.records import Touchpoint

FILE = Path(__file__).parent / "readings.txt"

# Clear (N, P) and mild (n, p) blame and praise, neither (Z), both alike (M), as the probabilities that they
# teach: negative, neutral, positive.
TONES: dict[str, Probabilities] = {
    "N": (0.95, 0.04, 0.01),
    "n": (0.70, 0.25, 0.05),
    "Z": (0.08, 0.84, 0.08),
    "p": (0.05, 0.25, 0.70),
    "P": (0.01, 0.04, 0.95),
    "M": (0.42, 0.16, 0.42),
}
_LABELS: dict[int, Probabilities] = {-1: (1.0, 0.0, 0.0), 0: (0.0, 1.0, 0.0), 1: (0.0, 0.0, 1.0)}
ABOUT = {
    "u": Touchpoint.USABILITY,
    "r": Touchpoint.RELIABILITY,
    "p": Touchpoint.PERFORMANCE,
    "f": Touchpoint.FEATURES,
    "d": Touchpoint.DESIGN,
    "s": Touchpoint.SUPPORT,
    "b": Touchpoint.BILLING,
    "c": Touchpoint.PURCHASE,
    "o": Touchpoint.ONBOARDING,
    "m": Touchpoint.COMMUNICATION,
    "n": Touchpoint.BRAND,
    "x": Touchpoint.OTHER,
}


class Reading(NamedTuple):
    """What was read in a text: its tone, and one or two touchpoints, the first the strongest."""

    tone: Probabilities
    touchpoints: Sequence[Touchpoint]


def of(text: str) -> Reading | None:
    """The reading of a text, None when it was not read."""
    return all_of_them().get(key(text))


def sign(reading: Reading) -> int | None:
    """The tone that was read as -1, 0 or 1; None where praise and blame are alike."""
    negative, neutral, positive = reading.tone
    if neutral > max(negative, positive):
        return 0
    return None if negative == positive else 1 if positive > negative else -1


def target(example: Example) -> Probabilities | None:
    """The probabilities that a text teaches: its reading's, else its label's; None when it has neither."""
    reading = of(example.text)
    if reading:
        return reading.tone
    return _LABELS[example.tone] if example.tone is not None else None


@cache
def all_of_them() -> Mapping[str, Reading]:
    """The readings by the digest of their text."""
    lines = (line.split() for line in FILE.read_text("ascii").splitlines() if not line.startswith("#"))
    return {
        digest: Reading(TONES[tone], tuple(ABOUT[letter] for letter in about))
        for digest, tone, about in lines
    }
