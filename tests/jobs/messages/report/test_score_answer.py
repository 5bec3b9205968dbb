"""Answers to one person, as they were drawn."""

from dataclasses import replace
from typing import Any

import pytest

from jobs.contrast import Side
from jobs.instruments import Band
from jobs.messages.report.score_answer import score_answer
from tests.jobs.messages.checking import check
from tests.jobs.messages.drawing import drawn, plainly
from tests.jobs.messages.examples import ATLAS, CX, SIX_WEEKS, UX, banded, score, still_open

FEW = replace(CX, score=score("nps", 3), open_question=still_open("C0ATLAS", has_form=False))
ANYWHERE = banded(score("nps", 12, 25.0, (-17.0, 57.0)), *Band)


def answer(*found: Side) -> dict[str, Any]:
    """The answer about Atlas."""
    return score_answer([(ATLAS, side) for side in found], period=SIX_WEEKS, zone="Europe/Berlin")


@pytest.mark.parametrize(
    "name, side",
    [
        ("answer_score", CX),
        ("answer_score_early", replace(CX, score=ANYWHERE)),
        ("answer_score_words", replace(CX, score=score("nps", 7))),
        ("answer_score_few", FEW),
    ],
)
def test_a_score_is_as_it_was_drawn(name: str, side: Side) -> None:
    """Each stage of the ladder has the words of its drawing."""
    built = answer(side)
    check(built)
    assert plainly(built) == drawn(name)


def test_sus_says_its_grade() -> None:
    """SUS names its grade with both ends, and the average product."""
    built = answer(UX)
    check(built)
    assert "Grade C, between D and B. Average product: 68." in built["text"]
    assert (
        built["blocks"][0]["text"]["text"].splitlines()[-1]
        == "Grade C, between D and B. Average product: 68."
    )


def test_answers_that_do_not_count_yet_are_only_counted() -> None:
    """While a question is open, only the number of its answers is said."""
    built = answer(replace(FEW, score=score("nps", 0), waiting=12))
    check(built)
    assert built["text"] == (
        "Atlas, NPS: 12 answers so far. They count once the question has closed. "
        "The question is open until Friday 27 November at 17:00 CET."
    )
    silent = answer(replace(CX, score=score("nps", 0), open_question=None))
    assert silent["text"] == (
        "Atlas, NPS: no answers so far. Scores are shown from 5, so that nobody can be picked out."
    )


def test_a_difference_is_said_without_a_verdict() -> None:
    """Under p = .01 scores and difference have no verdict; without a test the scores stand alone."""
    assert CX.change is not None
    seen = answer(replace(CX, change=replace(CX.change, p=0.001)))
    assert "15 points more, likely between 26 fewer and 54 more." in seen["text"]
    assert "change" not in seen["text"]
    untested = answer(replace(CX, change=None))
    assert "Six weeks before: plus 17" in untested["text"]
    assert "change" not in untested["text"]
    first = answer(replace(CX, change=None, before=None, before_period=None))
    assert len(first["blocks"]) == 2


def test_several_scores_follow_each_other() -> None:
    """Every score that was asked for stands in one answer, with its own small print."""
    built = answer(CX, replace(UX, score=ANYWHERE), FEW)
    check(built)
    assert built["blocks"] == [
        *answer(CX)["blocks"],
        *answer(replace(UX, score=ANYWHERE))["blocks"],
        *answer(FEW)["blocks"],
    ]


def test_nothing_asked_says_how_to_begin() -> None:
    """Without data there is no score of 0, but the way to a first question."""
    built = answer(Side(lens=CX.lens, instrument=None, score=None))
    check(built)
    assert built["text"] == "Nothing has been asked here yet. Start with /pulse ask nps about Atlas."
    assert score_answer([], period=SIX_WEEKS)["text"] == built["text"]


def test_an_early_score_without_a_known_number_of_people() -> None:
    """Where nobody knows how many could answer, only the answers stand."""
    built = answer(replace(CX, invited=None, score=ANYWHERE))
    check(built)
    assert "\n12 answered: the true value could be anywhere" in built["blocks"][0]["text"]["text"]
    assert "early, plus 25 from 12 answers." in built["text"]


def test_all_the_same_has_no_range() -> None:
    """Where all answers are equal, a sentence stands in place of the range."""
    built = answer(replace(CX, score=score("nps", 12, 100.0)))
    check(built)
    assert "12 of 61 answered: all answers the same, so no range. No trend yet." in str(built)
