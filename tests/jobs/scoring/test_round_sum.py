"""Whole rounds are added up, by what they show."""

from dataclasses import replace

import pytest

from jobs.instruments import INSTRUMENTS
from jobs.privacy.clip_rule import clipped_range
from jobs.scoring.score import RoundSum, add_up
from storage.records import Role
from storage.records.round_records import ClassCounts, Round
from tests.jobs.scoring.rounds import BEST, counted, nps, umux

NPS = INSTRUMENTS["nps"]
FIRST = counted("nps", nps(6, 4, 2))
SECOND = counted("nps", nps(3, 4, 5), number=2, people=[f"q{place}" for place in range(12)])
CLIPPED = counted("nps", nps(11, 1, 0), number=3, people=[f"x{place}" for place in range(12)])


def added(*rounds: Round, key: str = "nps") -> RoundSum:
    """The figure of rounds; fails where there is none."""
    found = add_up(INSTRUMENTS[key], rounds)
    assert found
    return found


def test_one_round() -> None:
    """A round's figure is its score, its range and its classes."""
    found = added(FIRST)
    assert (found.n, found.rounds, found.about) == (12, 1, False)
    assert found.score == pytest.approx(100 * 4 / 12)
    assert found.classes == ClassCounts(favourable=6, middle=4, unfavourable=2)
    assert found.likely is not None


def test_two_rounds() -> None:
    """A sum adds the answers, not the scores."""
    found = added(FIRST, SECOND)
    assert (found.n, found.rounds) == (24, 2)
    assert found.score == pytest.approx(100 * 2 / 24)
    assert found.classes == ClassCounts(favourable=9, middle=8, unfavourable=7)


def test_a_clipped_round_alone() -> None:
    """It says that at least 10 of 12 chose 9 or 10, and the worst that fits; no score, no range, no class."""
    found = added(CLIPPED)
    assert found.between == clipped_range(12, 100, lowest=-100, highest=100)
    assert (found.clipped, found.about) == (100, True)
    assert (found.score, found.likely, found.classes) == (None, None, None)


def test_a_sum_with_a_clipped_round() -> None:
    """It is "about", without classes; the clipped round stands in it as 11 and one at 0 to 6."""
    found = added(FIRST, CLIPPED)
    assert (found.n, found.about, found.classes, found.clipped) == (24, True, None, None)
    assert found.score == pytest.approx(100 * (4 + 10) / 24)
    assert found.likely is not None


def test_a_clipped_mean_in_a_sum() -> None:
    """A clipped mean stands in as all but one alike and one typical answer."""
    clipped = counted("umux_lite", umux((12, *BEST)))
    other = counted("umux_lite", umux((6, 7, 7), (6, 4, 4)), number=2)
    found = added(clipped, other, key="umux_lite")
    assert found.score == pytest.approx((11 * 100 + 68 + 6 * 100 + 6 * 50) / 24)
    assert found.items == ()


def test_items_of_a_sum() -> None:
    """Items are means on 0 to 100, where every round has them."""
    one = counted("umux_lite", umux((5, 7, 3), (5, 4, 4)))
    other = counted("umux_lite", umux((5, 7, 7), (5, 4, 1)), number=2)
    assert added(one, other, key="umux_lite").items == pytest.approx((75, 45.8333), abs=0.001)
    assert added(one, replace(other, items=()), key="umux_lite").items == ()


def test_straight_lines_of_a_sum() -> None:
    """People who chose one point all through are added where every round counts them."""
    line = dict.fromkeys(range(1, 11), 3)
    best, good = ({item: a if item % 2 else b for item in range(1, 11)} for a, b in ((5, 1), (4, 2)))
    one = counted("sus", [line] * 3 + [best] * 4 + [good] * 4)
    clipped = counted("sus", [best] * 11, number=2)
    assert added(one, key="sus").straight_lined == 3
    assert added(one, replace(one, id="r9"), key="sus").straight_lined == 6
    assert added(one, clipped, key="sus").straight_lined is None


def test_words_and_withdrawn_rounds_are_in_no_sum() -> None:
    """A word round adds nothing, a withdrawn round is in no figure."""
    word = counted("nps", nps(3, 2, 1), number=4, word=True)
    assert added(FIRST, word, replace(SECOND, withdrawn=True)) == added(FIRST)
    assert add_up(NPS, [word]) is None
    assert add_up(NPS, [replace(FIRST, withdrawn=True)]) is None
    assert add_up(NPS, []) is None


def test_order_does_not_matter() -> None:
    """The order in which rounds are given changes nothing."""
    assert added(FIRST, SECOND, CLIPPED) == added(CLIPPED, SECOND, FIRST)


def test_nothing_is_mixed() -> None:
    """Two instruments, or names with none, are never one figure."""
    with pytest.raises(ValueError, match="one instrument"):
        added(FIRST, counted("csat", [5, 4, 3, 2, 1] * 2, number=5))
    with pytest.raises(ValueError, match="never in one figure"):
        added(FIRST, counted("nps", nps(4, 4, 4), number=5, named=True))


BUYERS, USERS = {-100.0: 3, 0.0: 3, 100.0: 6}, {-100.0: 6, 0.0: 3, 100.0: 3}
SPLIT = counted("nps", nps(9, 6, 9), people=[f"s{place}" for place in range(24)])
SPLIT = replace(SPLIT, by_role={Role.USES: USERS, Role.BUYS: BUYERS})


def test_the_parts_of_one_round() -> None:
    """Each role has its own score and range, as its people alone would have; buyers come first."""
    parts = added(SPLIT).parts
    assert [(part.role, part.n) for part in parts] == [(Role.BUYS, 12), (Role.USES, 12)]
    assert [part.value for part in parts] == [pytest.approx(25), pytest.approx(-25)]
    alone = added(counted("nps", nps(6, 3, 3)))
    assert parts[0].likely == alone.likely


def test_the_parts_of_several_rounds() -> None:
    """They add up where every round has the same roles; where one has none, or others, there are none."""
    again = replace(SPLIT, id="r9", shared={SPLIT.id: 20})
    parts = added(SPLIT, again).parts
    assert [(part.role, part.n) for part in parts] == [(Role.BUYS, 24), (Role.USES, 24)]
    apart = added(SPLIT, replace(again, shared={})).parts
    assert parts[0].likely.low < apart[0].likely.low  # answers of the same people are worth less
    assert added(SPLIT, FIRST).parts == ()
    other = replace(again, by_role={Role.BUYS: BUYERS, None: USERS})
    assert added(SPLIT, other).parts == ()
    assert added(SPLIT, replace(again, by_role={}, withdrawn=True)).parts == added(SPLIT).parts
