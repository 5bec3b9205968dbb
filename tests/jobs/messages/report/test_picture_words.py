"""The words in the pictures, and those that stand for them."""

from dataclasses import replace
from datetime import date

from jobs.contrast.side_parts import HistoryRow
from jobs.messages.report.picture_words import (
    PictureNumber,
    has_story,
    history_aloud,
    picture_number,
    side_name,
    side_word,
    strips_aloud,
)
from jobs.privacy.clip_rule import ClippedRange
from jobs.privacy.progress_rule import Stage
from storage.records import Lean
from tests.jobs.messages.examples import CX, NO_UX, NORMAL, TOO_FEW, UX, score, waits, word_of

CLIPPED = replace(score("nps", 20), between=ClippedRange(75.0, None), clipped=100)


def rows(*values: float | None) -> tuple[HistoryRow, ...]:
    """Rounds of the months up to November, the newest first."""
    return tuple(
        HistoryRow(last_day=date(2026, 11 - place, 20), n=20, value=value)
        for place, value in enumerate(values)
    )


def test_the_words_of_the_strips_say_all_that_is_drawn() -> None:
    """Each side has its score, word, range and the score before."""
    assert strips_aloud(NORMAL) == (
        "Two scales from poor to good. "
        "Being a customer: NPS plus 32, mixed to good, likely plus 2 to plus 56, in October plus 17. "
        "Using Atlas: SUS 69, mixed to good, likely 62 to 77, in October 72."
    )


def test_a_score_that_was_shown_before_has_no_score_before() -> None:
    """Where nothing new was counted on a side, its picture has no hollow mark, and its words none either."""
    shown = strips_aloud(replace(NORMAL, cx=replace(CX, counted_since_last=False)))
    assert "likely plus 2 to plus 56. Using Atlas" in shown


def test_a_side_without_a_score_says_why() -> None:
    """Too few, nobody yet, never asked, a word alone: each has its own words, in the picture and aloud."""
    assert side_word(TOO_FEW.cx) == "3 answers, shown from 10"
    assert side_word(NO_UX) == "no score yet"
    assert side_word(replace(NO_UX, reduced=True)) == "no score any more"
    assert side_word(replace(NO_UX, instrument=None)) == "not asked"
    small = replace(NO_UX, progress=(waits(Stage.TOO_FEW, answers=1, word_from=5),))
    assert side_word(small) == "1 answer, shown from 5"
    leaning = replace(UX, score=word_of("sus", 7, Lean.POOR), level=None)
    assert side_word(leaning) == "leaning poor"
    assert picture_number(leaning) == PictureNumber()
    assert "Being a customer: 3 answers, shown from 10." in strips_aloud(TOO_FEW)


def test_a_number_is_told_in_its_parts() -> None:
    """What is not exact says so in small type beside the number."""
    assert picture_number(CX) == PictureNumber(number="+32")
    assert picture_number(replace(CX, score=CLIPPED)) == PictureNumber(number="+75", after="or more")
    about = replace(CX, score=replace(score("nps", 40, 62.0, (40.0, 80.0)), about=True))
    assert picture_number(about) == PictureNumber(number="+62", before="about")
    assert "NPS plus 75 or more" in strips_aloud(replace(NORMAL, cx=replace(CX, score=CLIPPED)))


def test_a_long_name_is_told_shortly() -> None:
    """A product of more than fourteen letters is "it"; the customers' side names no product."""
    assert side_name(UX, "Atlas & Co") == ("Using Atlas & Co", "Using it")
    assert side_name(UX, "Customer portal")[0] == "Using it"
    assert side_name(CX, "Customer portal") == ("Being a customer", "Being a customer")


def test_the_words_of_the_history_give_every_round_in_its_order() -> None:
    """Oldest first; a round without a number is told as such, and a side with one round has no line."""
    cx, ux = replace(CX, history=rows(42, None, 24)), replace(UX, history=rows(52))
    assert (has_story(cx), has_story(ux)) == (True, False)
    assert history_aloud([cx, ux], "Atlas") == (
        "The last rounds of one side. Being a customer, NPS: plus 24, no number, plus 42."
    )
    both = history_aloud([cx, replace(UX, history=rows(52, 74))], "Atlas")
    assert both.startswith("The last rounds of each side. ")
    assert both.endswith("Using Atlas, SUS: 74, 52.")
