"""T1 to T11: whatever happens and whoever asks, nothing shown tells what anybody chose.

Here some histories are attacked, by `make attack` thousands.
"""

import pytest

from tests.simulation.attack import attack_all

HISTORIES, PART = 20, 10  # of each generator, and how many of them a test takes


@pytest.mark.parametrize("first", range(0, HISTORIES, PART))
@pytest.mark.parametrize("generator", ["ordinary", "directed"])
def test_no_attack_finds_anything(generator: str, first: int) -> None:
    """Every attack fails on every history."""
    tally = attack_all(generator, range(first, first + PART))
    assert not tally.findings
    assert tally.counts["exchanges"] > 20 * PART
