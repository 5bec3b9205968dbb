"""Net scores against published examples, and the laws that they obey."""

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.inference import normal_reach
from tests.jobs.inference.published_net import (
    Counts,
    net_adjusted_wald,
    net_interval,
    net_score,
    net_variance,
)
from tests.jobs.vectors import agrees, vectors

COUNTS = st.builds(Counts, *[st.integers(0, 60)] * 3).filter(lambda counts: counts.n > 1)
CONFIDENCES = st.floats(0.5, 0.99)


def counts(inputs: dict[str, int]) -> Counts:
    """Counts by the names that NPS has for the classes."""
    return Counts(inputs["promoters"], inputs["passives"], inputs["detractors"])


def classed(scores: list[int]) -> Counts:
    """Counts of NPS answers, those off the scale left out."""
    return Counts(
        sum(score in (9, 10) for score in scores),
        sum(score in (7, 8) for score in scores),
        sum(0 <= score < 7 for score in scores),
    )


def mirrored(of: Counts) -> Counts:
    """Everybody's opposite."""
    return Counts(of.unfavourable, of.middle, of.favourable)


@vectors("nps.score")
def test_score(vector: dict[str, Any]) -> None:
    """The score is the published one."""
    agrees(vector, nps=net_score(counts(vector["inputs"])))


@vectors("nps.variance")
def test_variance(vector: dict[str, Any]) -> None:
    """The variance of one answer is divided by n, as Rocks does."""
    of = classed(vector["inputs"]["scores"])
    agrees(vector, variance=net_variance(of), se=math.sqrt(net_variance(of) / of.n))


@vectors("nps.variance_props")
def test_variance_of_shares(vector: dict[str, Any]) -> None:
    """The variance is that of the shares, whatever the number of people."""
    of = Counts(3, 2, 1)
    agrees(vector, variance=net_variance(of), nps=net_score(of))


@vectors("nps.ci_wald")
def test_wald(vector: dict[str, Any]) -> None:
    """Score and variance give the plain range as it was published."""
    of = counts(vector["inputs"])
    reach = 100 * normal_reach(vector["inputs"]["conf"]) * math.sqrt(net_variance(of) / of.n)
    agrees(vector, lo=net_score(of) - reach, hi=net_score(of) + reach)


@vectors("nps.ci_adjwald")
def test_adjusted_wald(vector: dict[str, Any]) -> None:
    """The adjusted range is that of Rocks's own code, and what is printed is cut to the scale."""
    of, confidence = counts(vector["inputs"]), vector["inputs"]["conf"]
    found, printed = net_adjusted_wald(of, confidence), net_interval(of, confidence)
    agrees(vector, lo=found.low, hi=found.high)
    if "lo_clipped" in vector["expected"]:
        agrees(vector, lo_clipped=printed.low, hi_clipped=printed.high)


@vectors("nps.contribution")
def test_topics_add_up_to_the_score(vector: dict[str, Any]) -> None:
    """Where each person has one topic, the scores of the topics by their share are the score of all."""
    topics = {topic: Counts(*row) for topic, row in vector["inputs"]["touchpoints"].items()}
    whole = Counts(*(sum(column) for column in zip(*topics.values(), strict=True)))
    parts = {topic: net_score(of) * of.n / whole.n for topic, of in topics.items()}
    agrees(vector, **parts, total=net_score(whole))


@given(COUNTS)
def test_turning_every_answer_turns_the_score(of: Counts) -> None:
    """Opposite answers give the opposite score and range."""
    found, other = net_interval(of), net_interval(mirrored(of))
    assert net_score(of) == -net_score(mirrored(of))
    assert (found.low, found.high) == pytest.approx((-other.high, -other.low))


@given(COUNTS)
def test_the_printed_range_holds_the_score(of: Counts) -> None:
    """From two answers on, the 95 % range holds the score and stays on the scale."""
    found = net_interval(of)
    assert -100 <= found.low <= net_score(of) <= found.high <= 100


@given(COUNTS, CONFIDENCES, CONFIDENCES)
def test_more_confidence_is_a_wider_range(of: Counts, one: float, other: float) -> None:
    """More confidence never narrows a range."""
    narrow, wide = net_interval(of, min(one, other)), net_interval(of, max(one, other))
    assert wide.low <= narrow.low <= narrow.high <= wide.high
