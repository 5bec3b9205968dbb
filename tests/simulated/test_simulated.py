"""A seed of the simulation is the same run each time, and the judge finds what is put into the bot."""

import pytest

from tests.simulated.simulate import run

QUICK = (
    "ack before commit",
    "window claimed twice",
    "lost post is repeated",
    "number from five",
    "tie kept after the count",
    "take back keeps the answer",
    "comment in the log",
    "schedule in UTC",
)
"""Those that nearly every seed finds in its first days; `make simulate ARGS=--planted` tries all."""

SEEDS = range(1, 9)


def test_a_seed_repeats_to_the_byte() -> None:
    """Two runs of one seed leave the same log, and break no rule."""
    one, other = run(1, weeks=2), run(1, weeks=2)
    assert one.fingerprint == other.fingerprint
    assert one.findings == ()


@pytest.mark.parametrize("name", QUICK)
def test_a_fault_is_found(name: str) -> None:
    """Each fault that is put into the bot is found."""
    assert any(run(seed, plant=name).findings for seed in SEEDS)
