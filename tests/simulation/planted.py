"""Which attack finds which planted fault, and which of them no other attack finds."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from tests.simulation.attacks import (
    ATTACKS,
    Attack,
    cells_of_cuts,
    change_hidden,
    four_weeks_apart,
    ladder_of_numbers,
    names_stay_apart,
    nothing_is_nearly_unanimous,
    outcomes_do_not_steer,
    parts_are_of_their_number,
    parts_do_not_meet,
    roles_of_few,
    rounds_are_frozen,
    span_of_numbers,
    swap_answers,
    swap_comments,
)
from tests.simulation.generators import by_role, directed, ordinary
from tests.simulation.grouped import grouped
from tests.simulation.history import History
from tests.simulation.leaks import Leak, leaky
from tests.simulation.organised import organised
from tests.simulation.runs import run


class Planted(NamedTuple):
    """A fault, the attack that finds it, and in which history; `alone`: no other attack does."""

    leak: Leak
    attack: Attack
    generator: Callable[[int], History]
    seed: int
    alone: bool = False

    def __str__(self) -> str:
        return f"{self.leak.name.lower()}-{self.attack.__name__}"


FOUND_BY = (
    Planted(Leak.LATEST_OVER_PERIOD, swap_answers, ordinary, 0),
    Planted(Leak.LATEST_OVER_PERIOD, span_of_numbers, ordinary, 0),
    Planted(Leak.CLUSTERED_RANGE, swap_answers, ordinary, 0),
    Planted(Leak.TAKEDOWN_WAITS_AGAIN, swap_answers, directed, 2),
    Planted(Leak.FORGET_RECOUNTS, swap_answers, ordinary, 1),
    Planted(Leak.FORGET_RECOUNTS, span_of_numbers, ordinary, 1),
    Planted(Leak.WORD_PER_WAVE, swap_answers, directed, 0),
    Planted(Leak.EXPORT_BY_WAVE, swap_answers, directed, 0),
    Planted(Leak.EXPORT_BY_WAVE, span_of_numbers, directed, 0),
    Planted(Leak.EXPORT_BY_WAVE, ladder_of_numbers, directed, 0),
    Planted(Leak.WORDS_IN_SUMS, ladder_of_numbers, directed, 0),
    Planted(Leak.NUMBER_FROM_5, ladder_of_numbers, ordinary, 0),
    Planted(Leak.NO_CLIP, nothing_is_nearly_unanimous, ordinary, 2),  # and T4, in test_insiders
    Planted(Leak.CUTS_PER_EDITION, cells_of_cuts, ordinary, 1),
    Planted(Leak.WISHES_BESIDE_CUT, cells_of_cuts, ordinary, 2),
    Planted(Leak.WISHES_COUNTED_ANEW, rounds_are_frozen, ordinary, 1),
    Planted(Leak.DATES_IN_LISTS, swap_comments, ordinary, 0),
    Planted(Leak.LIVE_CONFLICT_COUNT, swap_answers, ordinary, 0),
    Planted(Leak.LIVE_CONFLICT_COUNT, swap_comments, ordinary, 0),
    Planted(Leak.COUNT_BEFORE_LEFT_OUT, ladder_of_numbers, ordinary, 1),
    Planted(Leak.COUNT_BEFORE_LEFT_OUT, span_of_numbers, directed, 8),
    Planted(Leak.NAMED_JOINS_CONFIDENTIAL, names_stay_apart, directed, 2, alone=True),
    Planted(Leak.RESTORE_KEEPS_WAITING, four_weeks_apart, ordinary, 7),
    Planted(Leak.LEVEL_AFTER_WORDS, change_hidden, directed, 1),
    Planted(Leak.LEVEL_AFTER_WORDS, ladder_of_numbers, directed, 0),
    Planted(Leak.WORD_AS_NUMBER_IN_TREND, change_hidden, directed, 1, alone=True),
    Planted(Leak.CLIPPED_IN_PICTURE, change_hidden, directed, 0),
    Planted(Leak.PART_OF_NINE, ladder_of_numbers, by_role, 1),
    Planted(Leak.PART_NEARLY_UNANIMOUS, nothing_is_nearly_unanimous, by_role, 1),
    Planted(Leak.PART_OF_EVERYBODY, roles_of_few, by_role, 2),
    Planted(Leak.FEW_CAME, roles_of_few, by_role, 2),
    Planted(Leak.SPLIT_LATER, rounds_are_frozen, by_role, 3),
    Planted(Leak.SPLIT_KEPT, parts_do_not_meet, by_role, 6),
    Planted(Leak.SPLIT_OF_SOME, parts_are_of_their_number, by_role, 1),
    Planted(Leak.FORGET_MOVES_PART, rounds_are_frozen, by_role, 2),
    Planted(Leak.CUSTOMERS_AMONG_USERS, swap_answers, organised, 0),
    Planted(Leak.CUSTOMERS_AMONG_USERS, span_of_numbers, organised, 0),
    Planted(Leak.USERS_BY_NUMBER, change_hidden, organised, 1),
    Planted(Leak.GROUP_COUNTS_ONCE, swap_answers, grouped, 0),
    Planted(Leak.GROUP_COUNTS_ONCE, span_of_numbers, grouped, 0),
    Planted(Leak.FILE_COUNTS_AGAIN, span_of_numbers, grouped, 8),
    Planted(Leak.FILE_ELSEWHERE, span_of_numbers, grouped, 13),
    Planted(Leak.COMMENTS_EXPIRE_ALONE, swap_comments, grouped, 10),
    Planted(Leak.OUTCOME_IN_SCORE, outcomes_do_not_steer, grouped, 0),
)


def first_finding(planted: Planted, seeds: Iterable[int]) -> int | None:
    """The first history in which the attack finds the fault."""
    return next((seed for seed in seeds if finds(planted, seed)), None)


def finds(planted: Planted, seed: int) -> bool:
    """Whether the attack finds the fault in this history."""
    return next(planted.attack(run(planted.generator(seed), leaky(planted.leak))), None) is not None


def found_in(planted: Planted, seed: int) -> set[str]:
    """Which tests find the fault in this history."""
    done = run(planted.generator(seed), leaky(planted.leak))
    return {one.test for attack in ATTACKS if (one := next(attack(done), None))}
