"""The test of a change: the vectors of its specification, and what may be said after it."""

import random
from collections.abc import Sequence
from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.contrast import changed as module
from jobs.contrast.changed import Change, Direction, changed
from jobs.instruments import INSTRUMENTS
from storage.records.round_records import Round
from tests.jobs.scoring.histories import net, of_scores, other_people, same_people, word_round

NPS = INSTRUMENTS["nps"]
BEFORE = [net(11, 6, 3)] * 6
BOTH_HALVES = {75.0: 10, 100.0: 10}  # UMUX-Lite
LITTLE = same_people("nps", *BEFORE, net(8, 6, 6), net(8, 6, 6))
MUCH = same_people("nps", *BEFORE, net(7, 6, 7), net(5, 6, 9))
UMUX_FALL = same_people("umux_lite", *[BOTH_HALVES] * 6, {75.0: 20}, {75.0: 20})
UNCLIPPED = [
    replace(one, histogram={75.0: 20}, clipped=None) if one.clipped else one for one in UMUX_FALL
]  # as no count writes it down
ALL_ALIKE = same_people("umux_lite", *[{100.0: 20}] * 6, {50.0: 20}, {50.0: 20})
JOINED = [
    *same_people("umux_lite", *[BOTH_HALVES] * 8),
    of_scores("umux_lite", 27, {25.0: 15}, channel="C2"),
]
HALF_EASY = same_people("ces", *[{100.0: 10, 0.0: 10}] * 8)  # 30.4 would show
OTHERS = other_people("nps", *BEFORE, net(7, 6, 7), net(5, 6, 9))


def statistics(key: str, rounds: Sequence[Round]) -> module._Test:
    """What is reckoned and never handed out; fails where there are too few."""
    found = module._tested(INSTRUMENTS[key], module._in_both(module._halves(rounds)))
    assert found
    return found


def change(key: str, rounds: Sequence[Round]) -> Change:
    """What may be said of these rounds; fails where there are too few."""
    found = changed(INSTRUMENTS[key], rounds)
    assert found
    return found


@pytest.mark.parametrize(
    "key,rounds,expected,direction",
    [
        ("nps", LITTLE, (-30, 0.02155, 49.52), Direction.NOT_CLEAR),
        ("nps", MUCH, (-50, 0.00052, 49.52), Direction.WORSE),
        ("umux_lite", UNCLIPPED, (-12.5, 0.00001, 8.71), Direction.WORSE),
        ("umux_lite", UMUX_FALL, (-12.85, 0, 8.001), Direction.WORSE),
        ("umux_lite", ALL_ALIKE, (-47.5, 0, 4.46), Direction.WORSE),
        ("umux_lite", JOINED, (0, 1, 7.94), Direction.NOT_CLEAR),
        ("nps", OTHERS, (-50, 0.00381, 62.73), Direction.WORSE),
    ],
    ids=["C1", "C2", "C3", "C3 clipped", "C4", "C5", "C7"],
)
def test_the_vectors(
    key: str, rounds: list[Round], expected: tuple[float, float, float], direction: Direction
) -> None:
    """Difference, p and visible change are those of the specification, and so is what may be said."""
    found = statistics(key, rounds)
    difference, p, visible = expected
    assert found.difference == pytest.approx(difference, abs=0.01)
    assert found.visible == pytest.approx(visible, abs=0.01)
    assert found.p == pytest.approx(p, abs=0.00001)
    assert found.limit == pytest.approx(0.00384, abs=0.00001)
    assert change(key, rounds).direction is direction


def test_better() -> None:
    """A rise is told as a fall is."""
    assert change("nps", same_people("nps", *[net(5, 6, 9)] * 6, *[net(12, 6, 2)] * 2)).direction is (
        Direction.BETTER
    )


def test_too_few_people() -> None:
    """With nine people in a half nothing can be said (C6), nor with rounds in one half alone."""
    assert changed(NPS, same_people("nps", *[net(4, 3, 2)] * 8)) is None
    nine_before = [of_scores("nps", 4 * week, net(4, 3, 2)) for week in range(6)]
    assert changed(NPS, [*nine_before, of_scores("nps", 24, net(11, 6, 3))]) is None
    assert changed(NPS, LITTLE[:1]) is None
    assert changed(NPS, []) is None


def test_nothing_tells_how_sure_it_is() -> None:
    """What is handed out has no p, no standard error, no difference and no range of one."""
    assert {field.name for field in fields(Change)} == {
        "direction",
        "visible",
        "before",
        "now",
        "numbers_agree",
    }


@pytest.mark.parametrize(
    "key,rounds,visible",
    [
        ("csat", same_people("csat", *[{100.0: 12, 0.0: 8}] * 8), 30),
        ("ces", HALF_EASY, 35),
        ("nps", LITTLE, 50),
        ("umux_lite", UMUX_FALL, 10),
        ("umux_lite", ALL_ALIKE, 5),
        ("nps", OTHERS, 65),
    ],
)
def test_the_visible_change_is_rounded_up(key: str, rounds: list[Round], visible: float) -> None:
    """It is printed in steps of five, never smaller than it is."""
    assert change(key, rounds).visible == visible


def test_the_visible_change_of_a_mean_on_seven_points() -> None:
    """SEQ has steps of a half."""
    rounds = same_people("seq", *[{5.0: 10, 6.0: 5, 4.0: 5}] * 8)
    found = change("seq", rounds).visible
    assert found
    assert statistics("seq", rounds).visible <= found < statistics("seq", rounds).visible + 0.5
    assert (2 * found).is_integer()


def test_a_visible_change_above_the_whole_scale_is_none() -> None:
    """Where even the whole scale would be too little, no size is said."""
    split = [of_scores("csat", week, {100.0: 5, 0.0: 5}) for week in (0, 6)]
    assert statistics("csat", split).visible > 100
    assert change("csat", split).visible is None


def test_since_when_and_from_what() -> None:
    """Before is the newest round of the half before, now is the newest of all."""
    found = change("nps", MUCH)
    assert (found.before, found.now) == ((MUCH[5],), (MUCH[7],))
    assert found.numbers_agree


def test_each_channel_gives_its_newest_round() -> None:
    """Several channels are added up, each with its newest round of a half."""
    second = [
        of_scores("nps", 4 * week + 1, net(11, 6, 3) if week < 6 else net(5, 6, 9), channel="C2")
        for week in range(8)
    ]
    found = change("nps", [*MUCH, *second])
    assert {one.id for one in found.before} == {MUCH[5].id, second[5].id}
    assert {one.id for one in found.now} == {MUCH[7].id, second[7].id}


def test_numbers_that_do_not_fit_the_words() -> None:
    """Where the two printed scores lie in the other order, or one of them is hidden, no number is said."""
    last_before = same_people("nps", *BEFORE[:5], net(4, 6, 10), net(4, 6, 10), net(4, 7, 9))
    found = change("nps", last_before)
    assert found.direction is Direction.WORSE
    assert not found.numbers_agree
    rise = same_people("nps", *[net(5, 6, 9)] * 5, *[net(12, 6, 2)] * 2, net(11, 7, 2))
    assert change("nps", rise[:6] + rise[7:]).direction is Direction.BETTER
    assert not change("nps", rise[:6] + rise[7:]).numbers_agree
    assert not change("umux_lite", ALL_ALIKE).numbers_agree
    assert not change("nps", LITTLE).numbers_agree


def test_numbers_of_two_wordings_stand_in_no_sentence() -> None:
    """A channel asked in another wording is another question: its score is not set beside the old one."""
    reworded = of_scores("nps", 27, net(5, 6, 9), channel="C2", wording="2")
    found = change("nps", [*MUCH, reworded])
    assert found.direction is Direction.WORSE
    assert not found.numbers_agree


def test_a_channel_that_joins_or_leaves_is_no_change() -> None:
    """Each channel is compared with itself."""
    assert statistics("umux_lite", JOINED) == statistics("umux_lite", JOINED[:-1])
    left = [*JOINED[:-1], of_scores("umux_lite", 10, {25.0: 15}, channel="C2")]
    assert change("umux_lite", left).direction is Direction.NOT_CLEAR


def test_words_and_withdrawn_rounds_are_left_out() -> None:
    """They neither are compared nor move the six weeks."""
    more = [*MUCH, word_round("nps", 60), replace(of_scores("nps", 62, net(0, 0, 20)), withdrawn=True)]
    assert changed(NPS, more) == changed(NPS, MUCH)


def test_rounds_older_than_both_halves_are_left_out() -> None:
    """What was counted more than 32 weeks before the newest round is in neither half."""
    old = of_scores("nps", -20, net(0, 0, 20))
    assert changed(NPS, [old, *MUCH]) == changed(NPS, MUCH)


def test_nothing_is_mixed() -> None:
    """Two instruments, or names with none, are never compared."""
    with pytest.raises(ValueError, match="one instrument"):
        changed(NPS, UMUX_FALL)
    with pytest.raises(ValueError, match="never in one figure"):
        changed(NPS, [*MUCH, of_scores("nps", -20, net(5, 6, 9), named=True)])


@given(st.permutations(MUCH))
def test_the_order_in_which_rounds_are_given_does_not_matter(rounds: list[Round]) -> None:
    """It is the same test whatever the order."""
    assert changed(NPS, rounds) == changed(NPS, MUCH)


def test_more_looks_a_year_make_each_stricter() -> None:
    """A question counted every two weeks is tested at half the limit, and never above a quarter of .05."""
    limits = {}
    for weeks in (2, 4, 13, 20):
        rounds = same_people("nps", *[net(11, 6, 3)] * 16, every=weeks)
        limits[weeks] = statistics("nps", rounds).limit
    assert limits[2] == pytest.approx(0.05 * 14 / 365)
    assert limits[4] == pytest.approx(0.05 * 28 / 365)
    assert limits[13] == pytest.approx(0.05 * 91 / 365, abs=0.0001)
    assert limits[20] == pytest.approx(0.0125)


def test_people_in_both_halves_cancel_in_part() -> None:
    """The same difference is surer among the same people than among others."""
    same, other = statistics("nps", MUCH), statistics("nps", OTHERS)
    assert same.p < other.p
    assert same.visible < other.visible


def test_no_certainty_where_all_agree() -> None:
    """Agreement by chance has a spread of its own: a fall of one step among all-equal answers is none."""
    draw = random.Random(1)  # noqa: S311 - no secret
    rounds = same_people("umux_lite", *[{100.0: 12}] * 6, *[{100.0: 9, 75.0: 3}] * 2)
    draw.shuffle(rounds)
    assert change("umux_lite", rounds).direction is Direction.NOT_CLEAR
