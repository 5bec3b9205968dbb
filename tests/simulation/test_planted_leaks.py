"""The attacks have teeth: each planted fault is found by the attack that is named for it."""

from collections.abc import Callable

import pytest

from tests.simulation.attacks import (
    Attack,
    cells_of_cuts,
    four_weeks_apart,
    ladder_of_numbers,
    names_stay_apart,
    nothing_is_nearly_unanimous,
    span_of_numbers,
    swap_answers,
    swap_comments,
)
from tests.simulation.generators import directed, ordinary
from tests.simulation.history import History
from tests.simulation.leaks import Leak, leaky
from tests.simulation.runs import run

FOUND_BY: list[tuple[Leak, Attack, Callable[[int], History]]] = [
    (Leak.LATEST_OVER_PERIOD, swap_answers, ordinary),
    (Leak.LATEST_OVER_PERIOD, span_of_numbers, ordinary),
    (Leak.CLUSTERED_RANGE, swap_answers, ordinary),
    (Leak.TAKEDOWN_WAITS_AGAIN, swap_answers, directed),
    (Leak.FORGET_RECOUNTS, swap_answers, ordinary),
    (Leak.FORGET_RECOUNTS, span_of_numbers, ordinary),
    (Leak.WORD_PER_WAVE, swap_answers, directed),
    (Leak.WORDS_IN_SUMS, ladder_of_numbers, directed),
    (Leak.NUMBER_FROM_5, ladder_of_numbers, ordinary),
    (Leak.NO_CLIP, nothing_is_nearly_unanimous, ordinary),  # and T4, in test_insiders
    (Leak.CUTS_PER_EDITION, cells_of_cuts, ordinary),
    (Leak.DATES_IN_LISTS, swap_comments, ordinary),
    (Leak.LIVE_CONFLICT_COUNT, swap_answers, ordinary),
    (Leak.LIVE_CONFLICT_COUNT, swap_comments, ordinary),
    (Leak.COUNT_BEFORE_LEFT_OUT, ladder_of_numbers, ordinary),
    (Leak.COUNT_BEFORE_LEFT_OUT, span_of_numbers, directed),
    (Leak.NAMED_JOINS_CONFIDENTIAL, names_stay_apart, directed),
    (Leak.RESTORE_KEEPS_WAITING, four_weeks_apart, ordinary),
]
HISTORIES = 60


@pytest.mark.parametrize(
    "leak,attack,generator",
    FOUND_BY,
    ids=[f"{leak.name.lower()}-{attack.__name__}" for leak, attack, _ in FOUND_BY],
)
def test_a_planted_fault_is_found(leak: Leak, attack: Attack, generator: Callable[[int], History]) -> None:
    """Within some histories the attack that is meant for it finds the fault."""
    findings = (next(attack(run(generator(seed), leaky(leak))), None) for seed in range(HISTORIES))
    assert next(filter(None, findings), None)


def test_every_fault_is_tried() -> None:
    """No fault is planted in vain."""
    assert {leak for leak, _, _ in FOUND_BY} == set(Leak)
