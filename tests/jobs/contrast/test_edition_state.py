"""What an edition is about, and whether there is one: the states as data."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from _pytest.mark import ParameterSet

from jobs.contrast.edition_state import EditionState, SideNow, Since, edition_state, outcomes_in, silent_days

NONE = SideNow()
ASKED = SideNow(asked=True)
OPEN = SideNow(asked=True, is_open=True)
WAITS = SideNow(asked=True, waits=True)
SCORE = SideNow(asked=True, has_score=True)
SCORE_OPEN = replace(SCORE, is_open=True)
SCORE_WAITS = replace(SCORE, waits=True)

NOTHING = Since()
COUNTED, OTHER, CUT, LOST = Since(counted=True), Since(other=True), Since(cut=True), Since(lost=True)
S = EditionState


def named(rows: Sequence[tuple[Any, ...]]) -> list[ParameterSet]:
    """The rows of a table as cases, each by its first word."""
    return [pytest.param(*row[1:], id=row[0]) for row in rows]


WEEKLY = [  # a due time one week after the last edition
    ("nothing was ever asked", NONE, NONE, NOTHING, S.NEVER_ASKED),
    ("asked, nobody has answered", ASKED, NONE, NOTHING, S.SILENT),
    ("open, before the first score", OPEN, OPEN, NOTHING, S.SILENT),
    ("too few, before the first score", WAITS, WAITS, NOTHING, S.SILENT),
    ("the same scores", SCORE, SCORE, NOTHING, S.SILENT),
    ("the same scores, and a question is open", SCORE_OPEN, SCORE, NOTHING, S.SILENT),
    ("the same scores, and answers wait", SCORE_WAITS, SCORE, NOTHING, S.SILENT),
    ("both counted", SCORE, SCORE, COUNTED, S.FULL),
    ("counted, and the next question is open", SCORE_OPEN, SCORE, COUNTED, S.FULL),
    ("counted, the other side never asked", SCORE, NONE, COUNTED, S.NOT_ASKED),
    ("counted, too few on the other side", SCORE, WAITS, COUNTED, S.WAITING),
    ("counted, new answers wait on the other side", SCORE, SCORE_WAITS, COUNTED, S.WAITING_AGAIN),
    ("the only score was withdrawn", ASKED, NONE, COUNTED, S.WAITING),
    ("withdrawn, and asked anew", OPEN, NONE, COUNTED, S.OPEN),
    ("topics were cut", SCORE, SCORE, CUT, S.FULL),
    ("another instrument was counted", SCORE, SCORE, OTHER, S.ONLY_OTHER),
    ("both were", SCORE, SCORE, replace(COUNTED, other=True), S.FULL),
    ("a channel was lost", SCORE, SCORE, LOST, S.CHANNEL_LOST),
    ("a channel was lost, and something counted", SCORE, SCORE, replace(LOST, counted=True), S.CHANNEL_LOST),
    ("the only channel was lost", NONE, NONE, LOST, S.CHANNEL_LOST),
]


@pytest.mark.parametrize("cx, ux, since, state", named(WEEKLY))
@pytest.mark.parametrize("mirrored", [False, True])
def test_an_edition_is_made_when_there_is_something_to_say(
    cx: SideNow, ux: SideNow, since: Since, state: EditionState, *, mirrored: bool
) -> None:
    """By what has happened since the last one, whichever side it is on, and whatever is planned."""
    cx, ux = (ux, cx) if mirrored else (cx, ux)
    for planned in (True, False):
        assert edition_state(cx, ux, since, planned=planned, silent_days=7) is state


QUIET = [
    ("nothing was ever asked", NONE, NONE, True, S.NEVER_ASKED),
    ("a question is planned", SCORE, SCORE, True, S.NOTHING_NEW),
    ("no question is planned", SCORE, SCORE, False, S.NOTHING_PLANNED),
    ("a question is open", SCORE_OPEN, SCORE, False, S.OPEN_AGAIN),
    ("open here, waiting there", SCORE_OPEN, SCORE_WAITS, False, S.OPEN_AGAIN),
    ("answers wait", SCORE_WAITS, SCORE, True, S.SAME_WAITING),
    ("open, before the first score", OPEN, WAITS, True, S.OPEN),
    ("too few on both", WAITS, WAITS, True, S.FEW),
    ("too few on one", WAITS, NONE, True, S.WAITING),
]


@pytest.mark.parametrize("cx, ux, planned, state", named(QUIET))
def test_after_four_silent_weeks_one_line_is_posted(
    cx: SideNow, ux: SideNow, state: EditionState, *, planned: bool
) -> None:
    """On the 28th day, not before, and at once for whoever asks for an edition."""

    def found(days: int, *, requested: bool = False) -> EditionState:
        return edition_state(cx, ux, NOTHING, planned=planned, silent_days=days, requested=requested)

    asked = state is not S.NEVER_ASKED
    assert found(27) is (S.SILENT if asked else state)
    assert found(28) is state
    assert found(0, requested=True) is state
    assert state.is_posted is asked


def test_nobody_is_told_that_nothing_was_asked_where_that_is_not_known() -> None:
    """After an edition, or while a channel is not read, the digest stays silent."""
    assert edition_state(NONE, NONE, NOTHING, planned=False, silent_days=99, has_past=True) is S.SILENT


def test_silence_is_counted_in_days_of_the_calendar() -> None:
    """A due time four weeks after the last edition is reached though it is made a second earlier."""
    assert silent_days(date(2026, 10, 26), date(2026, 11, 23)) == 28


def test_figures_that_another_version_wrote_are_none() -> None:
    """An edition whose figures from elsewhere cannot be read stops no later one."""
    kept = {"metric": "churn", "value": "2.1", "unit": "percent", "lens": "CX", "day": "2026-10-31"}
    assert [each.metric for each in outcomes_in({"outcomes": [kept]})] == ["churn"]
    assert outcomes_in({}) == outcomes_in({"outcomes": [kept | {"unit": "furlongs"}]}) == ()
