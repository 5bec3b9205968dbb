from typing import Final

import pytest

from models.training.agreement import (
    SIDES,
    TONES,
    Said,
    agreement,
    all_of_them,
    alpha,
    nominal,
    ordinal,
    read_twice,
    share_equal,
)
from models.training.teacher_labels import key

# The example of Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011): twelve units, four
# observers, 0 where one of them said nothing.
OBSERVERS: Final = (
    (1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3),
    (0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0),
)
UNITS = [[value for value in unit if value] for unit in zip(*OBSERVERS, strict=True)]


def test_alpha_of_the_published_example() -> None:
    """Nominal .743 and ordinal .815, as published."""
    assert alpha(UNITS, nominal) == pytest.approx(0.743, abs=5e-4)
    assert alpha(UNITS, ordinal) == pytest.approx(0.815, abs=5e-4)


def test_alpha_of_two_observers_as_published() -> None:
    """Two observers and five names, nominal: .692."""
    first, second = "aabbdcccedda", "babbbcccEddd".lower()
    assert alpha(list(zip(first, second, strict=True)), nominal) == pytest.approx(0.692, abs=5e-4)


def test_alpha_at_its_ends() -> None:
    """Whoever agrees has 1, also on a single value; whoever always says the opposite has less than 0."""
    assert alpha([(1, 1), (0, 0)], ordinal) == alpha([(1, 1)], ordinal) == 1
    assert alpha([(1, -1), (-1, 1)], nominal) < 0


def test_a_neighbour_is_a_smaller_error_than_the_opposite() -> None:
    """Neutral for positive costs less than negative for positive, though as many tones are equal."""
    given = [-1, -1, 0, 0, 1, 1]
    near, far = [-1, -1, 0, 0, 1, 0], [-1, -1, 0, 0, 1, -1]
    pairs = [list(zip(given, said, strict=True)) for said in (near, far)]
    assert share_equal(pairs[0]) == share_equal(pairs[1])
    assert alpha(pairs[0], ordinal) > alpha(pairs[1], ordinal)


def test_agreement_is_of_tone_and_of_side() -> None:
    """Each has its own figures."""
    reading = [Said(1, "CX"), Said(-1, "UX"), Said(0, "UX"), Said(0, "NONE")]
    whole = agreement(reading, reading)
    assert set(whole) == {1}
    other = agreement([Said(1, "UX"), *reading[1:]], reading)
    assert (other.tones, other.tone_alpha, other.sides) == (1, 1, 0.75)


def test_three_hundred_lines_were_read_twice() -> None:
    """Each line has both readings, by its digest only."""
    both = all_of_them()
    assert len(both) == 300
    assert {reader.tone for pair in both.values() for reader in pair} == set(TONES.values())
    assert {reader.side for pair in both.values() for reader in pair} == set(SIDES.values())
    assert not read_twice("nobody read this")
    assert all(len(digest) == len(key("")) for digest in both)
