"""A seed of the simulation is the same run each time, and the judge finds what is put into the bot."""

import pytest

from tests.simulated.planted import PLANTED
from tests.simulated.simulate import run

SEEDS = range(1, 9)
"""Those in which a fault is looked for: nearly all are found by the first."""


def test_a_seed_repeats_to_the_byte() -> None:
    """Two runs of one seed leave the same log, and break no rule."""
    one, other = run(1, weeks=2), run(1, weeks=2)
    assert one.fingerprint == other.fingerprint
    assert one.findings == ()


@pytest.mark.parametrize("name", PLANTED)
def test_a_fault_is_found(name: str) -> None:
    """Each fault that is put into the bot is found by one of a few seeds."""
    assert any(run(seed, plant=name).findings for seed in SEEDS)
