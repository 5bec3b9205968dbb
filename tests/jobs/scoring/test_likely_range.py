"""The printed range, from totals: the vectors of its specification.

They were computed by a reference model of its own, which had the answers of each person; the product has only
totals and how many people rounds share, and comes to the same.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.inference import Interval
from jobs.instruments import INSTRUMENTS, Band
from jobs.scoring.likely_range import bands_touched, likely, worth
from storage.records.round_records import Round
from tests.jobs.inference.published_net import Counts, net_interval
from tests.jobs.scoring.rounds import BEST, THREE_QUARTERS, counted, nps, umux

SUS_SCORES = [55, 77.5, 17.5, 50, 100, 90, 85, 72.5, 80, 95]


def sus(score: float) -> dict[int, int]:
    """Points of ten items, alternately turned, that make this score."""
    left, points = int(score / 2.5), dict[int, int]()
    for item in range(1, 11):
        good = min(left, 4)
        left -= good
        points[item] = 1 + good if item % 2 else 5 - good
    return points


def twice(key: str, answers: list[int]) -> list[Round]:
    """The same people with the same answers in two rounds."""
    first = counted(key, answers)
    return [first, counted(key, answers, number=2, earlier=[first])]


def half_and_then() -> list[Round]:
    """UMUX-Lite of the same 20: first all at 100, which is clipped, then 10 at 75 and 10 at 100."""
    first = counted("umux_lite", umux((20, *BEST)))
    both = umux((10, *THREE_QUARTERS), (10, *BEST))
    return [first, counted("umux_lite", both, number=2, earlier=[first])]


def eight_again() -> list[Round]:
    """NPS of 12 people 6/4/2, then of the first 8 again 5/2/1."""
    first = counted("nps", nps(6, 4, 2))
    names = [f"p{place:02}" for place in range(8)]
    second = counted("nps", nps(5, 2, 1), number=2, people=names, earlier=[first])
    assert second.shared == {"r1": 8}
    return [first, second]


def umux_twice() -> list[Round]:
    """UMUX-Lite of the same 20, twice 10 at 75 and 10 at 100."""
    answers = umux((10, *THREE_QUARTERS), (10, *BEST))
    first = counted("umux_lite", answers)
    return [first, counted("umux_lite", answers, number=2, earlier=[first])]


CSAT = [5] * 17 + [2, 2, 3]


@pytest.mark.parametrize(
    "key,rounds,low,high",
    [
        ("nps", [counted("nps", nps(14, 9, 5))], 2.293, 55.772),
        ("nps", twice("nps", nps(14, 9, 5)), 4.629, 54.291),
        ("nps", eight_again(), -4.361, 69.191),
        ("csat", [counted("csat", CSAT)], 63.958, 94.763),
        ("csat", twice("csat", CSAT), 65.837, 94.338),
        ("umux_lite", umux_twice(), 78.898, 92.342),
        ("umux_lite", half_and_then(), 83.936, 97.349),
        ("sus", [counted("sus", [sus(score) for score in SUS_SCORES])], 53.749, 87.834),
        ("seq", [counted("seq", [5, 6, 7, 4, 6, 5, 7, 6, 5, 6, 4, 5])], 4.782, 6.111),
    ],
)
def test_the_vectors(key: str, rounds: list[Round], low: float, high: float) -> None:
    """Each range is that of the specification, to a thousandth."""
    found = likely(INSTRUMENTS[key], rounds)
    assert (found.low, found.high) == pytest.approx((low, high), abs=0.001)


@given(st.tuples(*[st.integers(0, 12)] * 3).filter(lambda counts: sum(counts) >= 10))
def test_one_net_round_is_the_published_range(counts: tuple[int, int, int]) -> None:
    """The range of one NPS round is adjusted Wald, as published."""
    one = counted("nps", nps(*counts))
    if one.clipped is None:
        ours, published = likely(INSTRUMENTS["nps"], [one]), net_interval(Counts(*counts))
        assert (ours.low, ours.high) == pytest.approx((published.low, published.high))


def test_worth() -> None:
    """Answers of different people are worth their number; of the same people less, to 1 / 1.7 for two."""
    first, second = twice("nps", nps(14, 9, 5))
    assert worth([first]) == 28
    assert worth([first, second]) == worth([second, first]) == pytest.approx(56 / 1.7)
    assert worth([first, counted("nps", nps(14, 9, 5), number=3)]) == 56


@pytest.mark.parametrize(
    "key,answers", [("umux_lite", umux((10, *THREE_QUARTERS), (10, *BEST))), ("nps", nps(10, 0, 10))]
)
def test_a_range_lies_on_the_scale(key: str, answers: list[int]) -> None:
    """A range always speaks, and is cut to the scale."""
    lowest, highest = INSTRUMENTS[key].bounds
    found = likely(INSTRUMENTS[key], [counted(key, answers)])
    assert lowest <= found.low < found.high <= highest


@pytest.mark.parametrize(
    "low,high,bands",
    [
        (-40, -0.6, "poor"),
        (-40, -0.4, "poor mixed"),
        (0, 29.4, "mixed"),
        (0, 29.5, "mixed good"),
        (29.6, 80, "good"),
        (-1, 30, "poor mixed good"),
    ],
)
def test_bands_are_those_of_the_printed_range(low: float, high: float, bands: str) -> None:
    """A range touches the bands that its printed ends touch: what prints as +30 is good."""
    assert " ".join(bands_touched(INSTRUMENTS["nps"], Interval(low, high))) == bands


def test_borders_to_the_tenth() -> None:
    """A border with a decimal is compared with one decimal."""
    sus, seq = INSTRUMENTS["sus"], INSTRUMENTS["seq"]
    assert bands_touched(sus, Interval(62.65, 72.54)) == (Band.MIXED,)
    assert bands_touched(sus, Interval(62.64, 72.55)) == (Band.POOR, Band.MIXED, Band.GOOD)
    assert bands_touched(seq, Interval(4.96, 5.94)) == (Band.MIXED,)
