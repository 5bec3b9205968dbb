"""Which title two sides allow, and whether the same people answered on both. Pure."""

from collections.abc import Iterable, Sequence

from jobs.contrast.record import People, Side, State
from jobs.instruments import Band
from jobs.scoring import Answer, Stage

_POOR, _GOOD = (Band.POOR,), (Band.GOOD,)
_POOR_TO_MIXED = (Band.POOR, Band.MIXED)
_QUADRANTS = {  # bands of CX and of UX, read from their 80 % ranges
    (_GOOD, _POOR): State.LOVED_HARD,
    (_POOR, _GOOD): State.EASY_UNHAPPY,
    (_GOOD, _POOR_TO_MIXED): State.PERHAPS_LOVED_HARD,
    (_POOR_TO_MIXED, _GOOD): State.PERHAPS_EASY_UNHAPPY,
    (_POOR, _POOR): State.BOTH_POOR,
    (_GOOD, _GOOD): State.BOTH_GOOD,
}


def state_of(cx: Side, ux: Side, *, first: bool) -> State:
    """The first state that is true. Titles that set good against poor need 10 answers on both sides."""
    hidden = [_stage(side) is Stage.HIDDEN for side in (cx, ux)]
    if all(hidden):
        return State.TOO_FEW
    if any(hidden):
        return State.ONE_SIDE
    if not all(side.score and side.score.value is not None and side.score.can_tell for side in (cx, ux)):
        return State.TOO_EARLY
    otherwise = State.FIRST if first else State.NO_CLEAR_CHANGE
    return _QUADRANTS.get((_bands(cx), _bands(ux)), otherwise)


def people_of(cx: Sequence[Answer], ux: Sequence[Answer]) -> People | None:
    """Whether the same people answered on both sides; None where nobody can tell.

    A person is kept under another id in a named pulse than in a confidential one, so the two cannot be
    matched.
    """
    if not cx or not ux:
        return None
    ours, theirs = ({answer.response.respondent for answer in side} for side in (cx, ux))
    if ours == theirs:
        return People.SAME
    if ours & theirs:
        return People.SOME
    return People.DIFFERENT if len(_kinds([*cx, *ux])) == 1 else None


def _kinds(answers: Iterable[Answer]) -> set[bool]:
    return {answer.response.wave.pulse.named for answer in answers}


def _stage(side: Side) -> Stage:
    return side.score.stage if side.score else Stage.HIDDEN


def _bands(side: Side) -> tuple[Band, ...]:
    return side.score.bands if side.score else ()
