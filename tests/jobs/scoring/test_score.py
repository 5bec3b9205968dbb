"""Scores as they are shown, against published examples."""

from dataclasses import asdict, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.instruments import INSTRUMENTS, Instrument, Scale, Scoring
from jobs.scoring.counted_round import Points
from jobs.scoring.score import Score, score_of
from storage.records.round_records import Lean, Round
from tests.jobs.scoring.rounds import counted, nps
from tests.jobs.vectors import agrees, vectors

NPS, SUS = INSTRUMENTS["nps"], INSTRUMENTS["sus"]
BASE = {"instrument", "n", "rounds", "askings", "first_day", "last_day", "counted_at", "source"}
FIRST = counted("nps", nps(14, 9, 5))


def of(*rounds: Round, key: str = "nps") -> Score:
    """The score of rounds; fails where there is none."""
    found = score_of(INSTRUMENTS[key], rounds)
    assert found
    return found


def value_of(one: Round) -> float:
    """The score of a round that has one."""
    found = of(one, key=one.question.instrument).value
    assert found is not None
    return found


def says(score: Score) -> set[str]:
    """What a score says beyond its base."""
    return {name for name, value in asdict(score).items() if value not in (None, (), False)} - BASE


def test_a_round_says_everything() -> None:
    """14, 9 and 5 of 28 are NPS +32, likely +2 to +56, with people by class."""
    score = of(FIRST)
    assert score.value == pytest.approx(32.142857)
    assert score.likely
    assert (round(score.likely.low), round(score.likely.high)) == (2, 56)
    assert (score.favourable, score.middle, score.unfavourable) == (14, 9, 5)
    assert (score.n, score.rounds, score.first_day, score.last_day) == (
        28,
        1,
        FIRST.first_day,
        FIRST.last_day,
    )


def test_small_classes_are_shown_too() -> None:
    """A round has ten people and is not clipped, so one or two of a class tell of nobody."""
    score = of(counted("nps", nps(9, 2, 1)))
    assert (score.favourable, score.middle, score.unfavourable) == (9, 2, 1)


def test_rounds_are_added_up() -> None:
    """Two rounds are one score of all answers, over all days."""
    second = counted("nps", nps(3, 4, 5), number=2, people=[f"q{place}" for place in range(12)])
    score = of(FIRST, second)
    assert (score.n, score.rounds, score.favourable) == (40, 2, 17)
    assert (score.first_day, score.last_day) == (FIRST.first_day, second.last_day)


def test_a_clipped_round_says_where_its_score_lies() -> None:
    """It has its class and the worst that fits; no score, no range, nobody by class."""
    score = of(counted("nps", nps(19, 1, 0)))
    assert says(score) == {"clipped", "between"}
    assert (score.clipped, score.between and score.between.low) == (100, 80)


def test_a_sum_with_a_clipped_round_is_about() -> None:
    """It says "about" and counts nobody by class."""
    clipped = counted("nps", nps(12, 0, 0), number=2, people=[f"q{place}" for place in range(12)])
    assert says(of(FIRST, clipped)) == {"value", "about", "likely"}


def test_a_word_round_says_its_word() -> None:
    """It has its word and how many answered; beside rounds with figures it says nothing."""
    word = counted("nps", nps(5, 1, 1), word=True)
    assert says(of(word)) == {"lean"}
    assert (of(word).lean, of(word).n) == (Lean.GOOD, 7)
    assert of(FIRST, word) == of(FIRST)


def test_nothing_counted_is_no_score() -> None:
    """There is no score of 0 answers, and none of withdrawn rounds."""
    assert score_of(NPS, []) is None
    assert score_of(NPS, [replace(FIRST, withdrawn=True)]) is None
    word = counted("nps", nps(5, 1, 1), word=True)
    assert score_of(NPS, [replace(word, withdrawn=True)]) is None


def test_there_is_a_score_a_bound_or_a_word() -> None:
    """Each of them says something; an edition of an older version may have none."""
    assert all(of(one).says_something for one in (FIRST, counted("nps", nps(12, 0, 0))))
    assert of(counted("nps", nps(5, 1, 1), word=True)).says_something
    assert not Score(instrument="nps", n=4).says_something


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
    sheets = [{1: 7, 2: 1, 3: 7, 4: 1}, {1: 6, 2: 2, 3: 6, 4: 1}] * 5
    score = of(counted("umux", sheets), key="umux")
    assert score.value == pytest.approx(100 * (24 + 21) / 48)


@given(st.permutations([1, 2, 3]))
def test_order_does_not_matter(order: list[int]) -> None:
    """The same rounds in any order are the same score."""
    rounds = {
        number: counted("nps", nps(4 + number, 4, 4), number=number, people=people(number, 12 + number))
        for number in (1, 2, 3)
    }
    assert of(*(rounds[number] for number in order)) == of(*rounds.values())


def people(number: int, many: int) -> list[str]:
    """So many people, of whom each round has others."""
    return [f"{number}/{place}" for place in range(many)]


def scored(instrument: Instrument, points: list[int]) -> float:
    """The mean of answers as they are scored, whatever their number."""
    return sum(map(instrument.as_scored, points)) / len(points)


def answers(counts: list[int]) -> list[int]:
    """Answers 1, 2, 3 and so on, so many of each."""
    return [point for point, count in enumerate(counts, start=1) for _ in range(count)]


@vectors("nps.score_raw")
def test_nps_of_answers(vector: dict[str, Any]) -> None:
    """Whole numbers from 0 to 10 are counted in their class; others are left out."""
    on_scale = [score for score in vector["inputs"]["scores"] if score in NPS.scale]
    if vector["expected"]["nps"] is not None:
        agrees(vector, nps=scored(NPS, on_scale))


@vectors("csat.t2b")
def test_csat(vector: dict[str, Any]) -> None:
    """CSAT is the share of 4 and 5."""
    agrees(vector, csat=scored(INSTRUMENTS["csat"], answers(vector["inputs"]["counts_1_to_5"])))


@vectors("csat.share")
def test_csat_of_counts(vector: dict[str, Any]) -> None:
    """156 satisfied of 200 are 78."""
    satisfied, total = vector["inputs"]["satisfied"], vector["inputs"]["total"]
    agrees(vector, csat=value_of(counted("csat", [5] * satisfied + [2] * (total - satisfied))))


@vectors("ces.share", "ces.share7")
def test_ces(vector: dict[str, Any]) -> None:
    """CES is the share of 5, 6 and 7."""
    counts = vector["inputs"]["counts"]
    if isinstance(counts, dict):
        counts = [0, 0, 0, counts["total"] - counts["positive"], counts["positive"], 0, 0]
    agrees(vector, ces=scored(INSTRUMENTS["ces"], answers(counts)))


@vectors("seq.mean")
def test_seq(vector: dict[str, Any]) -> None:
    """SEQ is the mean of 1 to 7."""
    agrees(vector, mean=scored(INSTRUMENTS["seq"], vector["inputs"]["values"]))


@vectors("sus.study")
def test_sus_of_a_study(vector: dict[str, Any]) -> None:
    """Twenty sheets of a public study give the mean of numpy."""
    sheets: list[int | Points] = [dict(enumerate(sheet, start=1)) for sheet in vector["inputs"]["responses"]]
    agrees(vector, mean=value_of(counted("sus", sheets)))
