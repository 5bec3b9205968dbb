"""Comments as lines in, labels as plain objects out: what `bifocal classify` writes."""

from collections.abc import Iterable, Iterator
from typing import Any

from jobs.classification.classifier import Classifier
from storage.records import Label, Lens


def classify_lines(lines: Iterable[str], classifier: Classifier) -> Iterator[dict[str, Any]]:
    """One object for each line, in order and one for one, ready for JSON.

    It holds `sentiment`, `polarity`, `probabilities` (negative, neutral, positive), `wish` (true or false),
    `touchpoints`, `sides` (CX, UX; strongest first), `reasons` and `version`. It reads a line, gives its
    object, and only then reads the next.
    """
    for line in lines:
        yield as_object(classifier.classify(line.rstrip("\r\n")))


def as_object(label: Label) -> dict[str, Any]:
    """The label as names and numbers."""
    return {
        "sentiment": label.sentiment.value,
        "polarity": label.polarity,
        "probabilities": {tone.value: value for tone, value in label.probabilities.items()},
        "wish": bool(label.wish),
        "touchpoints": [touchpoint.value for touchpoint in label.touchpoints],
        "sides": [side.value for side in sides(label)],
        "reasons": list(label.reasons),
        "version": label.version,
    }


def sides(label: Label) -> tuple[Lens, ...]:
    """The sides that the label's touchpoints belong to, strongest first; none for `other`."""
    return tuple(dict.fromkeys(touchpoint.lens for touchpoint in label.touchpoints if touchpoint.lens))
