"""Which title two sides allow."""

import pytest

from jobs.contrast.record import People, Side, State
from jobs.contrast.title import people_of, state_of
from jobs.instruments import Band
from jobs.scoring import Answer
from storage.records import Lens
from tests.jobs.contrast.sides import (
    CANNOT_TELL,
    GOOD,
    MIXED,
    MIXED_TO_GOOD,
    POOR,
    POOR_TO_MIXED,
    side,
)
from tests.jobs.responses import response, wave_of


def titled(cx: tuple[Band, ...], ux: tuple[Band, ...], *, n: tuple[int, int] = (28, 22)) -> State:
    """The title of two sides with these bands, when there was an edition before."""
    return state_of(side(Lens.CX, cx, n=n[0]), side(Lens.UX, ux, n=n[1]), first=False)


@pytest.mark.parametrize(
    "cx,ux,state",
    [
        (GOOD, POOR, State.LOVED_HARD),
        (POOR, GOOD, State.EASY_UNHAPPY),
        (GOOD, POOR_TO_MIXED, State.PERHAPS_LOVED_HARD),
        (POOR_TO_MIXED, GOOD, State.PERHAPS_EASY_UNHAPPY),
        (POOR, POOR, State.BOTH_POOR),
        (GOOD, GOOD, State.BOTH_GOOD),
        (MIXED_TO_GOOD, MIXED_TO_GOOD, State.NO_CLEAR_CHANGE),
        (GOOD, MIXED, State.NO_CLEAR_CHANGE),
        (POOR, MIXED_TO_GOOD, State.NO_CLEAR_CHANGE),
        (CANNOT_TELL, GOOD, State.TOO_EARLY),
        (POOR, CANNOT_TELL, State.TOO_EARLY),
    ],
)
def test_titles(cx: tuple[Band, ...], ux: tuple[Band, ...], state: State) -> None:
    """Opposite verdicts are named, less sure ones with "perhaps"; all else is no news."""
    assert titled(cx, ux) is state


@pytest.mark.parametrize(
    "n,state",
    [
        ((4, 4), State.TOO_FEW),
        ((0, 0), State.TOO_FEW),
        ((4, 28), State.ONE_SIDE),
        ((28, 4), State.ONE_SIDE),
        ((9, 28), State.TOO_EARLY),
        ((28, 5), State.TOO_EARLY),
        ((10, 10), State.LOVED_HARD),
    ],
)
def test_few_answers_come_before_everything(n: tuple[int, int], state: State) -> None:
    """Under 5 answers on a side nothing is compared; opposite verdicts need 10 on both."""
    assert titled(GOOD, POOR, n=n) is state


def test_a_side_that_was_never_asked_is_empty() -> None:
    """A side without a question is like one without answers."""
    nothing = Side(lens=Lens.UX, instrument=None, score=None)
    assert state_of(side(Lens.CX, GOOD), nothing, first=True) is State.ONE_SIDE
    assert state_of(side(Lens.CX, GOOD, n=2), nothing, first=True) is State.TOO_FEW


def test_a_first_edition_says_so_unless_there_is_news() -> None:
    """A first edition has nothing to compare with, but opposite verdicts are named also then."""
    assert state_of(side(Lens.CX, MIXED), side(Lens.UX, MIXED), first=True) is State.FIRST
    assert state_of(side(Lens.CX, GOOD), side(Lens.UX, POOR), first=True) is State.LOVED_HARD


def answers(*who: str, named: bool = False) -> list[Answer]:
    """An answer of each of these people."""
    wave = wave_of("nps", named=named)
    return [Answer(response(wave, name, 9), 9) for name in who]


def test_same_different_or_some() -> None:
    """Two sides were answered by the same people, by others, or by some of both."""
    assert people_of(answers("a", "b"), answers("b", "a")) is People.SAME
    assert people_of(answers("a", "b"), answers("c")) is People.DIFFERENT
    assert people_of(answers("a", "b"), answers("b", "c")) is People.SOME
    assert people_of(answers("a", "b"), answers("b")) is People.SOME


def test_names_and_scrambled_ids_cannot_be_matched() -> None:
    """Between a named and a confidential question nobody can tell whether the people differ."""
    assert people_of(answers("U1", named=True), answers("4fa1")) is None
    assert people_of(answers("U1", named=True), answers("U2", named=True)) is People.DIFFERENT
    assert people_of([], answers("a")) is None
