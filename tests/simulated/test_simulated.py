"""A seed of the simulation is the same run each time, and the bot keeps its rules in some of them."""

from tests.simulated.simulate import run


def test_a_seed_repeats_to_the_byte() -> None:
    """Two runs of one seed leave the same log, and break no rule."""
    one, other = run(1, weeks=2), run(1, weeks=2)
    assert one.fingerprint == other.fingerprint
    assert one.findings == ()
