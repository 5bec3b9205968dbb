"""What the rules cost a team stays what it was when they were made."""

import pytest

from tests.simulation.cost import EXPECTED, YEARS, as_expected, cost


@pytest.mark.parametrize("team,every", EXPECTED)
def test_a_cell_of_the_table(team: int, every: int) -> None:
    """How many numbers a team gets a year, in how many editions, and when the first one comes."""
    assert as_expected(cost(team, every, YEARS), EXPECTED[team, every])


def test_fewer_numbers_are_noticed() -> None:
    """Planted: a team that is asked every five weeks costs more than the table says."""
    assert not as_expected(cost(20, 5, YEARS), EXPECTED[20, 4])
