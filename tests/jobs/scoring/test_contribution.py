"""What each topic adds to a net score."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.inference import Counts, net_score
from jobs.scoring.contribution import contributions
from tests.jobs.vectors import agrees, vectors

COUNTS = st.builds(Counts, *[st.integers(0, 30)] * 3)


@vectors("nps.contribution")
def test_contributions(vector: dict[str, Any]) -> None:
    """Topics add their part of the score."""
    parts = contributions({topic: Counts(*row) for topic, row in vector["inputs"]["touchpoints"].items()})
    agrees(vector, **parts, total=sum(parts.values()))


@given(st.dictionaries(st.text(max_size=3), COUNTS, max_size=6))
def test_parts_add_up_to_the_score(topics: dict[str, Counts]) -> None:
    """The parts add up to the net score of all; nobody adds nothing."""
    whole = Counts(*(sum(column) for column in zip(Counts(0, 0, 0), *topics.values(), strict=True)))
    parts = contributions(topics)
    assert sum(parts.values()) == pytest.approx(net_score(whole) if whole.n else 0)
