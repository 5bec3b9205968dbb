"""The attacks have teeth: each planted fault is found by the attack that is named for it."""

import pytest

from tests.simulation.attacks import Attack, change_hidden, ladder_of_numbers, names_stay_apart, swap_answers
from tests.simulation.leaks import Leak
from tests.simulation.planted import FOUND_BY, Planted, finds, first_finding, found_in

HISTORIES = 60  # in which one is looked for that shows the fault, where the one of the list does not any more
TEST_OF: dict[Attack, str] = {
    swap_answers: "T1",
    ladder_of_numbers: "T3",
    change_hidden: "T4",
    names_stay_apart: "T11",
}


@pytest.mark.parametrize("planted", FOUND_BY, ids=str)
def test_a_planted_fault_is_found(planted: Planted) -> None:
    """In the history of the list the attack that is meant for it finds the fault."""
    assert finds(planted, planted.seed), f"found in history {first_finding(planted, range(HISTORIES))}"


@pytest.mark.parametrize("planted", [one for one in FOUND_BY if one.alone], ids=str)
def test_no_other_attack_finds_it(planted: Planted) -> None:
    """So that none of the attacks can be spared: each of these faults is found by one attack only."""
    assert found_in(planted, planted.seed) == {TEST_OF[planted.attack]}


def test_every_fault_is_tried() -> None:
    """No fault is planted in vain."""
    assert {one.leak for one in FOUND_BY} == set(Leak)
