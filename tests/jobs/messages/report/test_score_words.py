"""The words for a score."""

from dataclasses import replace

import pytest

from jobs.inference import Interval
from jobs.instruments import INSTRUMENTS, Band
from jobs.messages.report import score_words, side_details
from jobs.messages.wording.voice import MRKDWN, SPEECH
from jobs.scoring import Change
from storage.records import Period
from tests.jobs.messages import examples
from tests.jobs.messages.examples import SIX_WEEKS, banded, score


@pytest.mark.parametrize(
    "key, value, likely, shown, sure",
    [
        ("nps", 32.1, (2.2, 56.4), "+32", "likely +2 to +56"),
        ("nps", 0.0, (-15.0, 15.0), "0", "likely −15 to +15"),
        ("csat", 69.2, (60.1, 77.0), "69%", "likely 60% to 77%"),
        ("ces", 80.0, (49.0, 94.3), "80%", "likely 49% to 94%"),
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


def test_where_all_chose_the_same_there_is_no_range() -> None:
    """A number without a range has a sentence that says why."""
    assert score_words.likely(MRKDWN, score("seq", 12, 6.0)) == "all answers the same, so no range"
    assert score_words.anywhere(MRKDWN, score("seq", 12, 6.0)) == "all answers the same, so no range"


def test_bands_are_words() -> None:
    """The verdict names one band, two bands, or that it is too early to tell."""
    assert score_words.bands(score("nps", 28, 32.0)) == "mixed to good"
    assert score_words.bands(banded(score("nps", 28), Band.POOR)) == "poor"
    assert score_words.bands(banded(score("nps", 28), *Band)) == "too early to tell"
    assert score_words.bands(banded(score("nps", 28))) == "too early to tell"


@pytest.mark.parametrize(
    "key, said",
    [
        ("nps", "6 chose 9 or 10, 5 chose 7 or 8, 14 chose 0 to 6"),
        ("csat", "6 chose 4 or 5, 5 chose 3, 14 chose 1 or 2"),
        ("ces", "6 chose 5 to 7, 5 chose 4, 14 chose 1 to 3"),
        ("seq", "6 chose 6 or 7, 5 chose 4 or 5, 14 chose 1 to 3"),
        ("sus", ""),
        ("umux_lite", ""),
    ],
)
def test_classes_are_said_by_their_points(key: str, said: str) -> None:
    """People are counted by the points they chose; a form of several statements has no such points."""
    of = replace(score(key, 25, 30.0), favourable=6, middle=5, unfavourable=14)
    assert score_words.classes(of) == said


def test_hidden_classes_are_not_guessed() -> None:
    """Hidden classes are left out, while a class that nobody chose is said."""
    assert score_words.classes(score("nps", 25, 30.0)) == ""
    none = replace(score("nps", 25, 30.0), favourable=20, middle=5, unfavourable=0)
    assert score_words.classes(none).endswith("nobody chose 0 to 6")


def test_a_grade_stands_with_both_its_ends_and_the_average() -> None:
    """The grade is said from 20 answers on, and of SUS alone."""
    full = score("sus", 22, 69.4, (61.7, 77.1))
    assert score_words.standing(full) == "Grade C, between D and B. Average product: 68."
    assert score_words.standing_within(full) == "grade C, between D and B, average product 68"
    assert score_words.standing(score("sus", 19, 69.4, (61.7, 77.1))) == ""
    assert score_words.standing(score("umux_lite", 22, 69.4, (61.7, 77.1))) == ""
    assert score_words.grade(score("sus", 22, 69.4, (66.0, 70.0))) == "grade C"


def test_the_time_before_is_named_by_its_length_or_its_days() -> None:
    """The period just before is named by its length, an older one by its dates."""
    assert score_words.before(MRKDWN, examples.CX, SIX_WEEKS) == (
        "Six weeks before: +17, likely −15 to +45, 24 answers."
    )
    summer = Period(SIX_WEEKS.start.replace(month=6), SIX_WEEKS.end.replace(month=7))
    older = replace(examples.CX, before_period=summer)
    assert score_words.before(SPEECH, older, SIX_WEEKS).startswith(
        "12 June to 22 July: plus 17, likely between"
    )
    few = replace(examples.CX, before=score("nps", 7))
    assert score_words.before(MRKDWN, few, SIX_WEEKS) == "Six weeks before: mixed to good, 7 answers."
    hidden = replace(examples.CX, before=score("nps", 3))
    assert score_words.before(MRKDWN, hidden, SIX_WEEKS) == ""


@pytest.mark.parametrize(
    "change, shown, aloud",
    [
        (
            (15.0, -26.2, 53.8),
            "15 points more (likely −26 to +54)",
            "15 points more, likely between 26 fewer and 54 more",
        ),
        (
            (-3.0, -13.1, 7.7),
            "3 points fewer (likely −13 to +8)",
            "3 points fewer, likely between 13 fewer and 8 more",
        ),
        ((1.0, 0.2, 2.0), "1 point more (likely 0 to +2)", "1 point more, likely between 0 and 2 more"),
        ((0.0, -9.0, 9.0), "The same (likely −9 to +9)", "The same, likely between 9 fewer and 9 more"),
    ],
)
def test_a_difference_is_said_with_its_range(
    change: tuple[float, float, float], shown: str, aloud: str
) -> None:
    """A difference is more or fewer points with its range, never an arrow."""
    of = Change(difference=change[0], likely=Interval(*change[1:]), p=0.5, noticeable=9)
    assert score_words.difference(MRKDWN, INSTRUMENTS["nps"], of) == shown
    assert score_words.difference(SPEECH, INSTRUMENTS["nps"], of) == aloud


def test_no_clear_change_needs_a_test_that_saw_none() -> None:
    """Only a test that finds no difference says so; without a test nothing is said."""
    assert examples.CX.change is not None
    assert "*no clear change.* A shift under about 60 points" in side_details.compared(
        MRKDWN, examples.CX, SIX_WEEKS
    )
    seen = replace(examples.CX, change=replace(examples.CX.change, p=0.009))
    assert side_details.compared(MRKDWN, seen, SIX_WEEKS) == (
        "Six weeks before: +17, likely −15 to +45, 24 answers. 15 points more (likely −26 to +54)."
    )
    untested = replace(examples.CX, change=None)
    assert side_details.compared(MRKDWN, untested, SIX_WEEKS) == (
        "Six weeks before: +17, likely −15 to +45, 24 answers."
    )
