"""Nobody is counted twice for the same within four weeks, and everybody is told."""

from dataclasses import replace
from datetime import date

import pytest

from jobs.privacy.repeat_rule import CountedBefore, counted_before, four_weeks_after
from storage.records.round_records import Mark, RoundKind
from tests.jobs.privacy.looks import FRIDAY, QUESTION, mark


@pytest.mark.parametrize(
    "weeks,day", [(4, date(2026, 12, 17)), (3, date(2026, 12, 10)), (2, date(2026, 12, 3))]
)
def test_four_weeks_are_a_day_less(weeks: int, day: date) -> None:
    """20 November leads to 17 December, so that every fourth Friday is counted."""
    assert four_weeks_after(FRIDAY, weeks) == day


def told(*marks: Mark, today: date = date(2026, 12, 1), word: bool = False) -> CountedBefore | None:
    """What somebody with these marks is told when they answer."""
    return counted_before(
        QUESTION, marks, product_keys=frozenset({"atlas"}), today=today, weeks=4, may_be_word=word
    )


def test_who_was_counted_is_told_from_when_on() -> None:
    """Counted on 20 Nov: an answer now counts only if the question is counted on 17 Dec or later."""
    assert told(mark("p")) == CountedBefore(day=FRIDAY, counts_from=date(2026, 12, 17), word_only=False)
    assert told(mark("p"), today=date(2026, 12, 16)) is not None
    assert told(mark("p"), today=date(2026, 12, 17)) is None
    assert told() is None


def test_the_last_count_holds() -> None:
    """Of several marks the newest says from when on."""
    found = told(mark("p", date(2026, 11, 8)), mark("p"), mark("p", date(2026, 11, 9)))
    assert found is not None
    assert found.day == FRIDAY


def test_a_word_alone_is_said_to_be_that() -> None:
    """Counted for something else of the product: only a word would leave the answer out."""
    other = mark("p", instrument="csat")
    assert told(other) is None
    found = told(other, word=True)
    assert found is not None
    assert found.word_only
    assert told(replace(other, kind=RoundKind.WORD)) is None


def test_names_are_no_reason() -> None:
    """Who answered with their name is not left out of what they answer without."""
    assert told(mark("p", named=True), word=True) is None
