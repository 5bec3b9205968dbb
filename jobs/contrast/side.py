"""One side of a contrast, from the rounds of its lens. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from jobs.contrast.cuts import SideComments
from jobs.contrast.record import OpenQuestion, Side
from jobs.instruments import INSTRUMENTS
from jobs.privacy.progress_rule import Progress
from jobs.privacy.round_rule import NUMBER_FROM
from jobs.scoring import score_of
from jobs.scoring.chosen_rounds import ChosenRounds
from storage.records import Lens
from storage.records.round_records import Question, Round


@dataclass(frozen=True, slots=True, kw_only=True)
class SideInput:
    """What is known of one lens.

    `instrument` is the key of the one that speaks for the side, None while nothing was asked. `rounds` are
    those that are shown, and those before. `before_in_month` says that the month is name enough for these.
    `comments` says what may be shown of those on this side.
    """

    instrument: str | None = None
    rounds: ChosenRounds = field(default_factory=ChosenRounds)
    before_in_month: bool = False
    channels: tuple[str, ...] = ()
    progress: tuple[Progress, ...] = ()
    open_question: OpenQuestion | None = None
    comments: SideComments = field(default_factory=SideComments)


def build_side(lens: Lens, given: SideInput, *, min_group: int) -> Side:
    """The side of a lens; `min_group` is the smallest group that was promised."""
    now, before = given.rounds
    return Side(
        lens=lens,
        instrument=given.instrument,
        score=score_of(INSTRUMENTS[given.instrument], now) if given.instrument else None,
        score_from=max(NUMBER_FROM, min_group),
        channels=given.channels,
        invited=_invited(now),
        before=score_of(INSTRUMENTS[given.instrument], before) if given.instrument else None,
        before_in_month=given.before_in_month,
        progress=given.progress,
        cut=given.comments.cut,
        uncut=given.comments.waiting,
        open_question=given.open_question,
    )


def speaking(lens: Lens, asked: Iterable[Question], metric: str | None) -> tuple[str, bool] | None:
    """The instrument that speaks for a side, and whether with names; None where nothing was asked there.

    Of what was asked without names, if anything was, it is `metric`, else the first by rank.
    """
    found = {
        (each.named, INSTRUMENTS[each.instrument].rank, each.instrument)
        for each in asked
        if each.lens is lens and each.instrument in INSTRUMENTS
    }
    kept = [each for each in sorted(found) if each[0] is min(found)[0]]
    named, _, instrument = next(
        (each for each in kept if each[2] == metric), next(iter(kept), (False, 0, ""))
    )
    return (instrument, named) if kept else None


def _invited(rounds: Sequence[Round]) -> int | None:
    return rounds[0].invited if len(rounds) == 1 else None
