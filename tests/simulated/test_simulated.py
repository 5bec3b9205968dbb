"""A seed of the simulation is the same run each time, and the judge finds what is put into the bot."""

import pytest

from tests.simulated.planted import PLANTED
from tests.simulated.simulate import run

SEEDS = {"lost post is repeated": 2}
"""The seed that finds a fault, where it is not the first."""


def test_a_seed_repeats_to_the_byte() -> None:
    """Two runs of one seed leave the same log, and break no rule."""
    one, other = run(1, weeks=2), run(1, weeks=2)
    assert one.fingerprint == other.fingerprint
    assert one.findings == ()


@pytest.mark.parametrize("name", PLANTED)
def test_a_fault_is_found(name: str) -> None:
    """Each fault that is put into the bot is found by a seed that is known."""
    assert run(SEEDS.get(name, 1), plant=name).findings
