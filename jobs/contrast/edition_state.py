"""What an edition of a digest is about, and whether it is posted at all: one function decides. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pydantic import TypeAdapter, ValidationError

from storage.records import OutcomeFigure

QUIET_DAYS = 28
"""After so many days without an edition a due time is kept with one line, though nothing was counted."""
_OUTCOMES = TypeAdapter(tuple[OutcomeFigure, ...])


class EditionState(StrEnum):
    """What an edition says, or why there is none."""

    NEVER_ASKED = "never_asked"  # nothing was ever asked in the channels read: its lead is told, nobody else
    SILENT = "silent"  # nothing to say: nothing is posted
    FULL = "full"  # both sides
    NOT_ASKED = "not_asked"  # one side; on the other nothing was ever asked in the channels read
    WAITING = "waiting"  # one side, or none; too few have answered on the other
    WAITING_AGAIN = "waiting_again"  # both sides have scores, and new answers wait
    CHANNEL_LOST = "channel_lost"  # a channel cannot be read any more, and that was not said yet
    ONLY_OTHER = "only_other"  # what is new is of an instrument that does not speak for its side
    OPEN = "open"  # no side has a score, and a question is open
    FEW = "few"  # no side has a score, and too few have answered on both
    SAME_WAITING = "same_waiting"  # the same scores as before, and new answers wait
    OPEN_AGAIN = "open_again"  # the same scores as before, and a question is open
    NOTHING_NEW = "nothing_new"  # the same scores as before, and a question is planned
    NOTHING_PLANNED = "nothing_planned"  # the same scores as before, and no question is planned

    @property
    def is_posted(self) -> bool:
        """Whether there is an edition."""
        return self not in {EditionState.NEVER_ASKED, EditionState.SILENT}


@dataclass(frozen=True, slots=True, kw_only=True)
class SideNow:
    """Where one side stands.

    `asked`: something was asked on it in the channels that are read. `has_score`: a score or a word of it is
    shown. `is_open`: a question can be answered or is about to be counted. `waits`: answers wait for the next
    round.
    """

    asked: bool = False
    has_score: bool = False
    is_open: bool = False
    waits: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """What happened since the last edition.

    `counted`: a round of what speaks for a side was counted, or one was withdrawn. `other`: a round of
    another instrument was counted. `cut`: the topics of comments were counted anew. `lost`: a channel cannot
    be read any more. `outcome`: a figure from elsewhere came.
    """

    counted: bool = False
    other: bool = False
    cut: bool = False
    lost: bool = False
    outcome: bool = False

    @property
    def is_news(self) -> bool:
        """Whether there is anything to say."""
        return self.counted or self.other or self.cut or self.lost or self.outcome


def edition_state(
    cx: SideNow,
    ux: SideNow,
    since: Since,
    *,
    planned: bool,
    silent_days: int,
    requested: bool = False,
    has_past: bool = False,
) -> EditionState:
    """What an edition would say now.

    `planned`: a schedule will ask in the channels that are read. `silent_days`: since the last edition, or
    since the digest was set up. `requested`: somebody wants an edition now. `has_past`: there was an edition,
    or a channel is not read, so that nobody can say that nothing was ever asked.
    """
    if not (cx.asked or ux.asked or since.lost):
        return EditionState.SILENT if has_past and not requested else EditionState.NEVER_ASKED
    if not (since.is_news or requested or silent_days >= QUIET_DAYS):
        return EditionState.SILENT
    if since.lost:
        return EditionState.CHANNEL_LOST
    return _said(cx, ux, since, planned=planned)


def silent_days(last: date, today: date) -> int:
    """How many days ago the last edition was, on the clock of the digest."""
    return (today - last).days


def _said(cx: SideNow, ux: SideNow, since: Since, *, planned: bool) -> EditionState:
    if not (cx.has_score or ux.has_score):
        return _without_scores(cx, ux)
    if since.counted or since.cut:
        return _with_scores(cx, ux)
    return EditionState.ONLY_OTHER if since.other else _same_scores(cx, ux, planned=planned)


def _without_scores(cx: SideNow, ux: SideNow) -> EditionState:
    if cx.is_open or ux.is_open:
        return EditionState.OPEN
    if cx.waits and ux.waits:
        return EditionState.FEW
    return EditionState.WAITING


def _with_scores(cx: SideNow, ux: SideNow) -> EditionState:
    if not (cx.asked and ux.asked):
        return EditionState.NOT_ASKED
    if not (cx.has_score and ux.has_score):
        return EditionState.WAITING
    return EditionState.WAITING_AGAIN if cx.waits or ux.waits else EditionState.FULL


def _same_scores(cx: SideNow, ux: SideNow, *, planned: bool) -> EditionState:
    if cx.is_open or ux.is_open:
        return EditionState.OPEN_AGAIN
    if cx.waits or ux.waits:
        return EditionState.SAME_WAITING
    return EditionState.NOTHING_NEW if planned else EditionState.NOTHING_PLANNED


def outcomes_in(figures: Mapping[str, object]) -> tuple[OutcomeFigure, ...]:
    """The figures from elsewhere that an edition has shown; none where another version wrote them."""
    try:
        return _OUTCOMES.validate_python(figures.get("outcomes", ()))
    except ValidationError:
        return ()
