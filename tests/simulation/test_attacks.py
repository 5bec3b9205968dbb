"""T1 to T11: whatever happens and whoever asks, nothing shown tells what anybody chose.

Here those histories are attacked in which a planted fault is found, by `make attack` thousands.
"""

import pytest

from tests.simulation.attack import attack_all
from tests.simulation.planted import FOUND_BY

MOST = {"by_role": 1, "grouped": 1}  # histories, where they have many people


@pytest.mark.parametrize("generator", ["ordinary", "directed", "by_role", "grouped", "organised"])
def test_no_attack_finds_anything(generator: str) -> None:
    """Every attack fails on every history, though each of them finds its fault in one of these."""
    seeds = sorted({one.seed for one in FOUND_BY if one.generator.__name__ == generator})[
        : MOST.get(generator)
    ]
    tally = attack_all(generator, seeds)
    assert not tally.findings
    assert tally.counts["exchanges"] > 20 * len(seeds)
