from collections import Counter
from collections.abc import Mapping, Sequence

import pytest

from jobs.classification import Classifier
from models.training.evaluate import SIGNS
from models.training.short_lines import LATER, ShortLine, short_lines

LEAST_RIGHT, MOST_TURNED = 0.8, 0.03
LINES = short_lines()
KINDS = dict.fromkeys(line.kind for line in LINES if line.kind != LATER)


@pytest.fixture(scope="module")
def told(classifier: Classifier) -> Mapping[ShortLine, int | None]:
    """What is told of each line that is kept for judging, None where it is left open."""
    kept = [line for line in LINES if line.kept]
    return {line: SIGNS.get(classifier.classify(line.text).sentiment) for line in kept}


def shares(told: Mapping[ShortLine, int | None], lines: Sequence[ShortLine]) -> tuple[float, float]:
    """Which share of the lines is told right, and which as the opposite."""
    right = sum(told[line] == line.tone for line in lines)
    turned = sum(line.tone * (told[line] or 0) < 0 for line in lines)
    return right / len(lines), turned / len(lines)


@pytest.mark.parametrize("kind", KINDS)
def test_kept_lines_of_each_kind_are_told_right(told: Mapping[ShortLine, int | None], kind: str) -> None:
    """Of each kind of short line at least .80 are told right; one line may be turned round."""
    lines = [line for line in told if line.kind == kind]
    right, turned = shares(told, lines)
    assert right >= LEAST_RIGHT
    assert turned * len(lines) <= max(1, MOST_TURNED * len(lines))


def test_kept_lines_are_seldom_turned_round(told: Mapping[ShortLine, int | None]) -> None:
    """Over all kinds at most .03 are told as the opposite."""
    right, turned = shares(told, list(told))
    assert right >= LEAST_RIGHT
    assert turned <= MOST_TURNED


def test_lines_are_many_and_halved() -> None:
    """Each kind has at least 40 lines in all tones that it can have, and about half of them are kept."""
    counts = Counter(line.kind for line in LINES)
    kept = Counter(line.kind for line in LINES if line.kept)
    assert min(counts.values()) >= 40
    assert all(0.25 < kept[kind] / counts[kind] < 0.7 for kind in KINDS)
