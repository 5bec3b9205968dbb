"""The ladder, and scores as far as the number of answers allows."""

from dataclasses import asdict, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.instruments import INSTRUMENTS, Band, Scale, Scoring
from jobs.scoring import Answer
from jobs.scoring.score import Score, Stage, score_of
from tests.jobs.responses import nps, response, responses, scored, wave_of

NPS, SUS = INSTRUMENTS["nps"], INSTRUMENTS["sus"]
NAMES = {"instrument", "n", "min_group", "stage"}


def shown(score: Score) -> set[str]:
    """What a score says beyond its base."""
    return {name for name, value in asdict(score).items() if value not in (None, ())} - NAMES


@pytest.mark.parametrize(
    "n,stage",
    [
        (0, Stage.HIDDEN),
        (4, Stage.HIDDEN),
        (5, Stage.WORDS),
        (9, Stage.WORDS),
        (10, Stage.EARLY),
        (19, Stage.EARLY),
        (20, Stage.FULL),
        (500, Stage.FULL),
    ],
)
def test_the_ladder(n: int, stage: Stage) -> None:
    """Nothing under 5, words to 9, an early score to 19, everything from 20."""
    assert Stage.of(n, 5) is stage


def test_the_first_step_is_set() -> None:
    """The smallest group is 3 to 10, and at 10 there are no words without a score."""
    assert [Stage.of(n, 3) for n in (2, 3)] == [Stage.HIDDEN, Stage.WORDS]
    assert [Stage.of(n, 10) for n in (9, 10)] == [Stage.HIDDEN, Stage.EARLY]


@pytest.mark.parametrize("bands,can_tell", [((), False), ((Band.GOOD,), True), (tuple(Band), False)])
def test_three_bands_tell_nothing(bands: tuple[Band, ...], *, can_tell: bool) -> None:
    """A range that touches all three bands is too early to tell."""
    score = Score(instrument="nps", n=12, min_group=5, stage=Stage.EARLY, bands=bands)
    assert score.can_tell is can_tell


@pytest.mark.parametrize(
    "n,says",
    [
        (0, set()),
        (4, set()),
        (5, {"bands"}),
        (9, {"bands"}),
        (10, {"bands", "value", "likely", "narrow"}),
        (19, {"bands", "value", "likely", "narrow"}),
    ],
)
def test_a_step_says_no_more_than_it_may(n: int, says: set[str]) -> None:
    """Each step of the ladder fills its own fields and no others."""
    score = scored(NPS, responses("nps", nps(n, 0, 0)), min_group=5)
    assert score.n == n
    assert shown(score) == says


def test_a_full_score() -> None:
    """From 20 answers on everything is said: 14, 9 and 5 of 28 are NPS +32, mixed to good."""
    score = scored(NPS, responses("nps", nps(14, 9, 5)), min_group=5)
    assert score.likely
    assert score.value == pytest.approx(32.142857)
    assert (round(score.likely.low), round(score.likely.high)) == (2, 56)
    assert score.bands == (Band.MIXED, Band.GOOD)
    assert (score.favourable, score.middle, score.unfavourable) == (14, 9, 5)


@pytest.mark.parametrize("counts,seen", [((20, 5, 0), True), ((20, 4, 5), False), ((22, 0, 3), False)])
def test_a_small_class_hides_all_three(counts: tuple[int, int, int], *, seen: bool) -> None:
    """People by class are shown when no class has from 1 to 4 of them: the third would follow from two."""
    score = scored(NPS, responses("nps", nps(*counts)), min_group=5)
    assert score.stage is Stage.FULL
    classes = (score.favourable, score.middle, score.unfavourable)
    assert classes == (counts if seen else (None, None, None))


@pytest.mark.parametrize("lines,seen", [(0, 0), (1, None), (5, 5), (18, None)])
def test_straight_lines_are_counted(lines: int, seen: int | None) -> None:
    """Straight lines stay in the score; their number is given unless they, or the others, are few."""
    sheets = [[4] * 10] * lines + [[4, 2] * 5] * (20 - lines)
    score = scored(SUS, responses("sus", sheets), min_group=5)
    assert score.n == 20
    assert score.straight_lined == seen


def test_responses_that_cannot_be_scored_are_left_out() -> None:
    """What is off the scale is not in the score."""
    given = [*responses("nps", nps(6, 0, 0)), response(wave_of("nps"), "odd", 42)]
    assert scored(NPS, given, min_group=5).n == 6


def test_a_promised_group_is_kept() -> None:
    """A pulse that promised groups of 8 shows nothing of 7, whatever the reader's setting."""
    given = responses("nps", nps(7, 0, 0), wave=wave_of("nps", min_group=8))
    score = scored(NPS, given, min_group=5)
    assert (score.stage, score.min_group) == (Stage.HIDDEN, 8)


def test_a_seventh_instrument_is_scored_by_its_literal(monkeypatch: pytest.MonkeyPatch) -> None:
    """An instrument that nobody has heard of is scored from one literal."""
    seventh = replace(
        SUS,
        key="umux",
        scale=Scale(low=1, high=7, labels={1: "strongly disagree", 7: "strongly agree"}),
        items=SUS.items[:4],
        reversed_items=frozenset({2, 4}),
        min_answered=None,
        scoring=Scoring.SUM,
    )
    monkeypatch.setitem(INSTRUMENTS, "umux", seventh)
    given = responses("umux", [[7, 1, 7, 1], [6, 2, 6, 1]] * 5)
    score = scored(seventh, given, min_group=5)
    assert score.value == pytest.approx(100 * (24 + 21) / 48)
    assert score.bands == (Band.GOOD,)


@given(st.lists(st.integers(0, 10), max_size=30), st.data(), st.integers(3, 10))
def test_order_does_not_matter(points: list[int], data: st.DataObject, k: int) -> None:
    """The same responses in any order are the same score."""
    given = responses("nps", points)
    assert scored(NPS, given, min_group=k) == scored(NPS, data.draw(st.permutations(given)), min_group=k)


@given(st.integers(0, 25), st.integers(0, 25), st.integers(0, 25), st.integers(3, 10))
def test_no_class_is_small(favourable: int, middle: int, unfavourable: int, k: int) -> None:
    """Whatever was answered, no shown class has from 1 to under the smallest group."""
    wave = wave_of("nps", min_group=3)
    answers = [
        Answer(response(wave, f"r{place}", point), point)
        for place, point in enumerate(nps(favourable, middle, unfavourable))
    ]
    score = score_of(NPS, answers, min_group=k)
    classes: list[Any] = [score.favourable, score.middle, score.unfavourable]
    assert not any(0 < (count or 0) < k for count in classes)
    assert all(count is None for count in classes) or sum(classes) == score.n
