"""The words for a score."""

from dataclasses import replace
from datetime import date

import pytest

from jobs.instruments import Band
from jobs.messages.report import score_words
from jobs.messages.wording.voice import MRKDWN, SPEECH
from jobs.privacy.clip_rule import ClippedRange
from storage.records import Lean
from tests.jobs.messages.examples import CX, banded, earlier, score, word_of


@pytest.mark.parametrize(
    "key, value, likely, shown, sure",
    [
        ("nps", 32.1, (2.2, 56.4), "+32", "likely +2 to +56"),
        ("nps", 0.0, (-15.0, 15.0), "0", "likely −15 to +15"),
        ("csat", 69.2, (60.1, 77.0), "69%", "likely 60 to 77"),
        ("ces", 80.0, (49.0, 94.3), "80%", "likely 49 to 94"),
        ("sus", 69.4, (61.7, 77.1), "69", "likely 62 to 77"),
        ("umux_lite", 75.0, (70.0, 80.0), "75", "likely 70 to 80"),
        ("seq", 5.45, (5.0, 5.9), "5.5", "likely 5.0 to 5.9"),
    ],
)
def test_each_instrument_has_its_own_print(
    key: str, value: float, likely: tuple[float, float], shown: str, sure: str
) -> None:
    """NPS has a sign, shares a percent sign, a mean of few points a decimal, the others whole numbers."""
    of = score(key, 25, value, likely)
    assert score_words.value(MRKDWN, of) == shown
    assert score_words.likely(MRKDWN, of) == sure


@pytest.mark.parametrize(
    "key, clipped, between, shown, aloud, chose",
    [
        ("nps", 100, (80.0, None), "+80 or more", "plus 80 or more", "at least 18 of 20 chose 9 or 10"),
        ("nps", -100, (None, -80.0), "−80 or less", "minus 80 or less", "at least 18 of 20 chose 0 to 6"),
        ("nps", 0, (-10.0, 10.0), "−10 to +10", "minus 10 to plus 10", "at least 18 of 20 chose 7 or 8"),
        ("csat", 100, (90.0, None), "90% or more", "90 percent or more", "at least 18 of 20 chose 4 or 5"),
        ("ces", 0, (None, 10.0), "10% or less", "10 percent or less", "at least 18 of 20 chose 1 to 4"),
        ("seq", 6, (5.46, 6.14), "5.4 to 6.2", "5.4 to 6.2", "at least 18 of 20 chose 6"),
        ("umux_lite", 100, (90.4, None), "90 or more", "90 or more", "at least 18 of 20 scored 100"),
    ],
)
def test_a_clipped_score_says_where_it_lies(  # noqa: PLR0917 - one row of the table
    key: str, clipped: float, between: tuple[float | None, float | None], shown: str, aloud: str, chose: str
) -> None:
    """The bound stays true in print, and only what nearly all chose is said."""
    of = replace(score(key, 20), clipped=clipped, between=ClippedRange(*between))
    assert score_words.value(MRKDWN, of) == shown
    assert score_words.value(SPEECH, of) == aloud
    assert score_words.classes(MRKDWN, of) == chose
    assert score_words.likely(MRKDWN, of) == ""


def test_a_sum_with_a_clipped_round_is_about() -> None:
    """The number is not exact, and says so."""
    of = replace(score("nps", 40, 62.0, (40.0, 75.0)), about=True, rounds=2)
    assert score_words.value(MRKDWN, of) == "about +62"
    assert score_words.base_in_answers(of) == "40 answers, 2 rounds"


def test_a_score_has_one_word() -> None:
    """One band, two, unclear where all three are possible; a word round leans, or does not."""
    assert score_words.word(CX) == "mixed to good"
    assert score_words.word(banded(CX, Band.POOR)) == "poor"
    assert score_words.word(banded(CX, *Band)) == "unclear"
    leans = [score_words.word(replace(CX, score=word_of("nps", 7, lean))) for lean in Lean]
    assert leans == ["leaning good", "leaning poor", "leaning neither way"]
    assert score_words.word(replace(CX, score=None)) == ""


def test_an_edition_of_an_older_version_keeps_its_word() -> None:
    """Its word was read from its score alone."""
    old = replace(score("nps", 28, 32.0), bands=(Band.MIXED, Band.GOOD))
    assert score_words.word(replace(CX, level=None, score=old)) == "mixed to good"


@pytest.mark.parametrize(
    "key, said",
    [
        ("nps", "6 chose 9 or 10, 5 chose 7 or 8, 14 chose 0 to 6"),
        ("csat", "6 chose 4 or 5, 5 chose 3, 14 chose 1 or 2"),
        ("ces", "6 chose 5 to 7, 5 chose 4, 14 chose 1 to 3"),
        ("seq", ""),
        ("sus", ""),
        ("umux_lite", ""),
    ],
)
def test_classes_are_said_by_their_points(key: str, said: str) -> None:
    """People are counted by the points they chose, for NPS, CSAT and CES alone."""
    of = replace(score(key, 25, 30.0), favourable=6, middle=5, unfavourable=14)
    assert score_words.classes(MRKDWN, of) == said


def test_what_is_not_counted_is_not_guessed() -> None:
    """Without counts by class nothing is said, while a class that nobody chose is."""
    assert score_words.classes(MRKDWN, score("nps", 25, 30.0)) == ""
    none = replace(score("nps", 25, 30.0), favourable=20, middle=5, unfavourable=0)
    assert score_words.classes(MRKDWN, none).endswith("nobody chose 0 to 6")


def test_the_two_statements_of_umux_lite() -> None:
    """Useful and easy have their own means where these may be shown; no other instrument has any."""
    of = replace(score("umux_lite", 22, 52.0), items=(66.2, 37.5))
    assert score_words.items(MRKDWN, of) == "Useful: 66 of 100. Easy: 38 of 100."
    assert score_words.items(MRKDWN, score("umux_lite", 22, 52.0)) == ""
    assert score_words.items(MRKDWN, replace(of, instrument="nps")) == ""


def test_a_grade_stands_with_both_its_ends_and_the_average() -> None:
    """The grade is said from 20 answers on, and of SUS alone."""
    full = score("sus", 22, 69.4, (61.7, 77.1))
    assert score_words.standing(full) == "Grade C, between D and B. Average product: 68."
    assert score_words.standing(score("sus", 19, 69.4, (61.7, 77.1))) == ""
    assert score_words.standing(score("umux_lite", 22, 69.4, (61.7, 77.1))) == ""
    assert score_words.grade(score("sus", 22, 69.4, (66.0, 70.0))) == "grade C"


def test_the_score_before_is_named_by_its_month_or_its_day() -> None:
    """The month if it is the only round in it, else the day; long ago with its year."""
    assert score_words.before(MRKDWN, CX) == "October: +17, 24 answers"
    assert score_words.before(SPEECH, CX) == "October: plus 17, 24 answers"
    assert score_words.before(MRKDWN, replace(CX, before_in_month=False)) == "23 Oct: +17, 24 answers"
    assert CX.before
    long_ago = replace(CX, before=replace(CX.before, last_day=date(2025, 10, 23)))
    assert score_words.before(MRKDWN, long_ago) == "Oct 2025: +17, 24 answers"
    assert score_words.before(MRKDWN, replace(long_ago, before_in_month=False)).startswith("23 Oct 2025: ")
    early = replace(CX, before=replace(CX.before, last_day=date(2026, 11, 2)))
    assert score_words.before(MRKDWN, early) == "2 Nov: +17, 24 answers"
    word = replace(CX, before=earlier(word_of("nps", 7, Lean.POOR)))
    assert score_words.before(MRKDWN, word) == "October: leaning poor, 7 answers"
    assert score_words.before(MRKDWN, replace(CX, before=None)) == ""


def test_how_many_answered() -> None:
    """Of one round how many could; of askings joined people, of rounds added answers and rounds."""
    assert CX.score
    assert score_words.base(CX) == "28 of 61 answered"
    assert score_words.base(replace(CX, invited=None)) == "28 answered"
    joined = replace(CX, score=replace(CX.score, askings=2))
    assert score_words.base(joined) == "28 people answered, in two askings joined"
    added = replace(CX, score=replace(CX.score, n=148, rounds=6))
    assert score_words.base(added) == "148 answers, 6 rounds"
