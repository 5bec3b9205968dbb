"""How well other languages are read: `python -m models.training.languages.judge`, by our judged lines.

A folder after it holds another model. Needs nothing but Bifocal and its package of languages.
"""

import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from jobs.classification import Classifier
from jobs.classification.other_languages import load
from models.training.languages.lines import Line, lines
from storage.records import Sentiment

SIGNS = {Sentiment.NEGATIVE: -1, Sentiment.NEUTRAL: 0, Sentiment.POSITIVE: 1}
_SEVERAL = 5  # words


class Figures(NamedTuple):
    """How well a language is read.

    `likeliest` is the macro-F1 of the likeliest tone, told or not; `not_read` counts the lines that are taken
    for another language. `told` is the share of lines of five words and more whose tone is told,
    `wrong_sign` the share of all told lines that have the opposite one.
    """

    lines: int
    likeliest: float
    told: float
    wrong_sign: float
    not_read: int


def figures(classifier: Classifier, judged: Sequence[Line]) -> Figures:
    """The figures of lines of one language."""
    labels = [classifier.classify(line.text) for line in judged]
    likeliest = [
        SIGNS[max(label.probabilities, key=label.probabilities.__getitem__)]
        if label.sentiment not in {Sentiment.UNCLASSIFIED, Sentiment.EMPTY}
        else None
        for label in labels
    ]
    several = [
        label.sentiment in SIGNS
        for label, line in zip(labels, judged, strict=True)
        if len(line.text.split()) >= _SEVERAL
    ]
    told = [
        SIGNS[label.sentiment] * line.tone
        for label, line in zip(labels, judged, strict=True)
        if label.sentiment in SIGNS
    ]
    return Figures(
        len(judged),
        macro_f1([line.tone for line in judged], likeliest),
        sum(several) / len(several),
        told.count(-1) / len(told),
        likeliest.count(None),
    )


def macro_f1(right: Sequence[int], said: Sequence[int | None]) -> float:
    """The mean over the three tones of the harmonic mean of precision and recall."""
    pairs = list(zip(right, said, strict=True))
    scores = []
    for tone in (-1, 0, 1):
        both = pairs.count((tone, tone))
        scores.append(2 * both / max(right.count(tone) + list(said).count(tone), 1))
    return sum(scores) / len(scores)


def main(folder: Path | None = None) -> None:
    """Print a row for each language."""
    reader = load(folder)
    classifier = Classifier.load(languages=reader)
    judged = list(lines("judged"))
    began = time.process_time()
    for code, name in reader.languages.items():
        found = figures(classifier, [line for line in judged if line.language == code])
        shares = f"{found.likeliest:.3f} | {found.told:.2f} | {found.wrong_sign:.3f}"
        print(f"| {name} | {found.lines} | {shares} | {found.not_read} |")  # noqa: T201 - a command line tool speaks
    spent = time.process_time() - began
    print(f"{len(judged) / spent:.0f} comments a second of one core")  # noqa: T201 - a command line tool speaks


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else None)
