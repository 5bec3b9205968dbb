"""Over random weeks nobody is written to more often than allowed, nor after Stop, nor outside their hours.

Across restarts and two replicas on one file, over changes of the clock, with lost messages and answers.
"""

import asyncio
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import app
from jobs.comments.load_classifier import read_classifier
from tests.jobs.reminders import planted
from tests.jobs.reminders.weeks import live

pytestmark = pytest.mark.sqlite("its replicas share a file")
FAULTS = [planted.sent_before_claimed, planted.no_cap, planted.stop_is_ignored, planted.one_clock_for_all]
FIXTURE = HealthCheck.function_scoped_fixture
known_classifier = cache(read_classifier)


@pytest.fixture(autouse=True)
def _one_classifier(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "read_classifier", known_classifier)


def findings(seed: int, events: int = 60) -> list[str]:
    """What is found in the weeks of a seed."""
    with TemporaryDirectory() as folder:
        return asyncio.run(live(Path(folder), seed, events)).findings


@settings(
    max_examples=2,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(seed=st.integers(0, 10_000))
def test_nobody_is_written_to_more_often_than_the_cap_allows(seed: int) -> None:
    """Every message of random weeks is inside the cap, the hours and what the person wants."""
    assert not findings(seed)


@pytest.mark.parametrize("plant", FAULTS)
def test_a_planted_fault_is_found(
    plant: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reminder that is sent before it is claimed, no cap, no Stop, one clock for all: each is found."""
    plant(monkeypatch)
    assert any(findings(seed) for seed in (1, 4, 2, 0))
