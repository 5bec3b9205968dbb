"""A score and its ranges before any ladder, against published examples."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.inference import Interval
from jobs.instruments import INSTRUMENTS, Band, Instrument, Scoring
from jobs.scoring import response_score
from jobs.scoring.estimate import Estimate, bands_touched, class_counts, estimate
from tests.jobs.responses import nps
from tests.jobs.vectors import agrees, vectors

NPS, CSAT, CES, SUS, SEQ = (INSTRUMENTS[key] for key in ("nps", "csat", "ces", "sus", "seq"))
EVERY = pytest.mark.parametrize("instrument", INSTRUMENTS.values(), ids=list(INSTRUMENTS))


def of(instrument: Instrument, answers: list[float]) -> Estimate:
    """The estimate of at least one answer."""
    found = estimate(instrument, answers)
    assert found
    return found


def counted(counts: list[int]) -> list[float]:
    """Answers 1, 2, 3 and so on, so many of each."""
    return [point for point, count in enumerate(counts, start=1) for _ in range(count)]


@vectors("nps.score_raw")
def test_nps_of_answers(vector: dict[str, Any]) -> None:
    """Whole numbers from 0 to 10 are counted in their class; others are left out."""
    scores = vector["inputs"]["scores"]
    on_scale = [score for score in scores if score in NPS.scale]
    assert len(scores) - len(on_scale) == vector["expected"]["invalid"]
    if vector["expected"]["nps"] is None:
        assert estimate(NPS, on_scale) is None
    else:
        agrees(vector, nps=of(NPS, on_scale).value)


@vectors("csat.t2b")
def test_csat(vector: dict[str, Any]) -> None:
    """CSAT is the share of 4 and 5."""
    agrees(vector, csat=of(CSAT, counted(vector["inputs"]["counts_1_to_5"])).value)


@vectors("csat.share")
def test_csat_of_counts(vector: dict[str, Any]) -> None:
    """156 satisfied of 200 are 78."""
    satisfied, total = vector["inputs"]["satisfied"], vector["inputs"]["total"]
    agrees(vector, csat=of(CSAT, [5.0] * satisfied + [2.0] * (total - satisfied)).value)


@vectors("ces.share", "ces.share7")
def test_ces(vector: dict[str, Any]) -> None:
    """CES is the share of 5, 6 and 7."""
    counts = vector["inputs"]["counts"]
    if isinstance(counts, dict):
        counts = [0, 0, 0, counts["total"] - counts["positive"], counts["positive"], 0, 0]
    agrees(vector, ces=of(CES, counted(counts)).value)


@vectors("ces.mean")
def test_ces_as_a_mean(vector: dict[str, Any]) -> None:
    """The same answers scored as a mean give the published mean."""
    agrees(vector, mean=of(replace(CES, scoring=Scoring.MEAN), counted(vector["inputs"]["counts"])).value)


@vectors("seq.mean")
def test_seq(vector: dict[str, Any]) -> None:
    """SEQ is the mean of 1 to 7."""
    agrees(vector, mean=of(SEQ, vector["inputs"]["values"]).value)


@vectors("sus.study")
def test_sus_of_a_study(vector: dict[str, Any]) -> None:
    """Twenty sheets of a public study give the mean, deviation and range of numpy and scipy."""
    sheets = [dict(enumerate(sheet, start=1)) for sheet in vector["inputs"]["responses"]]
    scores = [score for sheet in sheets if (score := response_score(SUS, sheet)) is not None]
    found = of(SUS, scores)
    assert found.likely
    agrees(vector, mean=found.value, sd=found.spread, lo=found.likely.low, hi=found.likely.high)


def test_the_worked_verdicts() -> None:
    """NPS of 14, 9, 5 is mixed to good; so is SUS 69.4 with 64.5 to 74.3."""
    mixed_to_good = (Band.MIXED, Band.GOOD)
    assert bands_touched(NPS, of(NPS, list(map(float, nps(14, 9, 5)))).narrow) == mixed_to_good
    assert bands_touched(SUS, Interval(64.49, 74.31)) == mixed_to_good


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
    assert " ".join(bands_touched(NPS, Interval(low, high))) == bands


def test_borders_to_the_tenth() -> None:
    """A border with a decimal is compared with one decimal."""
    assert bands_touched(SUS, Interval(62.65, 72.54)) == (Band.MIXED,)
    assert bands_touched(SUS, Interval(62.64, 72.55)) == (Band.POOR, Band.MIXED, Band.GOOD)
    assert bands_touched(SEQ, Interval(4.96, 5.94)) == (Band.MIXED,)


def test_equal_answers_have_no_range_and_no_verdict() -> None:
    """A mean of equal answers has no range, so nothing tells its band; a net score and a share have one."""
    assert of(SUS, [75.0] * 12)[2:] == (None, None)
    assert bands_touched(SUS, None) == tuple(Band)
    assert of(NPS, [9.0] * 12).narrow
    assert of(CSAT, [5.0] * 12).narrow


@EVERY
@given(data=st.data())
def test_ranges_hold_the_score_on_the_scale(instrument: Instrument, data: st.DataObject) -> None:
    """The 95 % range of every instrument holds the score and the 80 % range, all on the scale."""
    points = st.integers(instrument.scale.low, instrument.scale.high)
    sheets = st.lists(st.lists(points, min_size=instrument.item_count, max_size=instrument.item_count))
    answers = [
        response_score(instrument, dict(enumerate(sheet, start=1)))
        for sheet in data.draw(sheets.filter(lambda sheets: len(sheets) > 1))
    ]
    found = of(instrument, [answer for answer in answers if answer is not None])
    low, high = instrument.bounds
    assert low <= found.value <= high
    if found.likely and found.narrow:
        assert low <= found.likely.low <= found.narrow.low <= found.narrow.high <= found.likely.high <= high
        assert found.likely.low - 1e-9 <= found.value <= found.likely.high + 1e-9
    assert class_counts(instrument, [answer for answer in answers if answer is not None]).n == len(answers)
