"""The level with memory: the vectors of its specification, and the rules that they rest on."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.instruments import INSTRUMENTS
from jobs.scoring.level import Level, level_of, levels
from storage.records.round_records import Round
from tests.jobs.scoring.histories import net, of_scores, word_round

NPS = INSTRUMENTS["nps"]
BOTH_HALVES = {75.0: 10, 100.0: 10}  # UMUX-Lite
TWO_CHANNELS = [
    of_scores("umux_lite", 0, BOTH_HALVES, channel="a"),
    of_scores("umux_lite", 1, {50.0: 6, 25.0: 6}, channel="b"),
    of_scores("umux_lite", 4, BOTH_HALVES, channel="a"),
]
SUS_SCORES = [55, 77.5, 17.5, 50, 100, 90, 85, 72.5, 80, 95]
SEQ_SCORES = [5, 6, 7, 4, 6, 5, 7, 6, 5, 6, 4, 5]
FALL = [of_scores("nps", 4 * n, net(*c)) for n, c in enumerate([(14, 5, 1), (13, 6, 1), (2, 5, 13)])]
SLOPE = [
    of_scores("nps", 4 * n, net(*c))
    for n, c in enumerate([(14, 5, 1), (13, 6, 1), (7, 8, 5), (6, 8, 6), (6, 8, 6)])
]


def level(key: str, rounds: Sequence[Round]) -> Level:
    """The level after these rounds; fails where there is none."""
    found = level_of(INSTRUMENTS[key], rounds)
    assert found
    return found


def word(found: Level | None) -> str:
    """The bands of a level in words."""
    return " to ".join(found.bands) if found else "none"


@pytest.mark.parametrize(
    "key,rounds,expected",
    [
        ("nps", [of_scores("nps", 0, net(14, 9, 5))], [(31.061, 13.323, "mixed to good")]),
        (
            "nps",
            [of_scores("nps", 4 * n, net(*c)) for n, c in enumerate([(14, 9, 5), (12, 6, 2), (13, 6, 1)])],
            [
                (31.061, 13.323, "mixed to good"),
                (38.892, 10.637, "mixed to good"),
                (45.771, 9.025, "good"),
            ],
        ),
        ("nps", FALL, [(57.0, 12.893, "good"), (57.711, 9.695, "good"), (-39.0, 15.341, "poor")]),
        (
            "nps",
            SLOPE[:4],
            [
                (57.0, 12.893, "good"),
                (57.711, 9.695, "good"),
                (39.531, 9.785, "good"),
                (5.0, 15.723, "poor to mixed"),
            ],
        ),
        (
            "nps",
            [of_scores("nps", 0, net(14, 5, 1)), of_scores("nps", 52, net(4, 4, 2))],
            [(57.0, 12.893, "good"), (25.0, 18.902, "mixed to good")],
        ),
        ("umux_lite", [of_scores("umux_lite", 0, {100.0: 25})], [(93.6, 2.772, "good")]),
        (
            "umux_lite",
            TWO_CHANNELS,
            [(83.6, 3.261, "good"), (68.104, 4.415, "mixed to good"), (75.652, 3.343, "mixed to good")],
        ),
        ("csat", [of_scores("csat", 0, {100.0: 17, 0.0: 3})], [(83.0, 7.499, "mixed to good")]),
        ("ces", [of_scores("ces", 0, {100.0: 8, 0.0: 2})], [(80.0, 10.329, "mixed to good")]),
        ("seq", [of_scores("seq", 0, SEQ_SCORES)], [(5.5, 0.278, "mixed")]),
        ("sus", [of_scores("sus", 0, SUS_SCORES)], [(70.833, 5.851, "mixed to good")]),
        ("nps", [of_scores("nps", 0, net(19, 1, 0))], [(77.0, 11.792, "good")]),
    ],
    ids=["L1", "L2", "L3", "L4", "L6", "L7", "L8", "L9 CSAT", "L9 CES", "L10 SEQ", "L10 SUS", "L11"],
)
def test_the_vectors(key: str, rounds: list[Round], expected: list[tuple[float, float, str]]) -> None:
    """After each round level, standard error and word are those of the specification."""
    for number, (mean, se, said) in enumerate(expected, start=1):
        found = level(key, rounds[:number])
        assert (found.mean, found.se) == pytest.approx((mean, se), abs=0.01)
        assert word(found) == said


def test_a_round_far_off_starts_the_memory_anew() -> None:
    """After it the level stands on that round alone, and says since when."""
    assert (level("nps", FALL[:2]).answers, level("nps", FALL[:2]).since) == (40, date(2025, 1, 6))
    assert (level("nps", FALL).answers, level("nps", FALL).since) == (20, date(2025, 3, 3))


def test_two_rounds_off_in_the_same_way_start_it_anew() -> None:
    """One that lies two standard errors off is only added; after a new start none before it counts."""
    assert [level("nps", SLOPE[:count]).answers for count in range(1, 6)] == [20, 40, 60, 20, 40]


@pytest.mark.parametrize(
    "counts,answers",
    [
        ([(8, 8, 4), (8, 8, 4), (15, 4, 1), (4, 8, 8)], 80),  # first above, then below
        ([(14, 5, 1), (13, 6, 1), (7, 8, 5), (10, 6, 4), (5, 8, 7)], 100),  # between them one that fits
        ([(14, 5, 1), (13, 6, 1), (7, 8, 5), (6, 8, 6), (2, 6, 12)], 40),  # the fourth started anew
    ],
)
def test_two_off_count_only_running_and_in_the_same_way(
    counts: list[tuple[int, int, int]], answers: int
) -> None:
    """Else a round that lies two standard errors off is only added; a new start forgets those before."""
    rounds = [of_scores("nps", 4 * n, net(*of_round)) for n, of_round in enumerate(counts)]
    assert level("nps", rounds).answers == answers


def test_the_level_over_time() -> None:
    """After each day on which rounds were counted there is the level that stood on that day."""
    found = levels(NPS, [*SLOPE, of_scores("nps", 4, net(6, 8, 6), channel="C2")])
    assert list(found) == [one.counted_on for one in SLOPE]
    assert next(iter(found.values())) == level_of(NPS, SLOPE[:1])
    assert list(levels(NPS, SLOPE).values()) == [level_of(NPS, SLOPE[: n + 1]) for n in range(5)]


def test_doubt_is_of_one_question_in_one_channel() -> None:
    """A round far off what its own channel foresees leaves the memory of another channel as it is."""
    other = of_scores("nps", 4, net(10, 8, 2), channel="C2")
    found = level("nps", [*FALL, other])
    assert (found.answers, found.since) == (40, date(2025, 2, 3))
    reworded = [*FALL[:2], of_scores("nps", 8, net(2, 5, 13), wording="2", channel="C9")]
    assert level("nps", reworded).answers == 60


def test_doubt_makes_the_level_follow() -> None:
    """A fall from +50 to +15 with 400 answers a round is mixed after the second round at the latest."""
    high, low = net(260, 80, 60), net(180, 100, 120)
    before = [of_scores("nps", 4 * n, high) for n in range(6)]
    after = [of_scores("nps", 4 * n, low) for n in range(6, 8)]
    assert word(level("nps", before)) == "good"
    assert word(level("nps", before + after)) == "mixed"


@pytest.mark.parametrize("key", INSTRUMENTS)
def test_all_equal(key: str) -> None:
    """25 answers at the best there is read good, at the worst there is poor."""
    lowest, highest = INSTRUMENTS[key].bounds
    assert word(level(key, [of_scores(key, 0, {highest: 25})])) == "good"
    assert word(level(key, [of_scores(key, 0, {lowest: 25})])) == "poor"


def test_no_word_under_ten_answers() -> None:
    """The first word needs ten answers in all, be they of two channels."""
    five = of_scores("nps", 0, net(5, 0, 0))
    assert level_of(NPS, []) is None
    assert level_of(NPS, [five]) is None
    assert level("nps", [five, of_scores("nps", 1, net(2, 2, 1), channel="C2")]).answers == 10


def test_level_and_range_stand_as_they_were_when_the_word_was_read() -> None:
    """Fewer than ten new answers move nothing that is shown, so that they cannot be worked out from it."""
    first = of_scores("nps", 0, net(14, 9, 5))
    few = [of_scores("nps", 4, net(0, 0, 6), channel="C2"), of_scores("nps", 5, net(0, 0, 4), channel="C3")]
    assert level("nps", [first, few[0]]) == level("nps", [first])
    assert level("nps", [first, *few]).answers == 38


def test_the_range() -> None:
    """It is the 80 % range of the level."""
    found = level("nps", [of_scores("nps", 0, net(14, 9, 5))]).likely
    reach = 1.2816 * 13.323
    assert (found.low, found.high) == pytest.approx((31.061 - reach, 31.061 + reach), abs=0.01)


@pytest.mark.parametrize("key", INSTRUMENTS)
@pytest.mark.parametrize("n", [10, 400])
def test_the_range_lies_on_the_scale(key: str, n: int) -> None:
    """The five typical answers hold it there, whatever is answered and however often."""
    lowest, highest = INSTRUMENTS[key].bounds
    for end in (lowest, highest):
        found = level(key, [of_scores(key, 4 * week, {end: n}) for week in range(30)]).likely
        assert lowest <= found.low < found.high <= highest


def test_an_old_word_stays_until_its_range_has_left_it() -> None:
    """The same level reads good after good, and mixed to good where nothing was said before."""
    slowly = [of_scores("nps", 4 * n, net(*c)) for n, c in enumerate([(14, 5, 1), (12, 6, 2), (9, 7, 4)])]
    assert [word(level("nps", slowly[:count])) for count in (1, 2, 3)] == ["good", "good", "good"]
    assert word(level("nps", slowly[2:])) == "mixed to good"


def test_words_and_withdrawn_rounds_are_in_no_memory() -> None:
    """They are left out of the replay, as if they had never been counted."""
    first, gone = of_scores("nps", 0, net(14, 9, 5)), replace(FALL[2], withdrawn=True)
    words = [word_round("nps", 2), word_round("nps", 6)]
    assert level_of(NPS, [first, *words, gone]) == level_of(NPS, [first])
    assert level_of(NPS, [*words, gone]) is None


def test_a_gap_of_a_year_fades_the_memory() -> None:
    """After a year an answer counts a sixteenth; without new answers nothing moves."""
    old = of_scores("nps", 0, net(14, 5, 1))
    faded = level("nps", [old, of_scores("nps", 52, net(4, 4, 2))])
    assert faded.se > level("nps", [old]).se
    assert faded.since == date(2025, 1, 6)


def test_another_instrument_has_a_level_of_its_own() -> None:
    """Two instruments are never in one level."""
    with pytest.raises(ValueError, match="one instrument"):
        level_of(NPS, [of_scores("csat", 0, {100.0: 17, 0.0: 3})])


@given(st.integers(0, 2**32), st.permutations(range(12)))
def test_the_order_in_which_rounds_are_given_does_not_matter(seed: int, order: list[int]) -> None:
    """It is the same level to the digit, also where several channels were counted on a day."""
    draw = random.Random(seed)  # noqa: S311 - no secret
    rounds = [
        of_scores("nps", 4 * (n // 2), net(draw.randint(0, 20), draw.randint(0, 20), 10), channel=f"C{n % 2}")
        for n in range(12)
    ]
    assert level_of(NPS, [rounds[place] for place in order]) == level_of(NPS, rounds)


@given(st.integers(0, 2**32), st.integers(1, 40))
def test_only_as_much_is_read_as_the_word_depends_on(seed: int, count: int) -> None:
    """The level after the last round is that of a reading after each, to the digit."""
    draw = random.Random(seed)  # noqa: S311 - no secret
    middle = draw.randint(2, 14)
    rounds = [
        of_scores(
            "nps", 4 * n, net(max(0, middle + draw.randint(-2, 2)), draw.randint(0, 4), draw.randint(1, 9))
        )
        for n in range(count)
    ]
    assert level_of(NPS, rounds) == list(levels(NPS, rounds).values())[-1]
