"""A score against an earlier one."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.instruments import INSTRUMENTS
from jobs.scoring import Change, Score, Stage
from jobs.scoring.change import compare
from tests.jobs.responses import nps, responses, scored

NPS, CSAT, SUS = INSTRUMENTS["nps"], INSTRUMENTS["csat"], INSTRUMENTS["sus"]
POINTS = st.lists(st.integers(0, 10), min_size=20, max_size=40)
SCORE = st.builds(lambda points: scored(NPS, responses("nps", points), min_group=5), POINTS)


def change(now: Score, before: Score) -> Change:
    """The change of two scores that can be compared."""
    found = compare(now, before)
    assert found
    return found


def test_the_worked_change() -> None:
    """+32 of 28 after +17 of 24: 15 points more, likely -26 to +54, under 60 nothing could be noticed."""
    now = scored(NPS, responses("nps", nps(14, 9, 5)), min_group=5)
    before = scored(NPS, responses("nps", nps(10, 8, 6)), min_group=5)
    found = change(now, before)
    assert found.difference == 15
    assert (round(found.likely.low), round(found.likely.high)) == (-26, 54)
    assert found.p == pytest.approx(0.487, abs=0.001)
    assert round(found.noticeable) == 60


def test_the_worked_change_of_a_mean() -> None:
    """SUS 69 of 22 after 72 of 20: 3 points fewer, likely -13 to +8, under 14 nothing could be noticed."""
    now = Score(instrument="sus", n=22, min_group=5, stage=Stage.FULL, value=69.4, spread=17.4)
    before = Score(instrument="sus", n=20, min_group=5, stage=Stage.FULL, value=72, spread=15)
    found = change(now, before)
    assert found.difference == -3
    assert (round(found.likely.low), round(found.likely.high)) == (-13, 8)
    assert round(found.noticeable) == 14


def test_a_change_of_a_share() -> None:
    """CSAT 57 % after 15 % of a hundred each: 42 points more, and no doubt of it."""
    now = scored(CSAT, responses("csat", [5] * 57 + [1] * 43), min_group=5)
    before = scored(CSAT, responses("csat", [5] * 15 + [1] * 85), min_group=5)
    found = change(now, before)
    assert found.difference == 42
    assert found.likely.low > 25
    assert found.p < 1e-6
    assert 10 < found.noticeable < 20


def test_hidden_classes_do_not_change_the_test() -> None:
    """Where people by class are not shown, the test is still that of the true counts."""
    hidden = scored(NPS, responses("nps", nps(22, 1, 3)), min_group=5)
    known = scored(NPS, responses("nps", nps(22, 1, 3)), min_group=1)
    assert hidden.favourable is None
    before = scored(NPS, responses("nps", nps(10, 10, 10)), min_group=5)
    assert compare(hidden, before) == compare(replace(known, min_group=5), before)


def test_nothing_is_said_of_few_or_of_two_kinds() -> None:
    """Under 20 answers on either side, or for two instruments, there is no change."""
    many = scored(NPS, responses("nps", nps(10, 5, 5)), min_group=5)
    few = scored(NPS, responses("nps", nps(9, 5, 5)), min_group=5)
    other = scored(CSAT, responses("csat", [5] * 20), min_group=5)
    assert compare(many, few) is compare(few, many) is compare(many, other) is None


def test_two_groups_of_equal_answers_are_not_compared() -> None:
    """Means of which no range is known are not tested; one known range is enough."""
    equal = scored(SUS, responses("sus", [[4, 2] * 5] * 20), min_group=5)
    mixed = scored(SUS, responses("sus", [[4, 2] * 5, [3] * 10] * 10), min_group=5)
    assert compare(equal, equal) is None
    assert change(mixed, equal).difference == -12


@given(SCORE, SCORE)
def test_a_change_turns_with_its_order(a: Score, b: Score) -> None:
    """Compared the other way round, a rise is a fall of the same size and p."""
    one, other = change(a, b), change(b, a)
    assert one.difference == -other.difference
    assert (one.p, one.noticeable) == pytest.approx((other.p, other.noticeable))
    assert one.likely.low == pytest.approx(-other.likely.high)
    assert change(a, a).difference == 0
