"""What is drawn of a contrast: nothing that is not printed too."""

from dataclasses import replace
from datetime import date

from jobs.charts import ChartMark, ChartRange
from jobs.contrast.side_parts import HistoryRow
from jobs.figures.picture_sides import draw_story, draw_strips, picture_side
from jobs.inference import Interval
from jobs.privacy.clip_rule import ClippedRange
from storage.records import Lean
from tests.jobs.messages.examples import CX, NO_UX, NORMAL, UX, score, word_of


def test_a_side_is_drawn_as_it_is_printed() -> None:
    """Score, range, score before and borders are those of the words."""
    drawn = picture_side(CX, "Atlas")
    assert (drawn.name, drawn.word, drawn.instrument) == ("Being a customer", "mixed to good", "NPS")
    assert (drawn.printed, drawn.before_name) == ("+32", "October")
    assert drawn.likely == ChartRange(2.2, 56.4)
    assert drawn.scale is not None
    assert drawn.scale.printed == ("−100", "0", "+30", "+100")
    users = picture_side(UX, "Atlas").scale
    assert users is not None
    assert users.printed == ("0", "62.7", "72.6", "100")


def test_what_is_not_exact_is_drawn_nowhere() -> None:
    """A clipped score, a word and a side without a score have no place on the strip."""
    clipped = replace(score("nps", 20), value=None, between=ClippedRange(75.0, None), clipped=100)
    for side in (
        replace(CX, score=clipped),
        replace(UX, score=word_of("sus", 7, Lean.GOOD), level=None),
        NO_UX,
        replace(NO_UX, instrument=None),
    ):
        drawn = picture_side(side, "Atlas")
        assert (drawn.value, drawn.likely) == (None, None)
    assert picture_side(replace(CX, score=clipped), "Atlas").printed == "+75"


def test_a_score_that_was_shown_before_has_no_ghost() -> None:
    """Where nothing new was counted on a side, no earlier score lies behind its own."""
    assert picture_side(replace(CX, counted_since_last=False), "Atlas").before is None


def test_rounds_are_drawn_oldest_first() -> None:
    """A round without a number keeps its day, so that it leaves a gap."""
    history = (
        HistoryRow(last_day=date(2026, 11, 20), n=26, value=42, likely=Interval(12, 64)),
        HistoryRow(last_day=date(2026, 10, 23), n=7, lean=Lean.GOOD),
    )
    assert picture_side(replace(CX, history=history), "Atlas").rounds == (
        ChartMark(day=date(2026, 10, 23), value=None),
        ChartMark(day=date(2026, 11, 20), value=42, likely=ChartRange(12, 64), printed="+42"),
    )


def test_a_picture_comes_with_its_words() -> None:
    """Both are made of the same contrast; without two rounds there is no story to draw."""
    png, words = draw_strips(NORMAL)
    assert png.startswith(b"\x89PNG")
    assert words.startswith("Two scales from poor to good.")
    assert draw_story((CX, UX), "Atlas") is None
    history = tuple(HistoryRow(last_day=date(2026, month, 20), n=20, value=42) for month in (11, 10))
    story = draw_story((replace(CX, history=history), UX), "Atlas")
    assert story is not None
    assert story[1] == "The last rounds of one side. Being a customer, NPS: plus 42, plus 42."
